import { en } from './en/scan.ts'
import { pair } from './language.ts'
import { zh } from './zh/scan.ts'

export const scanWords = pair(zh, en)
