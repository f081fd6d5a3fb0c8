import { en } from './en/set-up.ts'
import { pair } from './language.ts'
import { zh } from './zh/set-up.ts'

export const setUpWords = pair(zh, en)
