import { en } from './en/orders.ts'
import { pair } from './language.ts'
import { zh } from './zh/orders.ts'

export const orderWords = pair(zh, en)
