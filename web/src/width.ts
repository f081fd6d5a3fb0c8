import { useSyncExternalStore } from 'react'

/** The three borders of the frame: below 768 px the phone form, below 1200 the menu is folded, from 1440 all stands side by side. */
const media = {
  phone: window.matchMedia('(max-width: 767px)'),
  narrow: window.matchMedia('(max-width: 1199px)'),
  wide: window.matchMedia('(min-width: 1440px)'),
}

function listen(listener: () => void): () => void {
  for (const query of Object.values(media)) query.addEventListener('change', listener)
  return () => {
    for (const query of Object.values(media)) query.removeEventListener('change', listener)
  }
}

export type Width = 'phone' | 'narrow' | 'middle' | 'wide'

function widthNow(): Width {
  if (media.phone.matches) return 'phone'
  if (media.narrow.matches) return 'narrow'
  return media.wide.matches ? 'wide' : 'middle'
}

export const useWidth = (): Width => useSyncExternalStore(listen, widthNow)
