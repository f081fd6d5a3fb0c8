import type { FaultPlayer } from '../../aid/faults.ts'
import { numberOf } from '../../aid/random.ts'
import type { CaseTag, OrderTag } from './messages.ts'
import type { Settings } from './settings.ts'
import { signPush } from './sign.ts'
import { type Branch, toJson, toSortedJson } from './text.ts'
import { app } from './tokens.ts'

export interface PushSurroundings {
  readonly faults: FaultPlayer
  readonly seed: number
  readonly settings: () => Settings
}

export interface Pushes {
  /** The app's one address, as its console sets it; null sends nothing any more. */
  readonly aim: (url: string | null) => void
  /** One message in an array of its own [assumed]. */
  readonly tell: (tag: OrderTag | CaseTag, data: Branch) => void
  readonly counts: () => { readonly pushesSent: number; readonly pushesFailed: number }
  readonly close: () => void
}

/** A push held back by `reorder` leaves at the latest after so long, when no other push comes by. */
const heldAtMostMs = 2000
const answerTimeoutMs = 15_000

interface Push {
  readonly body: string
  readonly tries: number
}

interface Outbox {
  readonly around: PushSurroundings
  url: string | null
  readonly timers: Set<NodeJS.Timeout>
  readonly closing: AbortController
  readonly ready: Push[]
  held: Push | null
  isRunning: boolean
  told: number
  sent: number
  failed: number
}

/** The app's pushes to one address: signed, one after the other, repeated some times and then lost. Source: douyin.md 7. */
export function createPushes(around: PushSurroundings, url: string | null): Pushes {
  const box: Outbox = {
    around,
    url,
    timers: new Set(),
    closing: new AbortController(),
    ready: [],
    held: null,
    isRunning: false,
    told: 0,
    sent: 0,
    failed: 0,
  }
  return {
    aim: (to) => {
      box.url = to
    },
    tell: (tag, data) => {
      box.told += 1
      if (box.url === null) return
      const message = { tag, msg_id: `${numberOf(`messages:${around.seed}`)}:${box.told}`, data: toSortedJson(data) }
      enqueue(box, { body: toJson([message]), tries: 0 })
    },
    counts: () => ({ pushesSent: box.sent, pushesFailed: box.failed }),
    close: () => {
      for (const timer of box.timers) clearTimeout(timer)
      box.timers.clear()
      box.ready.length = 0
      box.closing.abort()
    },
  }
}

function enqueue(box: Outbox, push: Push): void {
  const { faults } = box.around
  if (faults.strikes('lose-push', 'push')) return
  if (box.held === null && faults.strikes('reorder', 'push')) {
    box.held = push
    later(box, heldAtMostMs, () => letHeldGo(box, push))
    return
  }
  box.ready.push(push)
  if (faults.strikes('duplicate', 'push')) box.ready.push(push)
  if (box.held !== null) letHeldGo(box, box.held)
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
  for (let push = box.ready.shift(); push !== undefined; push = box.ready.shift()) await deliver(box, push)
  box.isRunning = false
}

async function deliver(box: Outbox, push: Push): Promise<void> {
  const isTaken = await post(box, push.body)
  if (box.closing.signal.aborted) return
  if (isTaken) {
    box.sent += 1
    return
  }
  box.failed += 1
  const { pushRepeats, pushRepeatSeconds } = box.around.settings()
  if (push.tries >= pushRepeats) return
  later(box, pushRepeatSeconds * 1000, () => {
    box.ready.push({ ...push, tries: push.tries + 1 })
    void run(box)
  })
}

/** Taken is what is answered with 200 and code 0. The headers besides `event-sign` are [assumed]. */
async function post({ url, closing }: Outbox, body: string): Promise<boolean> {
  if (url === null) return false
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json;charset=UTF-8',
        'app-id': app.key,
        'sign-method': 'md5',
        'event-sign': signPush(app.secret, app.key, body),
      },
      body,
      signal: AbortSignal.any([closing.signal, AbortSignal.timeout(answerTimeoutMs)]),
    })
    const answer = (await response.json()) as { readonly code?: unknown } | null
    return response.status === 200 && answer?.code === 0
  } catch {
    return false // No answer, or none that is JSON: the push counts as not taken.
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
