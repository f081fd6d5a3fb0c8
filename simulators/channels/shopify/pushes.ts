import { createHash } from 'node:crypto'
import type { FaultPlayer } from '../../aid/faults.ts'
import { shopDomain } from './questions.ts'
import { pushSignature } from './sign.ts'
import type { Telling, Topic } from './world.ts'

/** Waits between the eight retries, in seconds: four hours in all. Source: own-site.md 3 [doc]; how they are spread is [assumed]. */
const retrySeconds = [10, 60, 300, 900, 1800, 3000, 3600, 4730] as const
/** Source: own-site.md 3 [doc]. */
const answerTimeoutMs = 5000
/** A push held back by `reorder` leaves at the latest after so long, when no other push comes by. */
const heldAtMostMs = 2000

/** What a push needs to know of the shop. */
export interface PushSurroundings {
  readonly seed: number
  readonly secret: string
  readonly now: () => number
  /** The version that payloads are written in. */
  readonly version: () => string
  readonly faults: () => FaultPlayer
}

/** Where pushes go; `scale` shortens the waits between attempts (1 is real time). */
export interface PushAim {
  readonly url: string | null
  readonly scale: number
}

/** How the webhooks stand. */
export interface PushState extends PushAim {
  /** Pushes not yet delivered nor given up. */
  readonly waiting: number
  /** Topics whose subscription was removed after the last retry; they come back with a new aim. */
  readonly removed: readonly Topic[]
  readonly sent: number
  readonly failed: number
}

/** The shop's webhooks. */
export interface Pushes {
  readonly tell: (telling: Telling) => void
  /** Changes the address or the pace, forgets what waits and subscribes to every topic anew. */
  readonly aim: (aim: PushAim) => void
  readonly state: () => PushState
  /** Forgets what waits and what was counted; the address stays. */
  readonly forget: () => void
  readonly close: () => void
}

interface Push {
  readonly id: string
  readonly eventId: string
  readonly topic: Topic
  readonly triggeredAt: number
  readonly body: string
  readonly attempt: number
}

interface Outbox {
  readonly around: PushSurroundings
  readonly timers: Set<NodeJS.Timeout>
  readonly removed: Set<Topic>
  aim: PushAim
  ready: Push[]
  held: Push | null
  retrying: number
  isRunning: boolean
  /** Breaks off what is under way when everything waiting is forgotten. */
  ending: AbortController
  made: number
  sent: number
  failed: number
}

/** Webhooks, one after the other, repeated on anything but 2xx. Source: own-site.md 3. */
export function createPushes(around: PushSurroundings, aim: PushAim): Pushes {
  const box: Outbox = {
    around,
    timers: new Set(),
    removed: new Set(),
    aim,
    ready: [],
    held: null,
    retrying: 0,
    isRunning: false,
    ending: new AbortController(),
    made: 0,
    sent: 0,
    failed: 0,
  }
  return {
    tell: (telling) => tell(box, telling),
    aim: (next) => {
      forget(box)
      box.aim = next
    },
    state: () => {
      const { aim: now, ready, held, retrying, isRunning, removed, sent, failed } = box
      const waiting = ready.length + retrying + (held ? 1 : 0) + (isRunning ? 1 : 0)
      return { ...now, waiting, removed: [...removed], sent, failed }
    },
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

/** Webhooks of one thing that happened share the event's id; each has an id of its own, which its retries keep. */
function tell(box: Outbox, telling: Telling): void {
  if (box.aim.url === null) return
  const { seed, now } = box.around
  const eventId = uuidOf(`${seed}:event ${now()} ${box.made}`)
  for (const [topic, body] of telling) {
    box.made += 1
    const id = uuidOf(`${seed}:push ${now()} ${box.made}`)
    if (!box.removed.has(topic)) post(box, { id, eventId, topic, triggeredAt: now(), body, attempt: 0 })
  }
}

function post(box: Outbox, push: Push): void {
  const strikes = (kind: 'lose-push' | 'reorder' | 'duplicate') => box.around.faults().strikes(kind, 'push')
  if (strikes('lose-push')) return
  if (box.held === null && strikes('reorder')) {
    box.held = push
    later(box, heldAtMostMs, () => letHeldGo(box, push))
    return
  }
  box.ready.push(push)
  if (strikes('duplicate')) box.ready.push(push)
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
  const { ending } = box
  for (let push = box.ready.shift(); push; push = box.ready.shift()) {
    const isTaken = await attempt(box, push)
    if (ending.signal.aborted) return
    if (isTaken) box.sent += 1
    else tryAgain(box, push)
  }
  box.isRunning = false
}

function tryAgain(box: Outbox, push: Push): void {
  box.failed += 1
  const seconds = retrySeconds[push.attempt]
  if (seconds === undefined) {
    box.removed.add(push.topic)
    return
  }
  box.retrying += 1
  later(box, seconds * 1000 * box.aim.scale, () => {
    box.retrying -= 1
    box.ready.push({ ...push, attempt: push.attempt + 1 })
    void run(box)
  })
}

async function attempt(
  { around, aim, ending }: Outbox,
  { id, eventId, topic, triggeredAt, body }: Push,
): Promise<boolean> {
  const headers = {
    'content-type': 'application/json',
    'x-shopify-topic': topic,
    'x-shopify-hmac-sha256': pushSignature(around.secret, body),
    'x-shopify-shop-domain': shopDomain,
    'x-shopify-api-version': around.version(),
    'x-shopify-webhook-id': id,
    'x-shopify-event-id': eventId,
    'x-shopify-triggered-at': new Date(triggeredAt).toISOString().replace('Z', '000000Z'),
  }
  const signal = AbortSignal.any([AbortSignal.timeout(answerTimeoutMs), ending.signal])
  try {
    const answer = await fetch(aim.url!, { method: 'POST', headers, body, signal, redirect: 'manual' })
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    return false
  }
}

function later(box: Outbox, ms: number, act: () => void): void {
  const timer = setTimeout(() => {
    box.timers.delete(timer)
    act()
  }, ms)
  timer.unref()
  box.timers.add(timer)
}

function forget(box: Outbox): void {
  box.ending.abort()
  box.ending = new AbortController()
  for (const timer of box.timers) clearTimeout(timer)
  box.timers.clear()
  box.removed.clear()
  box.ready = []
  box.held = null
  box.retrying = 0
  box.isRunning = false
}

/** A UUID that the same seed makes again. */
function uuidOf(text: string): string {
  const hex = createHash('md5').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}
