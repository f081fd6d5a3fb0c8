import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request, read to its end. */
export interface Asked {
  readonly method: string
  /** Path and query exactly as sent, for platforms that sign them. */
  readonly target: string
  /** Without the query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/**
 * What goes back. `cut` breaks the connection, after the first half of `body` where there is one; `hang` says nothing and keeps the
 * connection open until the other side gives up or the server closes.
 */
export type Reply =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
    }
  | { readonly kind: 'cut'; readonly body?: string }
  | { readonly kind: 'hang' }

export type Handle = (asked: Asked) => Reply | Promise<Reply>

export interface Served {
  /** http://127.0.0.1:port, no trailing slash. */
  readonly address: string
  /** Breaks what is open and resolves when the port is free. */
  readonly close: () => Promise<void>
}

/** JSON that is already text, so that a simulator may write numbers of any length. */
export function jsonText(body: string, status = 200): Reply {
  return { kind: 'answer', status, headers: { 'content-type': 'application/json;charset=UTF-8' }, body }
}

export function json(value: unknown, status = 200): Reply {
  return jsonText(JSON.stringify(value), status)
}

export function html(body: string, status = 200): Reply {
  return { kind: 'answer', status, headers: { 'content-type': 'text/html;charset=UTF-8' }, body }
}

export function redirect(to: string): Reply {
  return { kind: 'answer', status: 302, headers: { location: to }, body: '' }
}

/** Serves on 127.0.0.1; port 0 takes a free one. A handler that throws answers 500 with the reason, which is a bug of the simulator. */
export async function serve(port: number, handle: Handle): Promise<Served> {
  const server = createServer((request, response) => {
    void answer(request, response, handle)
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: taken } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { address: `http://127.0.0.1:${taken}`, close }
}

async function answer(request: IncomingMessage, response: ServerResponse, handle: Handle): Promise<void> {
  try {
    send(response, await handle(await read(request)))
  } catch (fault) {
    // A request that was read to its end counts as destroyed; only the answer tells whether anybody still listens.
    if (response.destroyed || response.headersSent) return
    send(response, json({ error: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) }, 500))
  }
}

async function read(request: IncomingMessage): Promise<Asked> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  const url = request.url ?? '/'
  const mark = url.indexOf('?')
  return {
    method: request.method ?? 'GET',
    target: url,
    path: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
    headers: request.headers,
    body: Buffer.concat(pieces),
  }
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply.kind === 'hang') return
  if (reply.kind === 'cut') {
    cut(response, reply.body)
    return
  }
  const body = Buffer.from(reply.body)
  response.writeHead(reply.status, { ...reply.headers, 'content-length': body.length })
  response.end(body)
}

function cut(response: ServerResponse, text: string | undefined): void {
  if (text === undefined) {
    response.destroy()
    return
  }
  const body = Buffer.from(text)
  response.writeHead(200, { 'content-type': 'application/json;charset=UTF-8', 'content-length': body.length })
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy())
}
