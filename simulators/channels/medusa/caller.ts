/** An order system as the tests play it: a secret key unless told otherwise. */
export interface Caller {
  readonly call: (method: string, target: string, more?: CallWish) => Promise<Called>
  /** A control call; answers the parsed body, throws what was refused. */
  readonly control: <T>(path: string, body?: unknown) => Promise<T>
}

export interface CallWish {
  readonly body?: unknown
  /** Instead of the usual key. */
  readonly authorization?: string
}

export interface Called {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body as JSON; throws where it is none. */
  readonly json: <T>() => T
}

export function createCaller(address: string, credentials: Readonly<Record<string, string>>): Caller {
  const usual = basicOf(credentials['secretKey']!)
  return {
    call: async (method, target, { body, authorization = usual } = {}) => {
      const content = body === undefined ? {} : { body: JSON.stringify(body) }
      const headers = { 'content-type': 'application/json', authorization }
      const answer = await fetch(address + target, { method, headers, ...content })
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

export function basicOf(secretKey: string): string {
  return `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`
}
