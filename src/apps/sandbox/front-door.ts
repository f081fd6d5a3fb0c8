/** Calls the product as a page does: by HTTP, with a session and its token. Whatever the demo company does goes through the front door. */
export interface FrontDoor {
  /** Throws Error with the answer's words when it is not 2xx. */
  readonly call: <T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown) => Promise<T>
}

/** One that takes files as well, as they are. Throws likewise. */
export interface FileDoor extends FrontDoor {
  readonly upload: <T>(path: string, bytes: Uint8Array<ArrayBuffer>) => Promise<T>
}

interface Session {
  cookie: string
  csrf: string
}

/** Opens the door at `address`; the first answer that begins a session is kept. */
export function openFrontDoor(address: string): FileDoor {
  const session: Session = { cookie: '', csrf: '' }
  async function ask<T>(
    method: string,
    path: string,
    given: { readonly type: string; readonly body?: string | Uint8Array<ArrayBuffer> },
  ) {
    const response = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: { 'content-type': given.type, cookie: session.cookie, 'x-csrf-token': session.csrf },
      ...(given.body === undefined ? {} : { body: given.body }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    keep(session, response, text)
    return JSON.parse(text) as T
  }
  const type = 'application/json'
  return {
    call: <T>(method: string, path: string, body?: unknown) =>
      ask<T>(method, path, body === undefined ? { type } : { type, body: JSON.stringify(body) }),
    upload: <T>(path: string, body: Uint8Array<ArrayBuffer>) =>
      ask<T>('POST', path, { type: 'application/octet-stream', body }),
  }
}

function keep(session: Session, response: Response, text: string): void {
  const [cookie] = response.headers.getSetCookie()
  if (!cookie) return
  session.cookie = cookie.split(';')[0] ?? ''
  const { csrfToken } = JSON.parse(text) as { csrfToken?: unknown }
  if (typeof csrfToken === 'string') session.csrf = csrfToken
}
