import { createRoot, type Root } from 'react-dom/client'
import { Phone } from './phone.tsx'

let root: Root | undefined

/** Draws the phone's page for whoever is signed in. */
export function startPhone(): void {
  const place = document.querySelector('#app')
  if (place === null) throw new Error('the page has no #app')
  place.replaceChildren()
  root ??= createRoot(place)
  root.render(<Phone />)
}
