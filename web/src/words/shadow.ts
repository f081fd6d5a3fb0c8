import { en } from './en/shadow.ts'
import { pair } from './language.ts'
import { zh } from './zh/shadow.ts'

export const shadowWords = pair(zh, en)
