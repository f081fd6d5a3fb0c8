import type { Me } from '../../../src/contract/security.ts'
import { keep, kept } from '../keep.ts'

const place = 'tongdan.phone-person'

/** Keeps who is signed in for the next start without network; the page token is not kept, it is asked for again. */
export function keepPerson(answer: unknown): Me {
  const me = answer as Me
  keep(place, { ...me, csrfToken: '' })
  return me
}

export const keptPerson = (): Me | null => kept(place) as Me | null

export const forgetPerson = (): void => keep(place, null)
