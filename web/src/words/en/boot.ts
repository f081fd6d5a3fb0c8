import type { zh } from '../zh/boot.ts'

export const en: typeof zh = {
  product: 'Tongdan',
  unreachable: 'The server cannot be reached; check the network and try again.',
  again: 'Try again',
  languages: { zh: '中文', en: 'English' },
}
