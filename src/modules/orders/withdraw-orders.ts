import { stateFacts } from '../../core/order/moves.ts'
import { type Stay, whyItStays } from '../../core/order/withdraw.ts'
import { beijingDay } from '../../core/time/instant.ts'
import { tell } from '../../platform/events/tell.ts'
import { type Ctx, systemActor } from '../../platform/module.ts'
import type { OrderUndo } from '../channels/index.ts'
import { changeHolds, listHeld, lockShelves } from '../inventory/index.ts'
import { historyWords } from './history-words.ts'
import { countDay } from './store/settle.ts'
import * as store from './store/withdraw.ts'
import { insertHistory } from './store/write.ts'

type ImportedOrders = Parameters<OrderUndo['withdraw']>[1]

/**
 * How orders are taken back when the file that brought them is undone (撤销导入). Withdrawn ones hold nothing and are in no list and no
 * count; told again, by a file or by the channel itself, they come back as new. A fixed number of statements, whatever their number.
 */
export const orderUndo: OrderUndo = { touched, withdraw }

/** Those that stay, by channel order number, with why in Chinese. Locks them all, so that what is free stays so until it is withdrawn. */
async function touched(outer: Ctx, asked: ImportedOrders): Promise<ReadonlyMap<string, string>> {
  return outer.tx(async (ctx) => {
    const orders = await store.lockImported(ctx.db, asked.shopId, asked.channelOrderNos)
    const past = await pastOf(ctx, orders)
    return new Map(
      orders.flatMap(({ id, channelOrderNo, state }) => {
        const deeds = (past.get(id) ?? []).map((one) => ({ ...one, isByPerson: one.actor !== productName }))
        const stay = whyItStays(state, deeds)
        return stay === null ? [] : [[channelOrderNo, stayWords(stay)] as const]
      }),
    )
  })
}

/** The name under which the product itself acts. */
const productName = systemActor(new Set()).name

async function pastOf(ctx: Ctx, orders: readonly store.Imported[]): Promise<ReadonlyMap<number, store.Past[]>> {
  if (orders.length === 0) return new Map()
  const past = await store.listPast(
    ctx.db,
    orders.map((order) => order.id),
  )
  return Map.groupBy(past, (one) => one.orderId)
}

function stayWords(stay: Stay): string {
  switch (stay.kind) {
    case 'shipped':
      return stateFacts.shipped.zh
    case 'packed':
      return '已配过货'
    case 'left-elsewhere':
      return '已在平台后台发货'
    case 'by-person':
      return `${stay.actor} 已${historyWords(stay.deed)}`
  }
}

/** Takes back orders that `touched` did not name, in the caller's transaction: their pieces are free again at once. */
async function withdraw(outer: Ctx, asked: ImportedOrders): Promise<void> {
  await outer.tx(async (ctx) => {
    const orders = await store.lockImported(ctx.db, asked.shopId, asked.channelOrderNos)
    if (orders.length === 0) return
    const orderIds = orders.map((order) => order.id)
    await countOut(ctx, asked.shopId, await pastOf(ctx, orders))
    const skuIds = await release(ctx, orderIds)
    await store.saveWithdrawn(ctx.db, orderIds, ctx.now())
    await insertHistory(
      ctx.db,
      orders.map(({ id, state }) => ({
        orderId: id,
        deed: 'withdraw',
        fromState: state,
        toState: 'closed',
        actor: ctx.actor.name,
        reason: null,
        changes: null,
      })),
      ctx.now(),
    )
    await tell(ctx, 'orders.changed', { orderIds })
    if (skuIds.length > 0) await tell(ctx, 'inventory.changed', { skuIds })
  })
}

/** Lets go what they hold. Gives the SKUs. */
async function release(ctx: Ctx, orderIds: readonly number[]): Promise<number[]> {
  const released = await listHeld(ctx.db, orderIds)
  if (released.length === 0) return []
  const skuIds = [...new Set(released.map((hold) => hold.skuId))].sort((a, b) => a - b)
  await lockShelves(ctx.db, skuIds)
  await changeHolds(ctx, { released, held: [], left: [] }, historyWords('withdraw'))
  return skuIds
}

/** What the day on which they came counted for them, it counts no more. */
async function countOut(ctx: Ctx, shopId: number, past: ReadonlyMap<number, readonly store.Past[]>): Promise<void> {
  const counted = [...past.values()].flat().flatMap(({ deed, at }) => {
    const kind = kinds[deed]
    return kind === undefined ? [] : [{ kind, day: beijingDay(at) }]
  })
  const rows = [...Map.groupBy(counted, ({ kind, day }) => `${kind} ${day}`).values()].map((some) => ({
    ...some[0]!,
    shopId,
    change: -some.length,
  }))
  if (rows.length > 0) await countDay(ctx.db, rows)
}

/** Nobody but the product approved them, else they were not withdrawn. */
const kinds: Readonly<Record<string, string>> = {
  'take-in': 'new',
  'come-back': 'new',
  approve: 'auto-approved',
}
