import { Agent, type IncomingMessage, request } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { FaultKind } from '../../simulator.ts'
import type { ShopEvent } from './shop.ts'
import { sign } from './sign.ts'

/** Seconds between the attempts of one push. Source: own-site.md 6.1 [doc SW]. */
const retrySeconds = [0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400] as const
const jitter = 0.1
const answerTimeoutMs = 15_000
/** A push held back by `reorder` leaves at the latest after so long, when no other push comes by. */
const heldAtMostMs = 2000

export interface PushSurroundings {
  readonly now: () => number
  readonly secret: string
  readonly chance: () => number
  readonly plays: (kind: FaultKind) => boolean
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

/** The subscriber inside the shop's app, which posts what happened. Source: own-site.md 5, Push, and 6.1. */
export interface Pushes {
  readonly tell: (event: ShopEvent) => void
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

/** What waits and how it goes; another one takes its place when everything is forgotten. */
interface Queue {
  readonly timers: Set<NodeJS.Timeout>
  readonly ready: Push[]
  held: Push | null
  retrying: number
  isRunning: boolean
  isStopped: boolean
  pausedUntil: number
}

interface Outbox {
  readonly around: PushSurroundings
  readonly agent: Agent
  aim: PushAim
  queue: Queue
  made: number
  sent: number
  failed: number
}

/** One push after the other, repeated on anything but 2xx, stopped for good by 410. */
export function createPushes(around: PushSurroundings, aim: PushAim): Pushes {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const box: Outbox = { around, agent, aim, queue: emptyQueue(), made: 0, sent: 0, failed: 0 }
  const drop = () => {
    for (const timer of box.queue.timers) clearTimeout(timer)
    box.queue = emptyQueue()
  }
  return {
    tell: (event) => tell(box, event),
    aim: (next) => {
      drop()
      box.aim = next
    },
    state: () => {
      const { ready, retrying, held, isRunning, isStopped } = box.queue
      const waiting = ready.length + retrying + (held ? 1 : 0) + (isRunning ? 1 : 0)
      return { ...box.aim, waiting, isStopped, sent: box.sent, failed: box.failed }
    },
    forget: () => {
      drop()
      Object.assign(box, { sent: 0, failed: 0 })
    },
    close: () => {
      drop()
      box.aim = { ...box.aim, url: null }
      agent.destroy()
    },
  }
}

function emptyQueue(): Queue {
  const flags = { isRunning: false, isStopped: false }
  return { timers: new Set(), ready: [], held: null, retrying: 0, pausedUntil: 0, ...flags }
}

function tell(box: Outbox, event: ShopEvent): void {
  const { around, queue } = box
  if (box.aim.url === null || queue.isStopped) return
  const at = around.now()
  box.made += 1
  const data = event.type === 'inventory.updated' ? { sku: event.sku } : { id: event.id }
  const body = JSON.stringify({ type: event.type, timestamp: new Date(at).toISOString(), data })
  const push: Push = { id: `evt_${at.toString(36)}_${String(box.made).padStart(6, '0')}`, body, attempt: 0 }

  if (around.plays('lose-push')) return
  if (queue.held === null && around.plays('reorder')) {
    queue.held = push
    later(queue, heldAtMostMs, () => letHeldGo(box, queue))
    return
  }
  queue.ready.push(push)
  if (around.plays('duplicate')) queue.ready.push(push)
  letHeldGo(box, queue)
}

function letHeldGo(box: Outbox, queue: Queue): void {
  if (queue.held) queue.ready.push(queue.held)
  queue.held = null
  void run(box, queue)
}

async function run(box: Outbox, queue: Queue): Promise<void> {
  if (queue.isRunning) return
  queue.isRunning = true
  for (let push = queue.ready.shift(); push; push = queue.ready.shift()) {
    const wait = queue.pausedUntil - performance.now()
    if (wait > 0) await new Promise<void>((done) => later(queue, wait, done))
    await attempt(box, queue, push)
  }
  queue.isRunning = false
}

/** What a forgotten queue still had under way counts for nothing. */
async function attempt(box: Outbox, queue: Queue, push: Push): Promise<void> {
  const { aim, agent } = box
  if (aim.url === null || queue.isStopped || queue !== box.queue) return
  const answer = await post({ url: aim.url, agent, headers: headersOf(box.around, push), body: push.body })
  if (queue !== box.queue) return
  if (answer.status >= 200 && answer.status < 300) {
    box.sent += 1
    return
  }
  box.failed += 1
  queue.isStopped = answer.status === 410
  if (!queue.isStopped) tryAgain(box, push, answer)
}

function tryAgain(box: Outbox, push: Push, { retryAfterMs }: Answer): void {
  const { queue } = box
  const seconds = retrySeconds[push.attempt + 1]
  if (seconds === undefined) return
  if (retryAfterMs > 0) queue.pausedUntil = performance.now() + retryAfterMs
  const wait = seconds * 1000 * box.aim.scale * (1 + jitter * box.around.chance())
  queue.retrying += 1
  later(queue, Math.max(wait, retryAfterMs), () => {
    queue.retrying -= 1
    queue.ready.push({ ...push, attempt: push.attempt + 1 })
    void run(box, queue)
  })
}

function headersOf({ now, secret }: PushSurroundings, { id, body }: Push): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now() / 1000))
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': sign(secret, { id, timestamp, body }),
  }
}

function later({ timers }: Queue, ms: number, act: () => void): void {
  const longestMs = 0x7fff_ffff
  const go = () => {
    timers.delete(timer)
    act()
  }
  const timer = setTimeout(go, Math.min(ms, longestMs))
  timer.unref()
  timers.add(timer)
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
    const length = { 'content-length': Buffer.byteLength(body) }
    const options = { method: 'POST', headers: { ...headers, ...length }, timeout: answerTimeoutMs }
    const take = (response: IncomingMessage): void => {
      response.resume()
      response.on('error', () => resolve(silence))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, retryAfterMs: retryAfterOf(response) }))
    }
    const isSafe = url.startsWith('https:')
    const sending = isSafe ? secureRequest(url, options, take) : request(url, { ...options, agent }, take)
    sending.on('timeout', () => sending.destroy())
    sending.on('error', () => resolve(silence))
    sending.end(body)
  })
}

/** Only where the scheme asks to slow down; seconds. */
function retryAfterOf({ statusCode, headers }: IncomingMessage): number {
  if (![429, 502, 503, 504].includes(statusCode ?? 0)) return 0
  const seconds = Number(headers['retry-after'])
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0
}
