import type { zh } from '../zh/people.ts'

export const en: typeof zh = {
  title: 'People and rights',
  what: 'The people',
  columns: { name: 'Name', login: 'Login name', roles: 'Roles' },
}
