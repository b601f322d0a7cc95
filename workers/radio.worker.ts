import { expose } from 'comlink'
import { createRadioApi } from './radio.api.ts'

expose(createRadioApi())
