import './style/frame.css'
import './style/grid.css'
import './style/overlay.css'
import './style/list.css'
import './style/table.css'
import './style/narrow.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot, type Root } from 'react-dom/client'
import { startLive } from './live.ts'
import { preload } from './pages/addresses.ts'
import { deskDrawings } from './parts/drawings.ts'
import { loadAheadWith } from './parts/go.tsx'
import { learnDrawings } from './parts/icon.tsx'
import { queries } from './query.ts'
import { router } from './routes.tsx'

learnDrawings(deskDrawings)
loadAheadWith((path) => void preload(path))
let root: Root | undefined

/** Draws the page for whoever is signed in, and listens to what changes. */
export function startDesk(): void {
  const place = document.querySelector('#app')
  if (place === null) throw new Error('the page has no #app')
  place.replaceChildren()
  root ??= createRoot(place)
  root.render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
  startLive()
}
