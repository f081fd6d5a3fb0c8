import { Failure } from '../../core/failures.ts'
import type { Answer, OutgoingRequest } from '../../kit/plug.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/open.ts'
import type { Log } from '../log.ts'
import type { Settings } from '../module.ts'
import { refuseAddress } from './address.ts'
import { type Breaker, openBreaker } from './breaker.ts'
import { type Exchange, NoAnswer, openExchange, type Patience } from './exchange.ts'
import { type Gate, openGate } from './gate.ts'
import { giveBackPlaces, limitsOf } from './places.ts'
import { type CallRecord, openRecorder, type Recorder } from './record.ts'
import type { Caller, Send } from './send.ts'

/** How long things may take, in milliseconds. A list may take longer than the rest. */
export interface Timing {
  readonly connectMs: number
  readonly totalMs: number
  readonly listMs: number
  readonly breakerPauseMs: number
}
const usualTiming: Timing = { connectMs: 5_000, totalMs: 20_000, listMs: 30_000, breakerPauseMs: 5_000 }

export interface SendParts {
  readonly db: Db
  readonly settings: Pick<Settings, 'isSandbox'>
  readonly log: Log
  /** Dates the records. Limits go by the database's own clock, which all processes share. */
  readonly now: Clock
  readonly timing?: Partial<Timing>
}

interface Way {
  readonly parts: SendParts
  readonly timing: Timing
  readonly exchange: Exchange
  readonly breaker: Breaker
  readonly recorder: Recorder
  readonly gate: Gate
}

export interface WayOut {
  readonly send: Send
  /** No call begins any more, and those that wait for their place fail at once: the program is about to end. */
  readonly shut: () => void
  /** Lets go of its connections and writes the last records. */
  readonly close: () => Promise<void>
}

/** Opens the product's way out. See `Send` for what it does and throws. */
export function openSend(parts: SendParts): WayOut {
  const timing = { ...usualTiming, ...parts.timing }
  const way: Way = {
    parts,
    timing,
    exchange: openExchange(),
    breaker: openBreaker(timing.breakerPauseMs),
    recorder: openRecorder(parts),
    gate: openGate(parts.db),
  }
  return {
    send: (caller, request) => sendOut(way, caller, request),
    shut: way.gate.close,
    close: async () => {
      way.gate.close()
      way.exchange.close()
      await way.recorder.close()
    },
  }
}

async function sendOut(way: Way, caller: Caller, request: OutgoingRequest): Promise<Answer> {
  refuseAddress(request.url, way.parts.settings.isSandbox)
  const arrived = performance.now()
  refuseWhileStuck(way.breaker, caller, arrived)
  const wanted = limitsOf(caller, request)
  const { connectMs, totalMs } = patienceFor(request, way.timing)
  const places = await way.gate.enter({ caller, request, wanted, leaseMs: connectMs + totalMs })
  try {
    refuseWhileOpen(way.breaker, caller)
    return await recorded(way, { caller, request, arrived })
  } finally {
    if (places.length > 0) await giveBackPlaces(way.parts.db, places, wanted)
  }
}

/** The answers of others are awaited already; a job that comes again later lets other shops work. */
function refuseWhileStuck(breaker: Breaker, { shopId, channel }: Caller, now: number): void {
  const wait = breaker.stuckFor(shopId, now)
  if (wait > 0) throw new Failure('CHANNEL_UNREACHABLE', { channel, retryAfterMs: wait })
}

/** What does not answer is left alone for a while; nothing was sent then, so a write is not unclear. */
function refuseWhileOpen(breaker: Breaker, { shopId, channel }: Caller): void {
  const wait = breaker.waitFor(shopId, performance.now())
  if (wait > 0) throw new Failure('CHANNEL_UNREACHABLE', { channel, retryAfterMs: Math.ceil(wait) })
}

interface Outgoing {
  readonly caller: Caller
  readonly request: OutgoingRequest
  /** When the call came to us, before it waited for its place. */
  readonly arrived: number
}

async function recorded(way: Way, { caller, request, arrived }: Outgoing): Promise<Answer> {
  const began = performance.now()
  const record = (status: number | null, failure: string | null) => {
    const ms = Math.round(performance.now() - began)
    const kept = recordOf(caller, request, {
      status,
      failure,
      ms,
      waitedMs: Math.round(began - arrived),
      at: way.parts.now(),
    })
    way.recorder.add(kept)
    caller.note?.(kept)
  }
  try {
    const answer = await attempt(way, caller, request)
    record(answer.status, null)
    return answer
  } catch (error) {
    record(null, error instanceof Failure ? error.code : 'INTERNAL')
    throw error
  }
}

async function attempt({ exchange, breaker, timing }: Way, caller: Caller, request: OutgoingRequest): Promise<Answer> {
  const isBack = breaker.goesOut(caller.shopId, performance.now())
  try {
    const answer = await exchange.send(request, patienceFor(request, timing))
    breaker.report(caller.shopId, answer.status >= 500 ? 'trouble' : 'good', performance.now())
    return answer
  } catch (error) {
    breaker.report(caller.shopId, 'trouble', performance.now())
    throw explain(error, caller, request)
  } finally {
    isBack()
  }
}

function patienceFor(request: OutgoingRequest, timing: Timing): Patience {
  const isList = /\.(pull|count)$/.test(request.operation)
  return { connectMs: timing.connectMs, totalMs: isList ? timing.listMs : timing.totalMs }
}

function explain(error: unknown, caller: Caller, request: OutgoingRequest): unknown {
  if (!(error instanceof NoAnswer)) return error
  const { channel } = caller
  if (error.kind === 'certificate') {
    const { host } = new URL(request.url)
    return new Failure(
      'CHANNEL_MISCONFIGURED',
      { channel, reason: `${host} 的 HTTPS 证书无效（${error.message}）` },
      error,
    )
  }
  const mayHaveHappened = error.kind !== 'not-sent'
  if (request.isWrite && mayHaveHappened) return new Failure('CHANNEL_UNCLEAR', { channel }, error)
  if (error.kind === 'too-large') return new Failure('CHANNEL_NONSENSE', { channel, reason: '答复太大' }, error)
  return new Failure('CHANNEL_UNREACHABLE', { channel }, error)
}

function recordOf(
  caller: Caller,
  request: OutgoingRequest,
  outcome: Pick<CallRecord, 'status' | 'failure' | 'ms' | 'waitedMs' | 'at'>,
): CallRecord {
  const url = new URL(request.url)
  return {
    shopId: caller.shopId,
    channel: caller.channel,
    operation: request.operation,
    method: request.method,
    target: (url.host + url.pathname).slice(0, 300),
    ...outcome,
  }
}
