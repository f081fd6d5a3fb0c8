import { useSyncExternalStore } from 'react'
import type { Me } from '../../src/contract/security.ts'
import type { Permission } from '../../src/core/access/permissions.ts'
import { call, holdCsrf } from './api.ts'
import { keep, kept } from './keep.ts'
import { applyLooks } from './looks.ts'

const place = 'tongdan.was-here'
let person: Me | null = null
const listeners = new Set<() => void>()

/** True when this device was signed in at its last visit: then the page is fetched while asking who is there. */
export const wasHere = (): boolean => kept(place) === true

/** Takes in who is signed in. */
export function welcome(me: Me): void {
  person = me
  holdCsrf(me.csrfToken)
  applyLooks(me.preferences)
  keep(place, true)
  for (const listener of listeners) listener()
}

/** Ends the session on the server and begins the page anew, so that nothing of this person stays in memory. */
export async function leave(everywhere: boolean): Promise<void> {
  if (everywhere) await call('DELETE /sessions', {})
  else await call('DELETE /session', {})
  keep(place, false)
  window.location.assign('/')
}

/** Who is signed in. Only for what is drawn after `welcome`. */
export function useMe(): Me {
  const me = useSyncExternalStore(listen, () => person)
  if (me === null) throw new Error('nobody is signed in')
  return me
}

/** A question about the person's rights. */
export function useMay(): (permission: Permission) => boolean {
  const { permissions } = useMe()
  return (permission) => permissions.includes(permission)
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
