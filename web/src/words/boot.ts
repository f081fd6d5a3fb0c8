import { en } from './en/boot.ts'
import { pair } from './language.ts'
import { zh } from './zh/boot.ts'

export const bootWords = pair(zh, en)
