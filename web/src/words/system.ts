import { en } from './en/system.ts'
import { pair } from './language.ts'
import { zh } from './zh/system.ts'

export const systemWords = pair(zh, en)
