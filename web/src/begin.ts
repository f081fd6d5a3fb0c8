import { CallFailed, call } from './api.ts'
import { rememberLooks } from './looks.ts'
import { welcome } from './session.ts'
import { bootWords } from './words/boot.ts'
import { language } from './words/language.ts'

/** Finds out who is there, and shows what they may see: the sign-in, the first set-up, or the page itself (`start`). */
export async function begin(start: () => Promise<void>): Promise<void> {
  rememberLooks()
  try {
    welcome(await call('GET /me', {}))
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error
    if (error.status !== 401) return showUnreachable(error, () => void begin(start))
    return welcomeStranger(start)
  }
  await start()
}

async function welcomeStranger(start: () => Promise<void>): Promise<void> {
  const setUp = await call('GET /setup', {}).catch((error: unknown) => error)
  if (setUp instanceof CallFailed) return showUnreachable(setUp, () => void begin(start))
  const { isDone, isSandbox, company } = setUp as Awaited<ReturnType<typeof call<'GET /setup'>>>
  if (!isDone) return (await import('./set-up.tsx')).startSetUp(start)
  const { showSignIn } = await import('./sign-in.ts')
  showSignIn({
    isSandbox,
    company,
    onDone: (me) => {
      welcome(me)
      void start()
    },
  })
}

/** Before anything is loaded there is only this to say, and one thing to do. */
function showUnreachable(failure: CallFailed, again: () => void): void {
  const words = bootWords[language()]
  const box = document.createElement('div')
  box.className = 'alone'
  box.setAttribute('role', 'alert')
  const text = document.createElement('p')
  text.textContent = failure.body[language()]
  const number = document.createElement('p')
  number.className = 'quiet small'
  number.textContent = failure.body.requestId
  const button = document.createElement('button')
  button.className = 'btn'
  button.dataset.kind = 'primary'
  button.textContent = words.again
  button.onclick = again
  box.append(text, number, button)
  document.querySelector('#app')?.replaceChildren(box)
}
