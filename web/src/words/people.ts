import { en } from './en/people.ts'
import { pair } from './language.ts'
import { zh } from './zh/people.ts'

export const peopleWords = pair(zh, en)
