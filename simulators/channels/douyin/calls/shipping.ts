import { carrierByCode, carriers } from '../carriers.ts'
import * as errors from '../errors.ts'
import { type Correction, correct, nextPackId, openRefunds, ship } from '../shipping.ts'
import { type Order, type PackedLine, type Parcel, unshippedLines, unshippedOf } from '../state.ts'
import { type Branch, type Tree, toSortedJson } from '../text.ts'
import {
  type Call,
  flagArgument,
  type Operations,
  orderNamed,
  type Params,
  reads,
  rowsArgument,
  rowsOf,
  textArgument,
  textOf,
  textsArgument,
  wholeOf,
  writes,
  wrong,
} from './call.ts'

/** Shipping: douyin.md 5 [doc]. What is refused, in which order, in which words, is [assumed]. */
export const shippingCalls: Operations = {
  'order.logisticsAdd': writes(addWhole),
  'order.logisticsAddSinglePack': writes((call) => once(call, () => addSinglePack(call))),
  'order.logisticsAddMultiPack': writes((call) => once(call, () => addMultiPack(call))),
  'order.logisticsEdit': writes((call) => edit(call, onlyParcel)),
  'order.logisticsEditByPack': writes((call) => edit(call, parcelNamed)),
  'order.logisticsCompanyList': reads(() => carriers.map(({ id, name, code }) => ({ id, name, code }))),
}

/** The call with a `request_id` that was done before answers the same again; with another content it is refused. */
function once(call: Call, work: () => Tree): Tree {
  const { world, params } = call
  const key = `${call.operation}/${textArgument(call, 'request_id')}`
  const content = toSortedJson(params)
  const done = world.done.get(key)
  if (done !== undefined && done.content !== content) throw errors.refuse(errors.requestChanged)
  if (done !== undefined) return done.data
  const data = work()
  if (!call.pretend) world.done.set(key, { content, data })
  return data
}

/** One parcel of one order, checked and ready to leave. */
interface Ready extends Correction {
  readonly order: Order
  readonly lines: readonly PackedLine[]
}

function addWhole(call: Call): Branch {
  const order = orderNamed(call.world, textArgument(call, 'order_id'))
  checkShippable(order)
  if (order.parcels.length > 0) throw errors.refuse(errors.alreadyShipped)
  const ready = { order, lines: unshippedLines(order), ...waybillOf(call.params) }
  sendAll(call, [{ packId: nextPackId(call.world), parts: [ready] }])
  return {}
}

/** Of one order, or of several with one receiver. */
function addSinglePack(call: Call): Branch {
  const orderIds = [...new Set(textsArgument(call, 'order_id_list'))]
  if (orderIds.length === 0) return wrong('order_id_list')
  const orders = orderIds.map((orderId) => orderNamed(call.world, orderId))
  for (const order of orders) checkShippable(order)
  const [first] = orders
  if (orders.some((order) => !isSameReceiver(order, first!))) throw errors.refuse(errors.receiversDiffer)
  const waybill = waybillOf(call.params)
  const lines = linesOf(orders, rowsArgument(call, 'shipped_order_info'))
  const parts = orders
    .map((order) => ({ order, ...waybill, lines: lines.filter(({ line }) => order.lines.includes(line)) }))
    .filter((part) => part.lines.length > 0)
  const packId = nextPackId(call.world)
  sendAll(call, [{ packId, parts }])
  return { pack_id: packId }
}

/** All parcels or none. The shape of the answer is [assumed]. */
function addMultiPack(call: Call): Branch {
  const order = orderNamed(call.world, textArgument(call, 'order_id'))
  checkShippable(order)
  const rows = rowsArgument(call, 'pack_list')
  const parcels = rows.map((row) => ({
    order,
    ...waybillOf(row),
    lines: linesOf([order], rowsOf(row, 'shipped_order_info')),
  }))
  linesOf(
    [order],
    rows.flatMap((row) => rowsOf(row, 'shipped_order_info')),
  )
  const packs = parcels.map((part) => ({ packId: nextPackId(call.world), parts: [part] }))
  sendAll(call, packs)
  return { pack_list: packs.map(({ packId }) => ({ pack_id: packId })) }
}

