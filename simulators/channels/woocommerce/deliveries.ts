import { createHash } from 'node:crypto'
import { Agent, request } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { FaultKind } from '../../simulator.ts'
import type { Webhook } from './model.ts'
import { orderJson, version } from './order-json.ts'
import { productJson } from './product-json.ts'
import type { Shop, Told } from './shop.ts'
import { webhookSignature } from './sign.ts'

/** Deliveries in a row without 2xx that disable a webhook. Source: own-site.md 2.4 [doc W]. */
const failuresMax = 5
const answerTimeoutMs = 15_000
/** A delivery held back by `reorder` leaves at the latest after so long, when no other comes by. */
const heldAtMostMs = 2000

export interface DeliveryState {
  /** Deliveries not yet made. */
  readonly waiting: number
  /** Those answered by 2xx, and those that were not; pings count. */
  readonly sent: number
  readonly failed: number
}

/** The site's webhooks at work: one delivery after the other, each tried once. */
export interface Deliveries {
  readonly tell: (told: Told) => void
  readonly state: () => DeliveryState
  /** Resolves when nothing waits any more. */
  readonly done: () => Promise<void>
  /** Forgets what waits and what was counted. */
  readonly forget: () => void
  readonly close: () => void
}

export interface DeliverySurroundings {
  /** The shop as it stands now; a reset opens another. */
  readonly shop: () => Shop
  readonly plays: (kind: FaultKind) => boolean
}

interface Delivery {
  readonly webhookId: number
  readonly id: string
  /** The REST representation as it was when it happened, or the ping's form. */
  readonly body: () => string
  readonly isPing: boolean
}

interface Outbox extends DeliverySurroundings {
  readonly agent: Agent
  ready: Delivery[]
  held: Delivery | null
  timer: NodeJS.Timeout | undefined
  running: Promise<void> | null
  isClosed: boolean
  made: number
  sent: number
  failed: number
}

export function createDeliveries(around: DeliverySurroundings): Deliveries {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const counts = { made: 0, sent: 0, failed: 0 }
  const box: Outbox = {
    ...around,
    agent,
    ...counts,
    ready: [],
    held: null,
    timer: undefined,
    running: null,
    isClosed: false,
  }
  return {
    tell: (told) => tell(box, told),
    state: () => ({
      waiting: box.ready.length + (box.held ? 1 : 0) + (box.running ? 1 : 0),
      sent: box.sent,
      failed: box.failed,
    }),
    done: async () => {
      while (box.running) await box.running
    },
    forget: () => {
      drop(box)
      Object.assign(box, { sent: 0, failed: 0 })
    },
    close: () => {
      box.isClosed = true
      drop(box)
      agent.destroy()
    },
  }
}

function drop(box: Outbox): void {
  clearTimeout(box.timer)
  box.ready = []
  box.held = null
}

function tell(box: Outbox, told: Told): void {
  const shop = box.shop()
  for (const hook of shop.webhooks.values()) {
    if (hook.status !== 'active' || !concerns(hook, told)) continue
    box.made += 1
    const id = createHash('sha256').update(`${shop.now()}/${box.made}`).digest('hex').slice(0, 20)
    send(box, { webhookId: hook.id, id, body: bodyOf(shop, hook, told), isPing: told.topic === 'ping' })
  }
}

const concerns = (hook: Webhook, told: Told) =>
  told.topic === 'ping' ? told.webhookId === hook.id : told.topic === hook.topic

/** `order.deleted` carries the id alone [assumed], the ping is a form [assumed]. Source: own-site.md 2.4. */
function bodyOf(shop: Shop, { id }: Webhook, told: Told): () => string {
  if (told.topic === 'ping') return () => `webhook_id=${id}`
  if (told.topic === 'order.deleted') return () => JSON.stringify({ id: told.order.id })
  return () => JSON.stringify('order' in told ? orderJson(shop, told.order) : productJson(shop, told.item))
}

function send(box: Outbox, delivery: Delivery): void {
  if (!delivery.isPing && box.plays('lose-push')) return
  if (!delivery.isPing && box.held === null && box.plays('reorder')) {
    box.held = delivery
    box.timer = setTimeout(() => letHeldGo(box), heldAtMostMs)
    box.timer.unref()
    return
  }
  box.ready.push(delivery)
  if (!delivery.isPing && box.plays('duplicate')) box.ready.push(delivery)
  letHeldGo(box)
}

function letHeldGo(box: Outbox): void {
  clearTimeout(box.timer)
  if (box.held) box.ready.push(box.held)
  box.held = null
  box.running ??= run(box).finally(() => {
    box.running = null
    if (box.ready.length > 0) letHeldGo(box)
  })
}

async function run(box: Outbox): Promise<void> {
  for (let delivery = box.ready.shift(); delivery; delivery = box.ready.shift()) await deliver(box, delivery)
}

/** What was queued for a webhook that has been disabled meanwhile is dropped. */
async function deliver(box: Outbox, delivery: Delivery): Promise<void> {
  const shop = box.shop()
  const hook = shop.webhooks.get(delivery.webhookId)
  if (hook?.status !== 'active' || box.isClosed) return
  const body = delivery.body()
  const isTaken = await post({
    url: hook.deliveryUrl,
    agent: box.agent,
    body,
    headers: headersOf(shop, hook, { delivery, body }),
  })
  // A reset while it was under way has forgotten it.
  if (box.shop() !== shop) return
  if (isTaken) box.sent += 1
  else box.failed += 1
  const now = shop.webhooks.get(hook.id)
  if (!now) return
  const failures = isTaken ? 0 : now.failures + 1
  shop.webhooks.set(hook.id, { ...now, failures, status: failures >= failuresMax ? 'disabled' : now.status })
}

type Headers = Readonly<Record<string, string>>

/** Source: own-site.md 2.4 [doc W] and its examples. */
function headersOf(shop: Shop, hook: Webhook, sent: { readonly delivery: Delivery; readonly body: string }): Headers {
  const { delivery, body } = sent
  const [resource, event] = hook.topic.split('.') as [string, string]
  const common = {
    'user-agent': `WooCommerce/${version} Hookshot (WordPress/6.7)`,
    'x-wc-webhook-source': `${shop.address()}/`,
    'x-wc-webhook-id': String(hook.id),
    'x-wc-webhook-signature': webhookSignature(hook.secret, body),
  }
  if (delivery.isPing) return { ...common, 'content-type': 'application/x-www-form-urlencoded' }
  return {
    ...common,
    'content-type': 'application/json',
    'x-wc-webhook-topic': hook.topic,
    'x-wc-webhook-resource': resource,
    'x-wc-webhook-event': event,
    'x-wc-webhook-delivery-id': delivery.id,
  }
}

interface Posting {
  readonly url: string
  readonly agent: Agent
  readonly headers: Headers
  readonly body: string
}

/** Whether it was answered by 2xx. */
export function post({ url, agent, headers, body }: Posting): Promise<boolean> {
  return new Promise((resolve) => {
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      timeout: answerTimeoutMs,
    }
    const sending = url.startsWith('https:') ? secureRequest(url, options) : request(url, { ...options, agent })
    sending.on('response', (response) => {
      const status = response.statusCode ?? 0
      response.resume()
      response.on('error', () => resolve(false))
      response.on('end', () => resolve(status >= 200 && status < 300))
    })
    sending.on('timeout', () => sending.destroy())
    sending.on('error', () => resolve(false))
    sending.end(body)
  })
}
