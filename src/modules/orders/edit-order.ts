import type { z } from 'zod'
import type { changeAddress, changeWarehouse, remarkOrder } from '../../contract/orders.ts'
import { standardRegion } from '../../core/address/region.ts'
import { Failure } from '../../core/failures.ts'
import { reserve, stockKey } from '../../core/inventory/reserve.ts'
import { stateFacts } from '../../core/order/moves.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { remarkOrders } from '../channels/index.ts'
import { changeHolds, listPlaces, lockShelves } from '../inventory/index.ts'
import { audit } from '../security/index.ts'
import { mustFind } from './get-order.ts'
import { loadByIds } from './load-orders.ts'
import { sealPerson } from './person.ts'
import { reviewOrders } from './review-orders.ts'
import * as edit from './store/edit.ts'
import { insertHistory, savePeople } from './store/write.ts'
import type { Loaded } from './work.ts'

/** Writes the seller's remark (卖家备注) here and, by the outbox, at the channel. Throws ORDER_STATE_REFUSED for a withdrawn order. */
export async function writeRemark(ctx: Ctx, asked: z.output<typeof remarkOrder.input>): Promise<void> {
  await editing(ctx, asked.orderNo, async (inner, one) => {
    if (one.stored.withdrawnAt !== null)
      throw new Failure('ORDER_STATE_REFUSED', { orderNo: asked.orderNo, state: '已随导入撤销', deed: '改备注' })
    const person = { ...one.person, sellerRemark: asked.remark || null }
    await savePeople(inner.db, [{ orderId: one.stored.id, ...sealPerson(inner.vault, person) }])
    await edit.saveRemark(inner.db, one.stored.id, {
      hasRemark: asked.remark !== '',
      flag: asked.flag ?? one.stored.flag,
    })
    await remarkOrders(inner, [
      {
        shopId: one.stored.shopId,
        channelOrderNo: one.stored.channelOrderNo,
        remark: asked.remark,
        flag: asked.flag ?? one.stored.flag,
      },
    ])
    await note(inner, one, 'remark', [{ field: 'sellerRemark', before: null, after: null }])
  })
}

/** Moves what an order holds to another warehouse (改仓): all of it or nothing. Throws STOCK_SHORT, WAREHOUSE_NOT_FOUND, ORDER_STATE_REFUSED. */
export async function moveToWarehouse(ctx: Ctx, asked: z.output<typeof changeWarehouse.input>): Promise<void> {
  await editing(ctx, asked.orderNo, async (inner, one) => {
    mustBeHere(one, '改仓')
    const places = await listPlaces(inner.db)
    const to = places.find((place) => place.id === asked.warehouseId)
    if (!to) throw new Failure('WAREHOUSE_NOT_FOUND', {})
    const skuIds = [...new Set(one.held.map((hold) => hold.skuId))]
    const shelves = new Map(
      (await lockShelves(inner.db, skuIds)).map((row) => [stockKey(row.skuId, row.warehouseId), row]),
    )
    const needs = one.held.map((hold) => ({ lineKey: String(hold.lineId), skuId: hold.skuId, quantity: hold.quantity }))
    const outcome = reserve([{ orderKey: 'one', needs, warehouses: [to.id] }], shelves).get('one')
    if (outcome?.kind === 'short') {
      const [lack] = outcome.missing
      const sku = one.lines.find((line) => line.skuId === lack?.skuId)?.skuCode ?? ''
      throw new Failure('STOCK_SHORT', { sku, short: lack?.quantity ?? 0 })
    }
    await changeHolds(
      inner,
      { released: one.held, held: one.held.map((hold) => ({ ...hold, warehouseId: to.id })), left: [] },
      '改仓',
    )
    await edit.saveWarehouse(inner.db, one.stored.id, to.id)
    const before = places.find((place) => place.id === one.stored.warehouseId)?.name ?? null
    await note(inner, one, 'change-warehouse', [{ field: 'warehouse', before, after: to.name }])
    if (one.held.length === 0) await reviewOrders(inner, [one.stored.id])
    if (skuIds.length > 0) await tell(inner, 'inventory.changed', { skuIds })
  })
}

/** Changes the receiver on our side (改地址); what the channel told is kept aside. Throws CHANGED_MEANWHILE when somebody was faster. */
export async function rewriteAddress(ctx: Ctx, asked: z.output<typeof changeAddress.input>): Promise<void> {
  await editing(ctx, asked.orderNo, async (inner, one) => {
    mustBeHere(one, '改地址')
    if (one.stored.version !== asked.version) throw new Failure('CHANGED_MEANWHILE', {})
    const { province, city, district, town, address, name, phone } = asked
    const raw = { province, city, district, town, address }
    const standard = standardRegion(raw)
    const receiver = { name, phone, raw, standard, privacy: 'plain' as const, addressKey: null }
    const person = { ...one.person, receiver, told: one.person.told ?? one.person.receiver }
    await savePeople(inner.db, [{ orderId: one.stored.id, ...sealPerson(inner.vault, person) }])
    await edit.saveRegion(inner.db, one.stored.id, standard)
    await note(inner, one, 'change-address', [{ field: 'receiver', before: null, after: null }])
    await audit(inner, { deed: 'orders.changed', object: 'order', objectId: asked.orderNo, details: {} })
    await reviewOrders(inner, [one.stored.id])
  })
}

async function editing(ctx: Ctx, orderNo: string, work: (inner: Ctx, one: Loaded) => Promise<void>): Promise<void> {
  await ctx.tx(async (inner) => {
    const { id } = await mustFind(inner, orderNo)
    const [one] = await loadByIds(inner, [id])
    if (!one) throw new Failure('ORDER_NOT_FOUND', { orderNo })
    await work(inner, one)
    await tell(inner, 'orders.changed', { orderIds: [id] })
  })
}

function mustBeHere({ stored }: Loaded, deed: string): void {
  if (stateFacts[stored.state].isOpen && stored.state !== 'allocated') return
  throw new Failure('ORDER_STATE_REFUSED', { orderNo: stored.orderNo, state: stateFacts[stored.state].zh, deed })
}

function note(ctx: Ctx, { stored }: Loaded, deed: string, changes: readonly object[]) {
  return insertHistory(
    ctx.db,
    [{ orderId: stored.id, deed, fromState: null, toState: null, actor: ctx.actor.name, reason: null, changes }],
    ctx.now(),
  )
}
