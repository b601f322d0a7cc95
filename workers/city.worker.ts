import { expose } from 'comlink'
import { createCityApi } from './city.api.ts'

expose(createCityApi())
