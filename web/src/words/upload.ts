import { en } from './en/upload.ts'
import { pair } from './language.ts'
import { zh } from './zh/upload.ts'

export const uploadWords = pair(zh, en)
