import type { z } from 'zod'
import type { allocateOrders as allocateRoute } from '../../contract/fulfilment.ts'
import { failureWords } from '../../core/failures.ts'
import { isOpenParcel } from '../../core/fulfilment/parcel-moves.ts'
import { type ParcelPlan, planParcel } from '../../core/fulfilment/plan-parcel.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { drawNumbers, mustBeCarrier, readCarrierTable } from '../logistics/index.ts'
import { approvedOrders, markAllocated, type OrderForParcel, ordersForParcels } from '../orders/index.ts'
import { takeApart } from './cancel-parcels.ts'
import { checkedPieces, type Loaded, loadParcels } from './load-parcels.ts'
import { showOnOrders } from './show-on-orders.ts'
import { insertParcels, listOpenOf, type NewParcel, takeKeys } from './store/parcels.ts'
import { insertLines, insertOrders } from './store/pieces.ts'

type Asked = z.output<typeof allocateRoute.input>
type Answer = z.input<typeof allocateRoute.output>

const approvedAtMost = 20_000
const lotSize = 500

/**
 * Makes a parcel of each approved order (配货): carrier by the table or as asked, a number from the pool where it has one. Orders that may
 * not are left out with the reason. Lots of some hundreds, each whole or not at all; twice makes no second parcel.
 * Throws CARRIER_NOT_FOUND.
 */
export async function allocateOrders(ctx: Ctx, asked: Asked): Promise<Answer> {
  const carrier = asked.carrier === undefined ? null : mustBeCarrier(asked.carrier).code
  const rules = {
    carriers: ctx.has('logistics') ? await readCarrierTable(ctx) : [],
    carrier,
    warehouseId: asked.warehouseId ?? null,
  }
  const isAll = asked.orderIds === 'all-approved'
  const ids =
    asked.orderIds === 'all-approved' ? await approvedOrders(ctx, approvedAtMost) : [...new Set(asked.orderIds)]
  const answer: Answer = { done: 0, doneIds: [], leftOut: [], parcelIds: [] }
  for (let at = 0; at < ids.length; at += lotSize) {
    const lot = await ctx.tx((inner) => allocateLot(inner, ids.slice(at, at + lotSize), rules))
    answer.done += lot.done
    answer.doneIds.push(...lot.doneIds)
    // Who asked for all of one warehouse did not ask for the others.
    answer.leftOut.push(...lot.leftOut.filter(({ code }) => !isAll || code !== 'other-warehouse'))
    answer.parcelIds.push(...lot.parcelIds)
  }
  return answer
}

type Rules = Parameters<typeof planParcel>[1]
interface Planned {
  readonly order: OrderForParcel
  readonly plan: Extract<ParcelPlan, { kind: 'parcel' }>
}

async function allocateLot(ctx: Ctx, ids: readonly number[], rules: Rules): Promise<Answer> {
  const former = (await loadParcels(ctx, await listOpenOf(ctx.db, ids))).filter((one) => isOpenParcel(one.parcel.state))
  const orders = await ordersForParcels(ctx, ids)
  const leftOut = missing(ids, orders)
  const planned: Planned[] = []
  const given = new Map(former.flatMap((one) => one.orders.map((order) => [order.orderId, one] as const)))
  for (const order of orders) {
    const plan = planParcel(order, rules)
    const before = given.get(order.orderId)
    if (plan.kind === 'left-out')
      leftOut.push({ id: order.orderId, label: order.orderNo, code: plan.code, zh: plan.zh })
    else if (before && isOnPaper(before)) leftOut.push(stillThere(order, before))
    else planned.push({ order, plan })
  }
  const replaced = new Set(planned.flatMap(({ order }) => given.get(order.orderId) ?? []))
  await takeApart(ctx, [...replaced], '订单重新审核后重新配货')
  const parcelIds = await makeParcels(ctx, planned)
  return { done: planned.length, doneIds: planned.map(({ order }) => order.orderId), leftOut, parcelIds }
}

/** A label that was printed may stick on a box: a person has to take that box apart. What never left the screen is replaced by itself. */
const isOnPaper = (one: Loaded) => one.parcel.prints > 0 || checkedPieces(one) > 0

function stillThere({ orderId, orderNo }: OrderForParcel, { parcel }: Loaded): Answer['leftOut'][number] {
  const reason = `面单已打印过，请先取消包裹 ${parcel.parcelNo}，再配货`
  return {
    id: orderId,
    label: orderNo,
    code: 'PARCEL_STOPPED',
    zh: failureWords('PARCEL_STOPPED', { parcel: parcel.parcelNo, reason }),
  }
}

function missing(ids: readonly number[], orders: readonly OrderForParcel[]): Answer['leftOut'] {
  const found = new Set(orders.map((order) => order.orderId))
  return ids
    .filter((id) => !found.has(id))
    .map((id) => ({
      id,
      label: String(id),
      code: 'ORDER_NOT_FOUND',
      zh: failureWords('ORDER_NOT_FOUND', { orderNo: id }),
    }))
}

async function makeParcels(ctx: Ctx, planned: readonly Planned[]): Promise<number[]> {
  if (planned.length === 0) return []
  const keys = await takeKeys(ctx.db, planned.length)
  const made = planned.map(({ order, plan }, at) => ({ order, plan, id: keys[at]! }))
  const drawn = await drawNumbers(
    ctx,
    made.flatMap(({ id, plan }) => (plan.carrier === null ? [] : [{ carrier: plan.carrier, holder: id }])),
  )
  await markAllocated(
    ctx,
    made.map(({ order }) => order.orderId),
  )
  await insertParcels(
    ctx.db,
    made.map((one) => parcelOf(one, drawn.get(one.id) ?? null)),
    { actor: ctx.actor.name, at: ctx.now() },
  )
  await insertOrders(
    ctx.db,
    made.map(({ id, order: { orderId, orderNo, shopId, channelOrderNo } }) => ({
      parcelId: id,
      orderId,
      orderNo,
      shopId,
      channelOrderNo,
    })),
  )
  await insertLines(
    ctx.db,
    made.flatMap(({ id, order }) =>
      order.lines.map(({ lineId, skuId, quantity }) => ({
        parcelId: id,
        orderId: order.orderId,
        lineId,
        skuId,
        quantity,
      })),
    ),
  )
  await showOnOrders(ctx, keys)
  await tell(ctx, 'fulfilment.parcels-changed', { parcelIds: keys })
  return keys
}

function parcelOf({ id, order, plan }: Planned & { readonly id: number }, waybillNo: string | null): NewParcel {
  const { province, city, district, shipBy } = order
  return {
    id,
    warehouseId: plan.warehouseId,
    carrier: plan.carrier,
    carrierWhy: plan.why,
    waybillNo,
    province,
    city,
    district,
    pieceCount: order.lines.reduce((sum, line) => sum + line.quantity, 0),
    shipBy,
  }
}
