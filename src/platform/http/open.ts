import { randomBytes } from 'node:crypto'
import fastifyCompress from '@fastify/compress'
import fastifyCookie from '@fastify/cookie'
import fastifyHelmet from '@fastify/helmet'
import fastifySwagger from '@fastify/swagger'
import fastifySwaggerUi from '@fastify/swagger-ui'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { Failure } from '../../core/failures.ts'
import type { CtxFor } from '../ctx.ts'
import type { Database } from '../db/open.ts'
import type { HealthWatch } from '../health.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Ctx, Module, ServedRoute } from '../module.ts'
import { version } from '../version.ts'
import { asFailure, failureReply } from './failure-reply.ts'
import { cookieName, type Gate } from './gate.ts'
import { type ReceivePush, serveHooks } from './hooks.ts'
import { serveLive } from './live.ts'
import { openLiveFeed } from './live-feed.ts'
import { apiBase, openApiDocument } from './openapi.ts'
import { servePages } from './pages.ts'
import { serveProbes } from './probes.ts'
import { openRates, type Rate, type RateKind, usualRates } from './rates.ts'
import { securityHeaders } from './security-headers.ts'
import type { NewSession } from './serve.ts'
import { answerer, type Desk, type Recorded, sendAnswer } from './steps.ts'

export interface HttpOptions {
  readonly modules: readonly Module[]
  readonly ctxFor: CtxFor
  readonly gate: Gate
  readonly database: Database
  readonly health: HealthWatch
  readonly metrics: Metrics
  readonly log: Log
  /** Where this installation is reached; HTTPS there makes cookies secure. */
  readonly publicUrl: string
  readonly isSandbox: boolean
  /** The built page, web/dist. */
  readonly webFolder: string
  readonly receivePush: ReceivePush
  /** Told after each write and each file given away. */
  readonly record?: (ctx: Ctx, call: Recorded) => Promise<void>
  readonly rates?: Partial<Record<RateKind, Rate>>
  /** True in tests and while developing: answers are held against their schema. */
  readonly checksAnswers?: boolean
  /** How long an answer may take before the caller is told to look instead of waiting; a minute. */
  readonly answerWithinMs?: number
  /** How often an open page hears that the stream lives, and its session is looked at; 20 seconds. */
  readonly liveBeatMs?: number
}

export interface Http {
  /** Gives the port it listens on. Throws PORT_TAKEN. */
  readonly listen: (port: number, host: string) => Promise<number>
  /** Ends streams, lets running calls end, and closes. */
  readonly close: () => Promise<void>
  /** Makes a call without a network, for tests. */
  readonly inject: FastifyInstance['inject']
}

/** The server of all modules' calls, of pages, pushes, live hints, probes and the API page. */
export async function openHttp(options: HttpOptions): Promise<Http> {
  const app = newServer(options.answerWithinMs ?? 60_000)
  const rates = openRates({ ...usualRates, ...options.rates }, () => performance.now())
  const cookie = cookieName(options.isSandbox)
  const feed = openLiveFeed(options.database.pool, options.log)
  const desk: Desk = {
    ctxFor: options.ctxFor,
    gate: options.gate,
    rates,
    log: options.log,
    cookie,
    record: options.record,
    checksAnswers: options.checksAnswers ?? false,
  }

  answerFailures(app, options.log)
  watchCalls(app, options)
  await app.register(fastifyCookie)
  await app.register(fastifyHelmet, securityHeaders({ isHttps: isHttps(options), isSandbox: options.isSandbox }))
  await app.register(fastifyCompress, {
    threshold: 1024,
    brotliOptions: { params: quickBrotli },
    encodings: ['br', 'gzip'],
  })
  serveProbes(app, { health: options.health, metrics: options.metrics, gate: options.gate, cookie })
  const endStreams = serveLive(app, { feed, gate: options.gate, cookie, beatMs: options.liveBeatMs ?? 20_000 })
  await serveHooks(app, options.receivePush, rates)
  await serveCalls(app, { ...options, desk })
  await serveApiPage(app, options)
  await servePages(app, options.webFolder)
  app.addHook('preClose', async () => {
    options.health.close()
    endStreams()
    await feed.close()
  })

  return {
    listen: (port, host) => listen(app, port, host),
    close: () => app.close(),
    inject: app.inject.bind(app),
  }
}

const jsonAtMost = 1024 * 1024
const bytesAtMost = 20 * 1024 * 1024
/** Brotli's quality 4 of 11: nearly as small for text, at a tenth of the time. Source: zlib constants, BROTLI_PARAM_QUALITY = 1. */
const quickBrotli = { 1: 4 }

