import type { zh } from '../zh/shops.ts'

export const en: typeof zh = {
  title: 'Shops',
  what: 'The list of shops',
}
