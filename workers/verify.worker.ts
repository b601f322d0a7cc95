import { expose } from 'comlink'
import { createVerifyApi } from './verify.api.ts'

expose(createVerifyApi())
