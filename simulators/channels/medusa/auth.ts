import { createHmac } from 'node:crypto'
import type { Asked } from '../../aid/http.ts'
import { fault, unauthorized } from './answers.ts'
import { objectOf, textOf } from './body.ts'
import type { Row } from './fields.ts'
import type { Keys } from './keys.ts'

/** Who may sign in by name; invented. */
const owner = { email: 'owner@mubai.example', password: 'mu-bai-2026' }

/** A session of the admin's pages lives so long [assumed]. */
const sessionMs = 24 * 3_600_000

/** The two ways in: a secret key as the user of HTTP Basic, or the token of somebody who signed in. Source: own-site.md 5, Auth. */
export interface Gate {
  /** Throws a fault with 401 for everything else. */
  readonly mayPass: (asked: Asked) => void
  /** POST /auth/user/emailpass. */
  readonly signIn: (body: unknown) => Row
}

export function openGate({ keys, now, secret }: { keys: Keys; now: () => number; secret: string }): Gate {
  const sealOf = (head: string) => createHmac('sha256', secret).update(head).digest('base64url')

  function isSession(token: string): boolean {
    const [head = '', claims = '', seal] = token.split('.')
    if (seal !== sealOf(`${head}.${claims}`)) return false
    const { exp } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as { readonly exp: number }
    return exp * 1000 > now()
  }

  return {
    mayPass: ({ headers }) => {
      const header = String(headers.authorization ?? '')
      const token = /^Bearer (\S+)$/i.exec(header)?.[1]
      const isIn = token === undefined ? keys.isLive(keyOf(header)) : isSession(token)
      if (!isIn) throw unauthorized()
    },
    signIn: (given) => {
      const body = objectOf(given, ['email', 'password'])
      if (textOf(body, 'email') !== owner.email || textOf(body, 'password') !== owner.password) {
        throw fault('unauthorized', 'Invalid email or password')
      }
      const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
      const seconds = Math.floor(now() / 1000)
      const claims = { actor_id: 'user_01JA0OWNER', actor_type: 'user', iat: seconds, exp: seconds + sessionMs / 1000 }
      const head = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
      return { token: `${head}.${sealOf(head)}` }
    },
  }
}

/** The user's name of HTTP Basic; the password is empty. */
function keyOf(header: string): string {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header)?.[1] ?? ''
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  return text.endsWith(':') ? text.slice(0, -1) : ''
}
