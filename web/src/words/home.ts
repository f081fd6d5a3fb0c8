import { en } from './en/home.ts'
import { pair } from './language.ts'
import { zh } from './zh/home.ts'

export const homeWords = pair(zh, en)
