import { en } from './en/switchboard.ts'
import { pair } from './language.ts'
import { zh } from './zh/switchboard.ts'

export const switchboardWords = pair(zh, en)
