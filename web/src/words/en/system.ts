import type { zh } from '../zh/system.ts'

export const en: typeof zh = {
  title: 'System',
  what: 'The state of the system',
  columns: { job: 'Job', waiting: 'Waiting', failed: 'Failed' },
}
