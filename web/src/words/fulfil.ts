import { en } from './en/fulfil.ts'
import { pair } from './language.ts'
import { zh } from './zh/fulfil.ts'

export const fulfilWords = pair(zh, en)
