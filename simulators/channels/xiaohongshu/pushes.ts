import type { FaultPlayer } from '../../aid/faults.ts'
import { signPush } from './sign.ts'
import { app, seller } from './tokens.ts'

/** Source: xiaohongshu.md 11 [doc]. */
export type MessageTag =
  | 'msg_fulfillment_status_change'
  | 'msg_fulfillment_receiver_change'
  | 'msg_fulfillment_seller_remark_change'
  | 'msg_fulfillment_soon_cancel'
  | `msg_after_sale_${'create' | 'update' | 'audit_pass' | 'audit_reject' | 'confirm_receive' | 'refund_finished' | 'closed' | 'exchange_ship'}`
  | 'msg_sku_buyable'

export interface PushSurroundings {
  readonly now: () => number
  readonly faults: FaultPlayer
  /** Nothing is pushed while the shop's token has run out. */
  readonly isLive: () => boolean
  readonly repeatMs: () => number
}

export interface Pushes {
  /** The app's one address, as its console sets it; null sends nothing any more. */
  readonly aim: (url: string | null) => void
  readonly tell: (tag: MessageTag, data: Readonly<Record<string, unknown>>) => void
  /** The console's check of the address. */
  readonly check: () => void
  readonly counts: () => { readonly pushesSent: number; readonly pushesFailed: number }
  readonly close: () => void
}

/** A push held back by `reorder` leaves at the latest after so long, when no other push comes by. */
const heldAtMostMs = 2000
const answerTimeoutMs = 15_000

interface Push {
  readonly body: string
  readonly isRepeat: boolean
}

interface Outbox {
  readonly around: PushSurroundings
  url: string | null
  readonly timers: Set<NodeJS.Timeout>
  readonly closing: AbortController
  readonly ready: Push[]
  held: Push | null
  isRunning: boolean
  sent: number
  failed: number
}

/** The app's pushes to one address: signed, one after the other, repeated once and then lost. Source: xiaohongshu.md 11 [doc]. */
export function createPushes(around: PushSurroundings, url: string | null): Pushes {
  const box: Outbox = {
    around,
    url,
    timers: new Set(),
    closing: new AbortController(),
    ready: [],
    held: null,
    isRunning: false,
    sent: 0,
    failed: 0,
  }
  return {
    aim: (to) => {
      box.url = to
    },
    tell: (tag, data) => {
      if (box.url === null || !around.isLive()) return
      const message = { msgTag: tag, sellerId: seller.id, data: JSON.stringify(data) }
      enqueue(box, { body: JSON.stringify([message]), isRepeat: false })
    },
    check: () => {
      box.ready.push({ body: '{"test":true}', isRepeat: true })
      void run(box)
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
  if (push.isRepeat) return
  later(box, box.around.repeatMs(), () => {
    box.ready.push({ ...push, isRepeat: true })
    void run(box)
  })
}

/** Taken is what is answered with 200 and `success: true`. */
async function post({ around, url, closing }: Outbox, body: string): Promise<boolean> {
  if (url === null) return false
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: headersOf(new URL(url), around.now()),
      body,
      signal: AbortSignal.any([closing.signal, AbortSignal.timeout(answerTimeoutMs)]),
    })
    const answer = (await response.json()) as { readonly success?: unknown } | null
    return response.status === 200 && answer?.success === true
  } catch {
    return false // No answer, or none that is JSON: the push counts as not taken.
  }
}

function headersOf({ pathname, searchParams }: URL, now: number): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now / 1000))
  const sign = signPush(app.secret, { path: decodeURI(pathname), query: searchParams, appKey: app.id, timestamp })
  return { 'content-type': 'application/json;charset=UTF-8', 'app-key': app.id, timestamp, sign }
}

function later(box: Outbox, ms: number, act: () => void): void {
  const timer = setTimeout(() => {
    box.timers.delete(timer)
    act()
  }, ms)
  timer.unref()
  box.timers.add(timer)
}
