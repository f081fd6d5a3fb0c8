import { en } from './en/phone.ts'
import { pair } from './language.ts'
import { zh } from './zh/phone.ts'

export const phoneWords = pair(zh, en)
