import http from 'node:http'
import https from 'node:https'
import type { Answer, OutgoingRequest } from '../../kit/plug.ts'

export interface Patience {
  readonly connectMs: number
  readonly totalMs: number
}

/**
 * Why no answer came. `not-sent`: it cannot have happened. `silence`: it may have. `certificate`: the other side is not who it says.
 */
export class NoAnswer extends Error {
  readonly kind: 'not-sent' | 'silence' | 'certificate' | 'too-large'

  constructor(kind: NoAnswer['kind'], reason: string, cause?: unknown) {
    super(reason, cause === undefined ? undefined : { cause })
    this.name = 'NoAnswer'
    this.kind = kind
  }
}

/** Sends requests over connections that are kept for the next one. Redirects are not followed: any status is an answer. */
export interface Exchange {
  readonly send: (request: OutgoingRequest, patience: Patience) => Promise<Answer>
  readonly close: () => void
}

const answerAtMost = 32 * 1024 * 1024

export function openExchange(): Exchange {
  const agents = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) }
  return {
    send: (request, patience) => exchange(request, patience, agents),
    close: () => {
      for (const agent of Object.values(agents)) agent.destroy()
    },
  }
}

function exchange(
  request: OutgoingRequest,
  patience: Patience,
  agents: { readonly 'http:': http.Agent; readonly 'https:': https.Agent },
): Promise<Answer> {
  const url = new URL(request.url)
  const isPlain = url.protocol === 'http:'
  return new Promise((resolve, reject) => {
    let isSent = false
    const outgoing = (isPlain ? http : https).request(url, {
      method: request.method,
      headers: { 'user-agent': 'tongdan', ...request.headers },
      agent: isPlain ? agents['http:'] : agents['https:'],
    })
    const total = setTimeout(
      () => outgoing.destroy(new Error(`no answer within ${patience.totalMs} ms`)),
      patience.totalMs,
    )
    const fail = (error: Error) => {
      clearTimeout(total)
      outgoing.destroy()
      reject(error instanceof NoAnswer ? error : explain(error, isSent))
    }
    outgoing.on('socket', (socket) => {
      if (!socket.connecting) {
        isSent = true
        return
      }
      const connecting = setTimeout(
        () => fail(new NoAnswer('not-sent', `no connection within ${patience.connectMs} ms`)),
        patience.connectMs,
      )
      const connected = () => {
        clearTimeout(connecting)
        isSent = true
      }
      socket.once(isPlain ? 'connect' : 'secureConnect', connected)
      socket.once('close', () => clearTimeout(connecting))
    })
    outgoing.on('error', fail)
    outgoing.on('response', (incoming) => {
      readBody(incoming).then((body) => {
        clearTimeout(total)
        resolve({ status: incoming.statusCode ?? 0, headers: flat(incoming.headers), body })
      }, fail)
    })
    outgoing.end(request.body ?? undefined)
  })
}

async function readBody(incoming: http.IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of incoming as AsyncIterable<Buffer>) {
    size += part.length
    if (size > answerAtMost) throw new NoAnswer('too-large', `answer beyond ${answerAtMost} bytes`)
    parts.push(part)
  }
  if (!incoming.complete) throw new Error('the answer broke off')
  return Buffer.concat(parts).toString('utf8')
}

function flat(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )
}

const beforeSending = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN'])
const certificate = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|HOSTNAME_MISMATCH)/

function explain(error: Error, isSent: boolean): NoAnswer {
  const code = (error as { code?: string }).code ?? ''
  if (certificate.test(code)) return new NoAnswer('certificate', code, error)
  const kind = beforeSending.has(code) || !isSent ? 'not-sent' : 'silence'
  return new NoAnswer(kind, code === '' ? error.message : code, error)
}
