/** An order system as the tests play it: HTTP Basic unless told otherwise. */
export interface Caller {
  readonly call: (method: string, target: string, more?: CallWish) => Promise<Called>
  /** A control call; answers the parsed body, throws what was refused. */
  readonly control: <T>(path: string, body?: unknown) => Promise<T>
}

export interface CallWish {
  readonly body?: unknown
  /** Instead of HTTP Basic with the usual key. */
  readonly headers?: Readonly<Record<string, string>>
}

export interface Called {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body as JSON; throws where it is none. */
  readonly json: <T>() => T
}

export function createCaller(address: string, credentials: Readonly<Record<string, string>>): Caller {
  const basic = { authorization: basicOf(credentials['consumerKey']!, credentials['consumerSecret']!) }
  return {
    call: async (method, target, { body, headers = basic } = {}) => {
      const content = body === undefined ? {} : { body: JSON.stringify(body) }
      const sent = { 'content-type': 'application/json', ...headers }
      const answer = await fetch(address + target, { method, headers: sent, ...content })
      const text = await answer.text()
      return { status: answer.status, headers: answer.headers, text, json: <T>() => JSON.parse(text) as T }
    },
    control: async <T>(path: string, body?: unknown) => {
      const post = { method: 'POST', body: JSON.stringify(body) }
      const answer = await fetch(`${address}/_sim/${path}`, body === undefined ? {} : post)
      if (!answer.ok) throw new Error(`/_sim/${path} answered ${answer.status}: ${await answer.text()}`)
      return (await answer.json()) as T
    },
  }
}

export function basicOf(key: string, secret: string): string {
  return `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`
}
