import { en } from './en/beside.ts'
import { pair } from './language.ts'
import { zh } from './zh/beside.ts'

/** A shop that has no orders and reports another one's parcels. */
export const besideWords = pair(zh, en)
