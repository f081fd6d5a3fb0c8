import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Failure } from '../../core/failures.ts'
import { networkOf, type openRates } from './rates.ts'

/** A platform's push as it came in (推送). `path` is without the query; `body` is the text as sent, since signatures cover it. */
export interface Push {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** As sent, without the question mark: some platforms sign it. */
  readonly query: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What the platform is answered, in the words its documents ask for. */
export interface PushAnswer {
  readonly status: number
  readonly body: string
  /** Content type; plain text when left out. */
  readonly type?: string
}

/** Takes a push of a channel's connection: verifies it and stores it before it answers. Throws WEBHOOK_REFUSED and others. */
export type ReceivePush = (
  target: { readonly channel: string; readonly connection: string },
  push: Push,
) => Promise<PushAnswer>

const bodyAtMost = 1024 * 1024

/** `POST /hooks/:channel/:connection`, and GET, by which some platforms check an address before they use it. */
export async function serveHooks(
  app: FastifyInstance,
  receive: ReceivePush,
  rates: ReturnType<typeof openRates>,
): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: bodyAtMost }, (_, body, done) => done(null, body))
    scope.route<{ Params: { channel: string; connection: string } }>({
      method: ['GET', 'POST'],
      url: '/hooks/:channel/:connection',
      bodyLimit: bodyAtMost,
      handler: async (request, reply) => {
        const seconds = rates.take('hook', networkOf(request.ip))
        if (seconds > 0) throw new Failure('RATE_EXCEEDED', { seconds })
        const answer = await receive(request.params, pushOf(request))
        return reply
          .code(answer.status)
          .type(answer.type ?? 'text/plain; charset=utf-8')
          .send(answer.body)
      },
    })
  })
}

function pushOf(request: FastifyRequest): Push {
  const { pathname, search } = new URL(request.url, 'http://localhost')
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value ?? '')] as const)
  return {
    method: request.method === 'GET' ? 'GET' : 'POST',
    path: pathname,
    query: search.slice(1),
    headers: Object.fromEntries(headers),
    body: typeof request.body === 'string' ? request.body : '',
  }
}
