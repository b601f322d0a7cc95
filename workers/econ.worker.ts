import { expose } from 'comlink'
import { createEconApi } from './econ.api.ts'

expose(createEconApi())
