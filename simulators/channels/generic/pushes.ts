import { Agent, type IncomingMessage, request } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { EventType, Order } from './model.ts'
import { sign } from './signing.ts'
import { orderJson } from './wire.ts'

/** Seconds between the attempts of one push. Source: own-site.md 6.1 [doc SW]. */
const retrySeconds = [0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400] as const
const jitter = 0.1
const answerTimeoutMs = 15_000
/** A push held back by `reorder` leaves at the latest after so long, when no other push comes by. */
const heldAtMostMs = 2000

export type PushFault = 'lose-push' | 'duplicate' | 'reorder'

export interface PushSurroundings {
  readonly now: () => number
  /** Live secrets, newest first; every push carries a signature of each. */
  readonly secrets: () => readonly string[]
  readonly chance: () => number
  readonly plays: (kind: PushFault) => boolean
}

/** Where pushes go; `scale` shortens the waits between attempts (1 is real time). */
export interface PushAim {
  readonly url: string | null
  readonly scale: number
}

export interface PushState extends PushAim {
  /** Pushes not yet delivered nor given up. */
  readonly waiting: number
  /** The receiver answered 410; nothing is sent until the aim changes. */
  readonly isStopped: boolean
  /** Attempts that were answered by 2xx, and those that were not. */
  readonly sent: number
  readonly failed: number
}

/** The shop's pushes. */
export interface Pushes {
  readonly tell: (type: EventType, order: Order) => void
  /** Changes the address or the pace and forgets what waits for the old address. */
  readonly aim: (aim: PushAim) => void
  readonly state: () => PushState
  /** Forgets what waits and what was counted; the address stays. */
  readonly forget: () => void
  readonly close: () => void
}

interface Push {
  readonly id: string
  readonly body: string
  readonly attempt: number
}

interface Outbox {
  readonly around: PushSurroundings
  readonly agent: Agent
  readonly timers: Set<NodeJS.Timeout>
  aim: PushAim
  ready: Push[]
  held: Push | null
  retrying: number
  isRunning: boolean
  isStopped: boolean
  pausedUntil: number
  /** Goes up when everything waiting is forgotten, so that what is under way knows it is out of date. */
  generation: number
  made: number
  sent: number
  failed: number
}

/** Pushes of the shop: one after the other, repeated on anything but 2xx, stopped for good by 410. Source: own-site.md 6.1. */
export function createPushes(around: PushSurroundings, aim: PushAim): Pushes {
  const box: Outbox = {
    around,
    agent: new Agent({ keepAlive: true, maxSockets: 1 }),
    timers: new Set(),
    aim,
    ready: [],
    held: null,
    retrying: 0,
    isRunning: false,
    isStopped: false,
    pausedUntil: 0,
    generation: 0,
    made: 0,
    sent: 0,
    failed: 0,
  }
  return {
    tell: (type, order) => tell(box, type, order),
    aim: (next) => {
      forget(box)
      box.aim = next
    },
    state: () => stateOf(box),
    forget: () => {
      forget(box)
      box.sent = 0
      box.failed = 0
    },
    close: () => {
      forget(box)
      box.aim = { ...box.aim, url: null }
      box.agent.destroy()
    },
  }
}

function stateOf({ aim, ready, held, retrying, isRunning, isStopped, sent, failed }: Outbox): PushState {
  const waiting = ready.length + retrying + (held ? 1 : 0) + (isRunning ? 1 : 0)
  return { ...aim, waiting, isStopped, sent, failed }
}

function tell(box: Outbox, type: EventType, order: Order): void {
  const { around } = box
  if (box.aim.url === null || box.isStopped) return
  const at = around.now()
  box.made += 1
  const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data: orderJson(order) })
  const push: Push = { id: `evt_${at.toString(36)}_${String(box.made).padStart(6, '0')}`, body, attempt: 0 }

  if (around.plays('lose-push')) return
  if (box.held === null && around.plays('reorder')) {
    box.held = push
    later(box, heldAtMostMs, () => letHeldGo(box, push))
    return
  }
  box.ready.push(push)
  if (around.plays('duplicate')) box.ready.push(push)
  if (box.held) letHeldGo(box, box.held)
  void run(box)
}

