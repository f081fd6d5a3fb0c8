import { useSyncExternalStore } from 'react'

export const places = ['/m', '/m/find', '/m/check', '/m/scanner', '/m/mine', '/m/review', '/m/count'] as const
export type Place = (typeof places)[number]

const placeNow = (): Place => {
  const path = window.location.pathname.replace(/(.)\/$/, '$1')
  return places.find((place) => place === path) ?? '/m'
}

function listen(listener: () => void): () => void {
  window.addEventListener('popstate', listener)
  return () => window.removeEventListener('popstate', listener)
}

export const usePlace = (): Place => useSyncExternalStore(listen, placeNow)

/** Goes to a page of the phone; back leads back. */
export function go(to: Place, search = ''): void {
  if (to + search === window.location.pathname + window.location.search) return
  window.history.pushState(null, '', to + search)
  window.dispatchEvent(new PopStateEvent('popstate'))
  document.querySelector<HTMLElement>('#page')?.focus({ preventScroll: true })
}