function checkShippable({ status }: Order): void {
  if (status === 3 || status === 5) throw errors.refuse(errors.alreadyShipped)
  if (status !== 2 && status !== 101) throw errors.refuse(errors.stateForbidsShipping)
}

/** What goes to one door may go in one parcel. Source: douyin.md 4, the key to merge by. */
function isSameReceiver(a: Order, b: Order): boolean {
  return a.openAddressId === b.openAddressId && a.openId === b.openId
}

function waybillOf(row: Params): Correction {
  const waybillNo = textOf(row, 'logistics_code')
  const carrier = carrierByCode(textOf(row, 'company_code'))
  if (carrier === undefined) throw errors.refuse(errors.carrierUnknown)
  return { carrier, waybillNo }
}

/** Pieces of lines, a line named twice added up; no more than are still to leave. */
function linesOf(orders: readonly Order[], rows: readonly Params[]): readonly PackedLine[] {
  const pieces = new Map<string, number>()
  for (const row of rows) {
    const count = wholeOf(row, 'shipped_num')
    if (count < 1) return wrong('shipped_num')
    const lineId = textOf(row, 'shipped_order_id')
    pieces.set(lineId, (pieces.get(lineId) ?? 0) + count)
  }
  const all = orders.flatMap(({ lines }) => lines)
  return [...pieces].map(([lineId, quantity]) => {
    const line = all.find((one) => one.lineId === lineId)
    if (line === undefined) throw errors.refuse(errors.lineUnknown)
    const left = unshippedOf(line)
    if (left === 0) throw errors.refuse(line.isClosed ? errors.stateForbidsShipping : errors.alreadyShipped)
    if (quantity > left) throw errors.refuse(errors.tooManyPieces)
    return { line, quantity }
  })
}

interface Pack {
  readonly packId: string
  readonly parts: readonly Ready[]
}

/** With an open refund nothing leaves, unless the call says that it refuses the refund. */
function sendAll(call: Call, packs: readonly Pack[]): void {
  const { world, pretend } = call
  const refuses = flagArgument(call, 'is_reject_refund')
  const parts = packs.flatMap((pack) => pack.parts)
  const isHeld = parts.some(({ order, lines }) => openRefunds(order, lines).length > 0)
  if (isHeld && !refuses) throw errors.refuse(errors.refundOpen)
  if (pretend) return
  for (const { packId, parts: own } of packs) {
    for (const { order, ...part } of own) ship(world, order, { ...part, packId, isReported: true })
  }
}

type Finding = (call: Call) => { readonly order: Order; readonly parcel: Parcel }

/** While the goods are on their way. The arguments are [assumed]: those of the shipment, and `pack_id` as orders name it. */
function edit(call: Call, find: Finding): Branch {
  const waybill = waybillOf(call.params)
  const { order, parcel } = find(call)
  if (order.status !== 3 && order.status !== 101) throw errors.refuse(errors.stateForbidsShipping)
  if (!call.pretend) correct(call.world, order, { ...waybill, parcel })
  return {}
}

function onlyParcel(call: Call): ReturnType<Finding> {
  const order = orderNamed(call.world, textArgument(call, 'order_id'))
  const [parcel, ...others] = order.parcels
  if (parcel === undefined) throw errors.refuse(errors.parcelUnknown)
  if (others.length > 0) throw errors.refuse(errors.severalParcels)
  return { order, parcel }
}

function parcelNamed(call: Call): ReturnType<Finding> {
  const order = orderNamed(call.world, textArgument(call, 'order_id'))
  const packId = textArgument(call, 'pack_id')
  const parcel = order.parcels.find((one) => one.packId === packId)
  if (parcel === undefined) throw errors.refuse(errors.parcelUnknown)
  return { order, parcel }
}
