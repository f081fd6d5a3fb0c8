import { Failure } from '../../core/failures.ts'
import { move, type OrderState, stateFacts } from '../../core/order/moves.ts'
import { piecesToShip } from '../../core/order/needs.ts'
import { type FindingCode, findings, worstFirst } from '../../core/review/findings.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { changeHolds } from '../inventory/index.ts'
import { loadByIds } from './load-orders.ts'
import { openPerson, type Person } from './person.ts'
import { reviewOrders } from './review-orders.ts'
import { moveRows } from './rows.ts'
import * as detail from './store/detail.ts'
import { findByIds } from './store/read.ts'
import { clearPartial, listApproved, saveState } from './store/settle.ts'
import { insertHistory } from './store/write.ts'
import type { Loaded } from './work.ts'

/** An order as whoever packs it needs it (待配货). Pieces are those it holds; the person is plain: print and cut by right. */
export interface OrderForParcel {
  readonly orderId: number
  readonly orderNo: string
  readonly shopId: number
  readonly channel: string
  readonly channelOrderNo: string
  readonly state: OrderState
  readonly warehouseId: number | null
  readonly province: string
  readonly city: string
  readonly district: string
  readonly shipBy: number | null
  /** True when some of its pieces left before, by us or in the channel's back office. */
  readonly hasLeftInPart: boolean
  readonly person: Person
  readonly lines: readonly {
    readonly lineId: number
    readonly skuId: number
    readonly quantity: number
    readonly channelLineNo: string
    readonly channelSkuNo: string
    readonly ordered: number
    readonly left: number
  }[]
  /** Why it must not leave, in Chinese; null when it may. */
  readonly stop: string | null
}

/** Orders by key, locked, for allocating, printing, checking and shipping. */
export async function ordersForParcels(ctx: Ctx, orderIds: readonly number[]): Promise<OrderForParcel[]> {
  return (await loadByIds(ctx, orderIds)).map(forParcel)
}

/** Whom these orders are for, plain: show it masked. Nothing is locked. */
export async function readPeople(ctx: Ctx, orderIds: readonly number[]): Promise<ReadonlyMap<number, Person>> {
  const stored = await findByIds(ctx.db, orderIds)
  return new Map(stored.map((order) => [order.id, openPerson(ctx.vault, order.sealed)]))
}

/** Keys of approved orders, deadline first, at most `limit`. */
export async function approvedOrders(ctx: Ctx, limit: number): Promise<number[]> {
  return listApproved(ctx.db, limit)
}

function forParcel({ stored, person, lines, held }: Loaded): OrderForParcel {
  const { orderNo, shopId, channel, channelOrderNo, state, warehouseId, province, city, district, shipBy } = stored
  return {
    orderId: stored.id,
    orderNo,
    shopId,
    channel,
    channelOrderNo,
    state,
    warehouseId,
    province,
    city,
    district,
    shipBy,
    hasLeftInPart: lines.some((line) => line.shippedQuantity > 0 || line.channelShippedQuantity > 0),
    person,
    lines: held.flatMap((hold) => {
      const line = lines.find((one) => one.id === hold.lineId)
      if (!line) return []
      const left = piecesToShip({
        ...line,
        shippedQuantity: Math.max(line.shippedQuantity, line.channelShippedQuantity),
      })
      return [
        {
          lineId: line.id,
          skuId: hold.skuId,
          quantity: hold.quantity,
          channelLineNo: line.channelLineNo,
          channelSkuNo: line.channelSkuNo,
          ordered: line.quantity,
          left,
        },
      ]
    }),
    stop: stopOf(stored.state, stored.findings as FindingCode[], stored.holdReason),
  }
}

function stopOf(state: OrderState, codes: readonly FindingCode[], holdReason: string | null): string | null {
  if (state === 'approved' || state === 'allocated') return null
  const [worst] = worstFirst(codes)
  if (worst) return findings[worst].zh
  return holdReason ?? `订单${stateFacts[state].zh}`
}

/** Moves approved orders into parcels (配货). Throws ORDER_STATE_REFUSED when one is not approved any more. */
export async function markAllocated(ctx: Ctx, orderIds: readonly number[]): Promise<void> {
  await moveAll(ctx, orderIds, 'allocate', null)
}

