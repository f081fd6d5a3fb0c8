import { en } from './en/audit.ts'
import { pair } from './language.ts'
import { zh } from './zh/audit.ts'

export const auditWords = pair(zh, en)