function letHeldGo(box: Outbox, push: Push): void {
  if (box.held !== push) return
  box.held = null
  box.ready.push(push)
  void run(box)
}

async function run(box: Outbox): Promise<void> {
  if (box.isRunning) return
  box.isRunning = true
  const mine = box.generation
  for (let push = box.ready.shift(); push; push = box.ready.shift()) {
    const wait = box.pausedUntil - performance.now()
    if (wait > 0) await new Promise<void>((done) => later(box, wait, done))
    await attempt(box, push)
    if (mine !== box.generation) return
  }
  box.isRunning = false
}

async function attempt(box: Outbox, push: Push): Promise<void> {
  const { aim, agent, generation } = box
  if (aim.url === null || box.isStopped) return
  const answer = await post({ url: aim.url, agent, headers: headersOf(box.around, push), body: push.body })
  if (generation !== box.generation) return
  if (answer.status >= 200 && answer.status < 300) {
    box.sent += 1
    return
  }
  box.failed += 1
  if (answer.status === 410) {
    box.isStopped = true
    return
  }
  tryAgain(box, push, answer)
}

function tryAgain(box: Outbox, push: Push, answer: Answer): void {
  const seconds = retrySeconds[push.attempt + 1]
  if (seconds === undefined) return
  if (answer.retryAfterMs > 0) box.pausedUntil = performance.now() + answer.retryAfterMs
  const wait = seconds * 1000 * box.aim.scale * (1 + jitter * box.around.chance())
  box.retrying += 1
  later(box, Math.max(wait, answer.retryAfterMs), () => {
    box.retrying -= 1
    box.ready.push({ ...push, attempt: push.attempt + 1 })
    void run(box)
  })
}

function headersOf(around: PushSurroundings, { id, body }: Push): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(around.now() / 1000))
  const signatures = around.secrets().map((secret) => sign(secret, { id, timestamp, content: body }))
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  }
}

function later(box: Outbox, ms: number, act: () => void): void {
  const longestMs = 0x7fff_ffff
  const timer = setTimeout(
    () => {
      box.timers.delete(timer)
      act()
    },
    Math.min(ms, longestMs),
  )
  timer.unref()
  box.timers.add(timer)
}

/** What waited for the pause of a forgotten run is never woken; the run is out of date and holds nothing. */
function forget(box: Outbox): void {
  box.generation += 1
  for (const timer of box.timers) clearTimeout(timer)
  box.timers.clear()
  box.ready = []
  box.held = null
  box.retrying = 0
  box.isRunning = false
  box.isStopped = false
  box.pausedUntil = 0
}

interface Posting {
  readonly url: string
  readonly agent: Agent
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
/** Status 0 stands for no answer at all. */
interface Answer {
  readonly status: number
  readonly retryAfterMs: number
}

function post({ url, agent, headers, body }: Posting): Promise<Answer> {
  return new Promise((resolve) => {
    const silence: Answer = { status: 0, retryAfterMs: 0 }
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      timeout: answerTimeoutMs,
    }
    const take = (response: IncomingMessage): void => {
      response.resume()
      response.on('error', () => resolve(silence))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, retryAfterMs: retryAfterOf(response) }))
    }
    const sending = url.startsWith('https:')
      ? secureRequest(url, options, take)
      : request(url, { ...options, agent }, take)
    sending.on('timeout', () => sending.destroy())
    sending.on('error', () => resolve(silence))
    sending.end(body)
  })
}

/** Only where the scheme asks to slow down; seconds. */
function retryAfterOf(response: IncomingMessage): number {
  if (![429, 502, 503, 504].includes(response.statusCode ?? 0)) return 0
  const seconds = Number(response.headers['retry-after'])
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0
}
