import { callContent, sign } from './signing.ts'

/** An order system as the tests play it: signs its calls as the contract asks, each with an id of its own. */
export interface Caller {
  readonly call: (method: string, target: string, body?: unknown) => Promise<Response>
  /** A call whose signature, time or id a test wants to choose. */
  readonly callWith: (call: ChosenCall) => Promise<Response>
  /** A control call; answers the parsed body. */
  readonly control: <T>(method: string, path: string, body?: unknown) => Promise<T>
}

export interface ChosenCall {
  readonly method: string
  readonly target: string
  readonly body?: string
  readonly id?: string
  /** Unix seconds. */
  readonly timestamp?: number
  readonly secret?: string
  /** The target that is signed, when it is not the one that is called. */
  readonly signedTarget?: string
}

let callsMade = 0

export function createCaller(address: string, secret: string): Caller {
  function callWith(chosen: ChosenCall): Promise<Response> {
    const { method, target, body = '', signedTarget = target } = chosen
    callsMade += 1
    const id = chosen.id ?? `req_${process.pid}_${callsMade}`
    const timestamp = String(chosen.timestamp ?? Math.floor(Date.now() / 1000))
    const content = callContent(method, signedTarget, Buffer.from(body))
    return fetch(address + target, {
      method,
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': sign(chosen.secret ?? secret, { id, timestamp, content }),
      },
      ...(method === 'GET' ? {} : { body }),
    })
  }

  return {
    callWith,
    call: (method, target, body) =>
      callWith({ method, target, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
    control: async <T>(method: string, path: string, body?: unknown) => {
      const answer = await fetch(address + path, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`)
      return (await answer.json()) as T
    },
  }
}
