import type { zh } from '../zh/transfers.ts'

export const en: typeof zh = {
  title: 'Import and export',
  what: 'The history of imports',
}
