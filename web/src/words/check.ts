import { en } from './en/check.ts'
import { pair } from './language.ts'
import { zh } from './zh/check.ts'

export const checkWords = pair(zh, en)
