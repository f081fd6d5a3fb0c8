import { en } from './en/shops.ts'
import { pair } from './language.ts'
import { zh } from './zh/shops.ts'

export const shopWords = pair(zh, en)
