import { en } from './en/sign-in.ts'
import { pair } from './language.ts'
import { zh } from './zh/sign-in.ts'

export const signInWords = pair(zh, en)