/** Takes orders out of parcels again; those stopped meanwhile stay where they are. */
export async function markUnallocated(ctx: Ctx, orderIds: readonly number[], reason: string): Promise<void> {
  const loaded = await loadByIds(ctx, orderIds)
  await moveAll(
    ctx,
    loaded.filter((one) => one.stored.state === 'allocated').map((one) => one.stored.id),
    'unallocate',
    reason,
  )
}

async function moveAll(
  ctx: Ctx,
  orderIds: readonly number[],
  deed: 'allocate' | 'unallocate',
  reason: string | null,
): Promise<void> {
  if (orderIds.length === 0) return
  const loaded = await loadByIds(ctx, orderIds)
  for (const { stored } of loaded) {
    if (move(stored.state, deed) === null)
      throw new Failure('ORDER_STATE_REFUSED', {
        orderNo: stored.orderNo,
        state: stateFacts[stored.state].zh,
        deed: deed === 'allocate' ? '配货' : '取消包裹',
      })
  }
  await saveState(ctx.db, orderIds, deed === 'allocate' ? 'allocated' : 'approved')
  await insertHistory(
    ctx.db,
    loaded.flatMap(({ stored }) => moveRows(stored.id, stored.state, [deed], { actor: ctx.actor.name, reason })),
    ctx.now(),
  )
  await tell(ctx, 'orders.changed', { orderIds: [...orderIds] })
}

export interface LeavingPieces {
  readonly orderId: number
  readonly lineId: number
  readonly skuId: number
  readonly warehouseId: number
  readonly quantity: number
}

/**
 * Pieces leave the house (出库): off the shelf and off the hold in one movement, onto the lines as shipped; orders with nothing left become
 * shipped. The caller has locked the orders by `ordersForParcels` and checked that each may leave.
 */
export async function shipPieces(ctx: Ctx, pieces: readonly LeavingPieces[]): Promise<void> {
  if (pieces.length === 0) return
  const orderIds = [...new Set(pieces.map((piece) => piece.orderId))]
  await changeHolds(ctx, { released: [], held: [], left: pieces })
  await detail.addShipped(ctx.db, pieces)
  const loaded = await loadByIds(ctx, orderIds)
  const gone = loaded.filter((one) => one.held.length === 0 && one.stored.state === 'allocated')
  const whole = gone.filter((one) => one.lines.every((line) => leftOf(line) === 0))
  await reviewRest(
    ctx,
    gone.filter((one) => !whole.includes(one)),
  )
  await detail.saveShippedState(
    ctx.db,
    whole.map((one) => one.stored.id),
    ctx.now(),
  )
  await insertHistory(
    ctx.db,
    whole.flatMap(({ stored }) => moveRows(stored.id, stored.state, ['ship'], { actor: ctx.actor.name, reason: null })),
    ctx.now(),
  )
  await tell(ctx, 'orders.changed', { orderIds })
  await tell(ctx, 'inventory.changed', { skuIds: [...new Set(pieces.map((piece) => piece.skuId))] })
}

const leftOf = (line: Loaded['lines'][number]) =>
  piecesToShip({ ...line, shippedQuantity: Math.max(line.shippedQuantity, line.channelShippedQuantity) })

/** What left in part goes back to review for the rest (部分发货后): it is served when pieces come. */
async function reviewRest(ctx: Ctx, part: readonly Loaded[]): Promise<void> {
  if (part.length === 0) return
  const ids = part.map((one) => one.stored.id)
  await saveState(ctx.db, ids, 'to-review')
  await clearPartial(ctx.db, ids)
  await insertHistory(
    ctx.db,
    part.flatMap(({ stored }) =>
      moveRows(stored.id, stored.state, ['ship-part'], { actor: ctx.actor.name, reason: null }),
    ),
    ctx.now(),
  )
  await reviewOrders(ctx, ids)
}

/** Keeps what orders show and search of their parcels in step. */
export async function saveShipments(ctx: Ctx, rows: readonly detail.ShipmentRow[]): Promise<void> {
  if (rows.length > 0) await detail.saveShipments(ctx.db, rows)
}
