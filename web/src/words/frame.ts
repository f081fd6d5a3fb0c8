import { en } from './en/frame.ts'
import { pair } from './language.ts'
import { zh } from './zh/frame.ts'

export const frameWords = pair(zh, en)
