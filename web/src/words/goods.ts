import { en } from './en/goods.ts'
import { pair } from './language.ts'
import { zh } from './zh/goods.ts'

export const goodsWords = pair(zh, en)
