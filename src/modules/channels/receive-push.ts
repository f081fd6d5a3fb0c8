import { Failure } from '../../core/failures.ts'
import type { IncomingPush, PushReading } from '../../kit/channel.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Ctx } from '../../platform/module.ts'
import { collected } from './collect.ts'
import { offers, readCredentials } from './link.ts'
import * as pushes from './store/pushes.ts'
import type { ShopRow } from './store/shops.ts'
import * as shops from './store/shops.ts'

interface Arrival {
  readonly channel: string
  readonly connection: string
  readonly push: IncomingPush
}

/** What the platform is answered. */
export interface Received {
  readonly status: number
  readonly body: string
  readonly type: string
}

/**
 * Takes in a push of a channel (推送). `connection` is the shop's own word in the address. It is verified, stored once, and only then
 * answered; what it hints at is read afresh by a job. Pushes that come singly share a transaction.
 * Throws WEBHOOK_REFUSED for whatever cannot be verified.
 */
export async function receivePush(
  ctx: Ctx,
  target: { readonly channel: string; readonly connection: string },
  push: IncomingPush,
): Promise<Received> {
  const { reason, answer } = await inboxOf(ctx)({ ...target, push })
  if (reason !== null) throw new Failure('WEBHOOK_REFUSED', { reason })
  const type = answer?.startsWith('{') ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8'
  return { status: 200, body: answer ?? '', type }
}

interface Outcome {
  readonly reason: string | null
  readonly answer: string | null
}

const gatherMs = 3
const atMost = 200

/** One inbox a process: its vault is the same for every call. */
const inboxes = new WeakMap<Ctx['vault'], (arrival: Arrival) => Promise<Outcome>>()

function inboxOf(ctx: Ctx): (arrival: Arrival) => Promise<Outcome> {
  const known = inboxes.get(ctx.vault)
  if (known !== undefined) return known
  const inbox = collected<Arrival, Outcome>((arrivals) => takeIn(ctx, arrivals), { withinMs: gatherMs, atMost })
  inboxes.set(ctx.vault, inbox)
  return inbox
}

async function takeIn(ctx: Ctx, arrivals: readonly Arrival[]): Promise<Outcome[]> {
  const known = await shops.listByConnection(ctx.db, [...new Set(arrivals.map(({ connection }) => connection))])
  const byConnection = new Map(known.map((shop) => [shop.connection, shop]))
  const readings = arrivals.map((arrival) => readArrival(ctx, byConnection.get(arrival.connection), arrival))
  await ctx.tx(async (inner) => {
    const events = arrivals.flatMap(({ connection }, i) => {
      const shop = byConnection.get(connection)
      const reading = readings[i]
      return shop && reading?.accepted ? reading.events.map((event) => ({ ...event, shopId: shop.id })) : []
    })
    await storeEvents(inner, events)
    await countRefusals(inner, arrivals, readings)
  })
  return readings.map(({ accepted, reason, answer }) => ({
    reason: accepted ? null : (reason ?? 'refused'),
    answer: answer ?? null,
  }))
}

const refused = (reason: string): PushReading => ({ accepted: false, reason, events: [] })

function readArrival(ctx: Ctx, shop: ShopRow | undefined, { channel, push }: Arrival): PushReading {
  if (shop === undefined || shop.channel !== channel) return refused('unknown-address')
  const plug = ctx.plugs.channel(shop.channel)
  const read = plug.operations['webhook.read']
  if (read === undefined || !offers({ plug }, 'webhook.read')) return refused('not-offered')
  if (shop.credentials === null) return refused('not-authorised')
  try {
    return read(readCredentials(ctx, { plug, shop }), push, ctx.now())
  } catch (error) {
    // One push that cannot be read must not take the others of its flock with it.
    ctx.log.error({ shopId: shop.id, err: error }, 'push could not be read')
    return refused(
      error instanceof Failure && error.code === 'CHANNEL_NOT_AUTHORISED' ? 'not-authorised' : 'unreadable',
    )
  }
}

/** Stores hints and lets each shop's job work on them; one job a shop, however many come. */
export async function storeEvents(ctx: Ctx, events: readonly pushes.NewPush[]): Promise<void> {
  if (events.length === 0) return
  const waiting = await pushes.insertPushes(ctx.db, events, ctx.now())
  for (const { shopId } of waiting) await enqueueFetch(ctx, shopId)
}

export const enqueueFetch = (ctx: Ctx, shopId: number) =>
  enqueue(
    ctx,
    'orders.fetch',
    { shopId },
    { key: `orders.fetch:${shopId}`, queue: `shop:${shopId}:fetch`, priority: -5 },
  )

async function countRefusals(ctx: Ctx, arrivals: readonly Arrival[], readings: readonly PushReading[]): Promise<void> {
  const counts = new Map<string, { channel: string; reason: string; count: number }>()
  readings.forEach((reading, i) => {
    if (reading.accepted) return
    // A channel nobody plugged in is counted under one name, so that strangers cannot fill the table.
    const named = arrivals[i]?.channel ?? ''
    const channel = ctx.plugs.channels.some((plug) => plug.manifest.id === named) ? named : 'unknown'
    const reason = reading.reason ?? 'refused'
    const key = `${channel} ${reason}`
    const counted = counts.get(key) ?? { channel, reason, count: 0 }
    counted.count += 1
    counts.set(key, counted)
  })
  if (counts.size > 0) await pushes.countRefused(ctx.db, [...counts.values()], ctx.now())
}
