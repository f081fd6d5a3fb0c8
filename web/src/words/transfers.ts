import { en } from './en/transfers.ts'
import { pair } from './language.ts'
import { zh } from './zh/transfers.ts'

export const transferWords = pair(zh, en)
