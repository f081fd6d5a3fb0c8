import type { FaultPlayer } from '../../aid/faults.ts'
import { type Chance, chance } from '../../aid/random.ts'
import { pushSignature } from './sign.ts'
import type { Tell } from './world.ts'

/** Seconds between the attempts of one push, and by how much they vary. Source: own-site.md 6.1 [doc SW]. */
const retrySeconds = [0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400] as const
const jitter = 0.1
const answerTimeoutMs = 15_000
/** A push held back by `reorder` leaves at the latest after so long, when no other push comes by. */
const heldAtMostMs = 2000
/** Longest wait a timer can be set to. */
const longestMs = 0x7fff_ffff

/** What a push needs to know of the shop. */
export interface PushSurroundings {
  readonly seed: number
  readonly secret: string
  readonly now: () => number
  readonly faults: () => FaultPlayer
}

/** Where pushes go; `scale` shortens the waits between attempts (1 is real time). */
export interface PushAim {
  readonly url: string | null
  readonly scale: number
}

/** How the pushes stand. */
export interface PushState extends PushAim {
  /** Pushes not yet delivered nor given up. */
  readonly waiting: number
  /** The receiver answered 410; nothing is sent until the aim changes. */
  readonly isStopped: boolean
  readonly sent: number
  readonly failed: number
}

/** The subscriber beside the shop, which tells of its events. */
export interface Pushes {
  readonly tell: Tell
  /** Changes the address or the pace and forgets what waits. */
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
  readonly dice: Chance
  readonly timers: Set<NodeJS.Timeout>
  aim: PushAim
  ready: Push[]
  held: Push | null
  retrying: number
  isRunning: boolean
  isStopped: boolean
  /** Breaks off what is under way when everything waiting is forgotten. */
  ending: AbortController
  made: number
  sent: number
  failed: number
}

/** Pushes, one after the other, repeated on anything but 2xx, stopped for good by 410. Source: own-site.md 6.1. */
export function createPushes(around: PushSurroundings, aim: PushAim): Pushes {
  const box: Outbox = {
    around,
    dice: chance(`${around.seed}:pushes`),
    timers: new Set(),
    aim,
    ready: [],
    held: null,
    retrying: 0,
    isRunning: false,
    isStopped: false,
    ending: new AbortController(),
    made: 0,
    sent: 0,
    failed: 0,
  }
  return {
    tell: (type, data) => tell(box, type, data),
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
    },
  }
}

function stateOf({ aim, ready, held, retrying, isRunning, isStopped, sent, failed }: Outbox): PushState {
  const waiting = ready.length + retrying + (held ? 1 : 0) + (isRunning ? 1 : 0)
  return { ...aim, waiting, isStopped, sent, failed }
}

/** Source: own-site.md 6.1: type, time and whom it is about. */
function tell(box: Outbox, ...[type, data]: Parameters<Tell>): void {
  const { now, faults } = box.around
  if (box.aim.url === null || box.isStopped) return
  const at = now()
  box.made += 1
  const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data })
  const push: Push = { id: `evt_${at.toString(36)}_${String(box.made).padStart(6, '0')}`, body, attempt: 0 }

  if (faults().strikes('lose-push', 'push')) return
  if (box.held === null && faults().strikes('reorder', 'push')) {
    box.held = push
    later(box, heldAtMostMs, () => letHeldGo(box, push))
    return
  }
  box.ready.push(push)
  if (faults().strikes('duplicate', 'push')) box.ready.push(push)
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
  const { signal } = box.ending
  for (let push = box.ready.shift(); push && !box.isStopped; push = box.ready.shift()) {
    const answer = await attempt(box, push)
    if (signal.aborted) return
    if (answer.isTaken) box.sent += 1
    else fail(box, push, answer)
  }
  box.isRunning = false
}

/** Status 0 stands for no answer at all. */
interface Answer {
  readonly isTaken: boolean
  readonly status: number
  readonly retryAfterMs: number
}

function fail(box: Outbox, push: Push, { status, retryAfterMs }: Answer): void {
  box.failed += 1
  if (status === 410) {
    box.isStopped = true
    box.ready = []
    return
  }
  const seconds = retrySeconds[push.attempt + 1]
  if (seconds === undefined) return
  box.retrying += 1
  const wait = seconds * 1000 * box.aim.scale * (1 + jitter * box.dice.fraction())
  later(box, Math.max(wait, retryAfterMs * box.aim.scale), () => {
    box.retrying -= 1
    box.ready.push({ ...push, attempt: push.attempt + 1 })
    void run(box)
  })
}

async function attempt({ around, aim, ending }: Outbox, { id, body }: Push): Promise<Answer> {
  const timestamp = String(Math.floor(around.now() / 1000))
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': pushSignature(around.secret, { id, timestamp, body }),
  }
  const signal = AbortSignal.any([AbortSignal.timeout(answerTimeoutMs), ending.signal])
  try {
    const answer = await fetch(aim.url!, { method: 'POST', headers, body, signal, redirect: 'manual' })
    await answer.arrayBuffer()
    return { isTaken: answer.ok, status: answer.status, retryAfterMs: retryAfterOf(answer) }
  } catch {
    return { isTaken: false, status: 0, retryAfterMs: 0 }
  }
}

/** Only where the scheme asks to slow down. */
function retryAfterOf({ status, headers }: Response): number {
  if (![429, 502, 503, 504].includes(status)) return 0
  const seconds = Number(headers.get('retry-after'))
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0
}

function later(box: Outbox, ms: number, act: () => void): void {
  const fire = () => {
    box.timers.delete(timer)
    act()
  }
  const timer = setTimeout(fire, Math.min(ms, longestMs))
  timer.unref()
  box.timers.add(timer)
}

function forget(box: Outbox): void {
  box.ending.abort()
  box.ending = new AbortController()
  for (const timer of box.timers) clearTimeout(timer)
  box.timers.clear()
  box.ready = []
  box.held = null
  box.retrying = 0
  box.isRunning = false
  box.isStopped = false
}
