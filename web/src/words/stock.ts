import { en } from './en/stock.ts'
import { pair } from './language.ts'
import { zh } from './zh/stock.ts'

export const stockWords = pair(zh, en)
