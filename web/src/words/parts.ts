import { en } from './en/parts.ts'
import { pair } from './language.ts'
import { zh } from './zh/parts.ts'

export const partWords = pair(zh, en)
