import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Route } from '../../contract/route.ts'
import { Failure } from '../../core/failures.ts'
import type { CtxFor } from '../ctx.ts'
import type { Log } from '../log.ts'
import type { Ctx, ServedRoute } from '../module.ts'
import { cut } from './cut.ts'
import { bucketOf, type Gate, identify, mayPass, nobody, type Visitor, whoIs } from './gate.ts'
import { once, readKey } from './kept-answers.ts'
import { parseInput } from './parse-input.ts'
import type { openRates } from './rates.ts'
import type { FileAnswer, NewSession, SessionAnswer } from './serve.ts'

/** A call that was carried out and changed something, or gave a file away. */
export interface Recorded {
  readonly route: Route
  readonly input: unknown
}

/** What answering a call needs. */
export interface Desk {
  readonly ctxFor: CtxFor
  readonly gate: Gate
  readonly rates: ReturnType<typeof openRates>
  readonly log: Log
  readonly cookie: string
  /** Told after each write and each file given away, so that none is missing from the audit trail. */
  readonly record: ((ctx: Ctx, call: Recorded) => Promise<void>) | undefined
  /** True in tests and while developing: answers are held against their schema. */
  readonly checksAnswers: boolean
}

type Answer =
  | { readonly kind: 'json'; readonly text: string; readonly session?: NewSession | null }
  | { readonly kind: 'file'; readonly file: FileAnswer }

/**
 * The nine steps of every call: request id (made by the server), session, permission, rate, idempotency key, parse, run, cut; what is
 * thrown on the way becomes status and words in the server's error handler.
 */
export function answerer(desk: Desk, served: ServedRoute): (request: FastifyRequest) => Promise<Answer> {
  const { route } = served
  // An output that could not be cut is found out here, when the server is put together.
  cut(route.output, nobody.permissions)
  return async (request) => {
    const visitor = await identify(desk.gate, request, desk.cookie)
    mayPass(route, visitor, oneHeader(request.headers['x-csrf-token']))
    const { kind, who } = bucketOf(route, visitor)
    const seconds = desk.rates.take(kind, who)
    if (seconds > 0) throw new Failure('RATE_EXCEEDED', { seconds })

    const actor = visitor.caller?.actor ?? nobody
    const ctx = desk.ctxFor(actor, desk.log.child({ requestId: request.id, actor: whoIs(actor) }))
    const sent = gather(route, request)
    const work = (inner: Ctx) => run({ desk, served, visitor }, inner, sent)
    const key = isKeyed(served, visitor) ? readKey(request.headers['idempotency-key']) : null
    if (key === null) return work(ctx)
    const call = { who: whoIs(actor), key, request: fingerprintOf(route, sent) }
    return unpack(route, await once(ctx, call, async (inner) => pack(await work(inner))))
  }
}

/** Sends what `answerer` gave. */
export function sendAnswer(reply: FastifyReply, answer: Answer): FastifyReply {
  if (answer.kind === 'json') return reply.type('application/json; charset=utf-8').send(answer.text)
  const { fileName, type, bytes, headers = {} } = answer.file
  const plain = fileName.replace(/[^\x20-\x7e]|["\\]/g, '_')
  return reply
    .type(type)
    .headers({ ...headers })
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
}

interface Sent {
  readonly fields: Readonly<Record<string, unknown>>
  readonly bytes: Buffer | null
}

/** The call's input: query (GET and files) or JSON body, and over it the names of the path. */
function gather(route: Route, request: FastifyRequest): Sent {
  const params = request.params as Record<string, unknown>
  const query = request.query as Record<string, unknown>
  if (route.takes === 'bytes') {
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    return { fields: { ...query, ...params }, bytes }
  }
  const body = route.method === 'GET' ? query : (request.body ?? {})
  if (typeof body !== 'object' || Array.isArray(body))
    return { fields: parseInput(z.record(z.string(), z.unknown()), body), bytes: null }
  return { fields: { ...body, ...params }, bytes: null }
}

interface Call {
  readonly desk: Desk
  readonly served: ServedRoute
  readonly visitor: Visitor
}

async function run({ desk, served, visitor }: Call, ctx: Ctx, sent: Sent): Promise<Answer> {
  const { route } = served
  const input: unknown = parseInput(route.input, sent.fields)
  const given = (sent.bytes === null ? input : { ...(input as object), bytes: sent.bytes }) as never
  const outcome = await served.answer(ctx, given, visitor.visit)
  if (isRecorded(served)) await record(desk, ctx, { route, input })

  if (route.answers === 'file') return { kind: 'file', file: outcome as FileAnswer }
  if (!served.movesSession) return { kind: 'json', text: written(desk, route, { body: outcome, ctx }) }
  const { session, body } = outcome as SessionAnswer<unknown>
  return { kind: 'json', text: written(desk, route, { body, ctx }), session }
}

/** The deed is done by now; a trail that cannot be written must not make the caller do it again. */
async function record(desk: Desk, ctx: Ctx, call: Recorded): Promise<void> {
  await desk
    .record?.(ctx, call)
    .catch((err: unknown) => ctx.log.error({ err }, 'a call is missing from the audit trail'))
}

function written(desk: Desk, route: Route, { body, ctx }: { body: unknown; ctx: Ctx }): string {
  // Parsing every answer costs more than making it; a wrong one is a programmer's mistake and is found by the tests.
  if (desk.checksAnswers) route.output.parse(body)
  return JSON.stringify(cut(route.output, ctx.actor.permissions)(body))
}

/** Signing in and out writes its own lines, as somebody else than who called. */
const isRecorded = ({ route, movesSession }: ServedRoute) =>
  (route.method !== 'GET' || route.answers === 'file') && route.onlyAsks !== true && !movesSession

const isKeyed = ({ route, movesSession }: ServedRoute, { caller }: Visitor) =>
  route.method !== 'GET' && !movesSession && caller !== null

/** Method, path and all that was sent, with the fields in order of name. */
function fingerprintOf(route: Route, { fields, bytes }: Sent): Buffer {
  return Buffer.concat([Buffer.from(`${route.method} ${route.path} ${sorted(fields)} `), bytes ?? Buffer.alloc(0)])
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

function pack(answer: Answer): string {
  if (answer.kind === 'json') return answer.text
  const { fileName, type, bytes, headers = {} } = answer.file
  return JSON.stringify({ fileName, type, headers, base64: Buffer.from(bytes).toString('base64') })
}

const PackedFile = z.object({
  fileName: z.string(),
  type: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
  base64: z.string(),
})

function unpack(route: Route, text: string): Answer {
  if (route.answers !== 'file') return { kind: 'json', text }
  const { fileName, type, headers, base64 } = PackedFile.parse(JSON.parse(text))
  return { kind: 'file', file: { fileName, type, headers, bytes: Buffer.from(base64, 'base64') } }
}

const oneHeader = (header: string | readonly string[] | undefined) => (typeof header === 'string' ? header : undefined)
