import './style/tokens.css'
import './style/page.css'
import './style/controls.css'
import { begin } from './begin.ts'
import { preload } from './pages/addresses.ts'
import { wasHere } from './session.ts'

// Whoever was here last time gets the desk and the page of the address while the server is asked who is there.
if (wasHere()) {
  void import('./desk.tsx')
  void preload(window.location.pathname)
}
void begin(async () => (await import('./desk.tsx')).startDesk())
