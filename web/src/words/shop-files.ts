import { en } from './en/shop-files.ts'
import { pair } from './language.ts'
import { zh } from './zh/shop-files.ts'

export const shopFileWords = pair(zh, en)
