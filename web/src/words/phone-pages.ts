import { en } from './en/phone-pages.ts'
import { pair } from './language.ts'
import { zh } from './zh/phone-pages.ts'

export const pageWords = pair(zh, en)
