import './style/tokens.css'
import './style/page.css'
import './style/controls.css'
import './style/bench.css'
import './phone/phone.css'
import { CallFailed, call } from './api.ts'
import { rememberLooks } from './looks.ts'
import { keepPerson, keptPerson } from './phone/kept-person.ts'
import { keepOnDevice } from './phone/page-files.ts'
import { startPhone } from './phone/start.tsx'
import { welcome } from './session.ts'

/** The phone works for whoever was here last, also where no network is: their name and rights are kept, nothing secret is. */
async function beginPhone(): Promise<void> {
  rememberLooks()
  const answer = await call('GET /me', {}).catch((error: unknown) => error)
  if (!(answer instanceof CallFailed)) {
    welcome(keepPerson(answer))
    return startPhone()
  }
  const known = keptPerson()
  if ((answer.status === 0 || answer.status >= 500) && known) {
    welcome(known)
    return startPhone()
  }
  return (await import('./begin.ts')).begin(async () => startPhone())
}

void beginPhone()
if ('serviceWorker' in navigator) {
  void navigator.serviceWorker.register('/m-worker.js', { scope: '/m' }).then(keepOnDevice)
}
