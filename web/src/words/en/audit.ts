import type { zh } from '../zh/audit.ts'

export const en: typeof zh = { title: 'Audit', what: 'The trail', columns: { at: 'When', who: 'Who', deed: 'What' } }