function newServer(answerWithinMs: number): FastifyInstance {
  return Fastify({
    logger: false,
    bodyLimit: jsonAtMost,
    requestTimeout: 60_000,
    handlerTimeout: answerWithinMs,
    keepAliveTimeout: 75_000,
    forceCloseConnections: 'idle',
    // A proxy on this machine says who called it; any other is taken for the caller.
    trustProxy: 'loopback',
    genReqId: () => randomBytes(8).toString('hex'),
    requestIdHeader: false,
    routerOptions: { maxParamLength: 200 },
  })
}

async function listen(app: FastifyInstance, port: number, host: string): Promise<number> {
  try {
    await app.listen({ port, host })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new Failure('PORT_TAKEN', { port }, error)
    throw error
  }
  const address = app.server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

function answerFailures(app: FastifyInstance, log: Log): void {
  app.setErrorHandler(async (error, request, reply) => {
    const failure = asFailure(error, request.routeOptions)
    const { status, body, retryAfter } = failureReply(failure, request.id)
    const line = { requestId: request.id, code: failure.code, details: failure.details, route: routeOf(request) }
    if (status >= 500) log.error({ ...line, err: failure.cause ?? failure }, 'call failed')
    else log.debug(line, 'call refused')
    if (retryAfter !== null) void reply.header('retry-after', String(retryAfter))
    return reply.code(status).send(body)
  })
}

function watchCalls(app: FastifyInstance, { metrics, log }: HttpOptions): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const call = {
      method: request.method,
      route: routeOf(request),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    }
    metrics.sawCall(call)
    log.debug({ requestId: request.id, ...call }, 'call')
  })
}

/** The route's pattern, never the address itself, which may hold numbers and names. */
const routeOf = (request: FastifyRequest) => request.routeOptions.url ?? 'none'

interface Calls extends HttpOptions {
  readonly desk: Desk
}

async function serveCalls(app: FastifyInstance, calls: Calls): Promise<void> {
  const served = calls.modules.flatMap((module) => module.routes)
  const isBytes = ({ route }: ServedRoute) => route.takes === 'bytes'
  await app.register(async (scope) => {
    acceptEmptyBodies(scope)
    for (const each of served.filter((one) => !isBytes(one))) serveCall(scope, each, calls)
  })
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: bytesAtMost }, (_, body, done) => done(null, body))
    for (const each of served.filter(isBytes)) serveCall(scope, each, calls)
  })
}

/** A write that has nothing to say may send nothing, with or without a content type. */
function acceptEmptyBodies(scope: FastifyInstance): void {
  const parse = scope.getDefaultJsonParser('error', 'error')
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, {})
    else void parse(request, String(body), done)
  })
}

function serveCall(scope: FastifyInstance, served: ServedRoute, calls: Calls): void {
  const answer = answerer(calls.desk, served)
  const { route } = served
  scope.route({
    method: route.method,
    url: apiBase + route.path,
    ...(route.takes === 'bytes' && { bodyLimit: bytesAtMost }),
    handler: async (request, reply) => {
      const outcome = await answer(request)
      if (outcome.kind === 'json' && outcome.session !== undefined) setSession(reply, outcome.session, calls)
      void reply.header('cache-control', 'no-store')
      return sendAnswer(reply, outcome)
    },
  })
}

function setSession(reply: FastifyReply, session: NewSession | null, options: HttpOptions): void {
  const place = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttps(options) || reply.request.protocol === 'https',
  } as const
  const name = cookieName(options.isSandbox)
  if (session === null) void reply.clearCookie(name, place)
  else void reply.setCookie(name, session.token, { ...place, expires: new Date(session.endsAt) })
}

const isHttps = ({ publicUrl }: HttpOptions) => publicUrl.startsWith('https:')

async function serveApiPage(app: FastifyInstance, { modules }: HttpOptions): Promise<void> {
  const document = openApiDocument(modules, version)
  app.get('/api/openapi.json', async (_, reply) => reply.header('cache-control', 'no-cache').send(document))
  await app.register(async (scope) => {
    await scope.register(fastifySwagger, { mode: 'static', specification: { document } as never })
    await scope.register(fastifySwaggerUi, {
      routePrefix: '/api',
      uiConfig: { url: '/api/openapi.json', validatorUrl: null, docExpansion: 'list', deepLinking: true, filter: true },
      theme: { title: '统单接口 Tongdan API' },
    })
  })
}
