import { Failure } from '../../core/failures.ts'
import type { OutgoingRequest } from '../../kit/plug.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/open.ts'
import type { Log } from '../log.ts'
import type { Settings } from '../module.ts'
import { refuseAddress } from './address.ts'
import { openBreaker } from './breaker.ts'
import { NoAnswer, openExchange, type Patience } from './exchange.ts'
import { openGate } from './gate.ts'
import { giveBackPlaces, limitsOf } from './places.ts'
import { type CallRecord, openRecorder } from './record.ts'
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

/** Opens the product's way out; `close` lets go of its connections and writes the last records. See `Send` for what it does and throws. */
export function openSend(parts: SendParts): { readonly send: Send; readonly close: () => Promise<void> } {
  const timing = { ...usualTiming, ...parts.timing }
  const exchange = openExchange()
  const breaker = openBreaker(timing.breakerPauseMs)
  const recorder = openRecorder(parts)
  const gate = openGate(parts.db)

  const attempt = async (caller: Caller, request: OutgoingRequest, patience: Patience) => {
    try {
      const answer = await exchange.send(request, patience)
      breaker.report(caller.shopId, answer.status >= 500 ? 'trouble' : 'good', performance.now())
      return answer
    } catch (error) {
      breaker.report(caller.shopId, 'trouble', performance.now())
      throw explain(error, caller, request)
    }
  }

  const sendFrom = async (caller: Caller, request: OutgoingRequest, arrived: number) => {
    const wait = breaker.waitFor(caller.shopId, performance.now())
    if (wait > 0) throw new Failure('CHANNEL_UNREACHABLE', { channel: caller.channel, retryAfterMs: Math.ceil(wait) })
    const began = performance.now()
    const record = (status: number | null, failure: string | null) => {
      const kept = recordOf(caller, request, {
        status,
        failure,
        ms: Math.round(performance.now() - began),
        waitedMs: Math.round(began - arrived),
        at: parts.now(),
      })
      recorder.add(kept)
      caller.note?.(kept)
    }
    try {
      const answer = await attempt(caller, request, patienceFor(request, timing))
      record(answer.status, null)
      return answer
    } catch (error) {
      record(null, error instanceof Failure ? error.code : 'INTERNAL')
      throw error
    }
  }

  const send: Send = async (caller, request) => {
    refuseAddress(request.url, parts.settings.isSandbox)
    const arrived = performance.now()
    const wanted = limitsOf(caller, request)
    const { connectMs, totalMs } = patienceFor(request, timing)
    const places = await gate.enter({ caller, request, wanted, leaseMs: connectMs + totalMs })
    try {
      return await sendFrom(caller, request, arrived)
    } finally {
      if (places.length > 0) await giveBackPlaces(parts.db, places, wanted)
    }
  }

  return {
    send,
    close: async () => {
      gate.close()
      exchange.close()
      await recorder.close()
    },
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
