/** Calls the product as a page does: by HTTP, with a session and its token. Whatever the demo company does goes through the front door. */
export interface FrontDoor {
  /** Throws Error with the answer's words when it is not 2xx. */
  readonly call: <T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown) => Promise<T>
}

interface Session {
  cookie: string
  csrf: string
}

/** Opens the door at `address`; the first answer that begins a session is kept. */
export function openFrontDoor(address: string): FrontDoor {
  const session: Session = { cookie: '', csrf: '' }
  return {
    call: async <T>(method: string, path: string, body?: unknown) => {
      const response = await fetch(`${address}/api/v1${path}`, {
        method,
        headers: { 'content-type': 'application/json', cookie: session.cookie, 'x-csrf-token': session.csrf },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
      keep(session, response, text)
      return JSON.parse(text) as T
    },
  }
}

function keep(session: Session, response: Response, text: string): void {
  const [cookie] = response.headers.getSetCookie()
  if (!cookie) return
  session.cookie = cookie.split(';')[0] ?? ''
  const { csrfToken } = JSON.parse(text) as { csrfToken?: unknown }
  if (typeof csrfToken === 'string') session.csrf = csrfToken
}
