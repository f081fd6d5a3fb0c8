import { carrierById, carriers } from '../carriers.ts'
import { refuse } from '../errors.ts'
import { type Consignment, correct, ship } from '../shipping.ts'
import { isRepaid, type Line, type Load, type Order, unitsInAfterSale, unitsShipped, unitsToShip } from '../state.ts'
import {
  type Branch,
  badArgument,
  type Call,
  type Operations,
  optionalFlag,
  orderIn,
  reads,
  rowsOf,
  textOf,
  wholeOf,
  writes,
} from './call.ts'

/** Source: wechat-shop.md 8. */
export const shippingCalls: Operations = {
  'order/delivery/send': writes(send),
  'order/deliveryinfo/update': writes(update),
  'order/delivery/compensation': writes(compensate),
  'order/deliverycompanylist/get': reads(() => companyList(false)),
  'order/deliverycompanylist/new/get': reads(({ body }) => companyList(optionalFlag(body, 'ewaybill_only') ?? false)),
}

const statusRefused = 101100
const afterSaleOpen = 108009
const goodsMismatch = 109000
const alreadyShipped = 109001
const goodsMissing = 109002

function companyList(isEwaybill: boolean): Branch {
  const offered = carriers.filter(({ hasEwaybill }) => hasEwaybill || !isEwaybill)
  return { company_list: offered.map(({ id, name }) => ({ delivery_id: id, delivery_name: name })) }
}

/**
 * Checks in the order of wechat-shop.md 15: exists, status, open after-sale, goods named, goods and counts, already
 * shipped. An order shipped to the last piece passes the check of the status and fails the last one; that an open
 * change of SKU is one of the status is [assumed].
 */
function send(call: Call): Branch {
  const order = orderIn(call)
  const isChanging = order.lines.some(({ skuChange }) => skuChange?.state === 3)
  if (![20, 21, 30].includes(order.status) || isChanging) throw refuse(statusRefused)
  const consignments = consignmentsIn(call.body, { order, room: (line) => unitsToShip(order, line) })
  if (call.pretend) return {}
  ship(call.world, order, consignments)
  return {}
}

/** New parcels for pieces that were sent. */
function update(call: Call): Branch {
  const order = orderIn(call)
  if (order.status !== 21 && order.status !== 30) throw refuse(statusRefused)
  const consignments = consignmentsIn(call.body, { order, room: (line) => unitsShipped(order, line) })
  if (call.pretend) return {}
  correct(call.world, order, consignments)
  return {}
}

/** A lost parcel is sent again. Checked and taken, and shown nowhere: the sheet names no field for it [assumed]. */
function compensate(call: Call): Branch {
  const order = orderIn(call)
  if (![21, 30, 100].includes(order.status)) throw refuse(statusRefused)
  wholeOf(call.body, 'reason', { least: 0, most: 1000 })
  consignmentsIn(call.body, { order, room: (line) => unitsShipped(order, line) })
  return {}
}

interface Packing {
  readonly order: Order
  /** How many pieces of a line may be named. */
  readonly room: (line: Line) => number
}

interface Wish {
  readonly productId: string
  readonly skuId: string
  readonly count: number
}

function consignmentsIn(body: Branch, packing: Packing): readonly Consignment[] {
  const rows = rowsOf(body, 'delivery_list')
  if (rows === null) throw refuse(badArgument)
  const wishes = rows.map(wishesIn)
  checkAfterSales(packing.order, wishes.flat())
  if (wishes.some((parcel) => parcel.length === 0)) throw refuse(goodsMissing)
  const loads = pack(packing, wishes)
  return rows.map((row, place) => ({ ...wayOf(row), loads: loads[place]!, isReported: true }))
}

function wishesIn(row: Branch): readonly Wish[] {
  return (rowsOf(row, 'product_infos') ?? []).map((info) => ({
    productId: textOf(info, 'product_id'),
    skuId: textOf(info, 'sku_id'),
    count: wholeOf(info, 'product_cnt', { least: 1, most: 1_000_000 }),
  }))
}

function linesOf({ lines }: Order, { productId, skuId }: Wish): readonly Line[] {
  return lines.filter(({ sku }) => sku.product.productId === productId && sku.skuId === skuId)
}

function checkAfterSales(order: Order, wishes: readonly Wish[]): void {
  const listed = wishes.flatMap((wish) => linesOf(order, wish))
  if (listed.some((line) => unitsInAfterSale(line) > 0)) throw refuse(afterSaleOpen)
}

/** Spreads pieces over the lines of their SKU, the first of them first. */
function pack({ order, room }: Packing, parcels: readonly (readonly Wish[])[]): readonly (readonly Load[])[] {
  const left = new Map(order.lines.map((line) => [line, room(line)]))
  const wishes = parcels.flat()
  if (wishes.some((wish) => linesOf(order, wish).length === 0)) throw refuse(goodsMismatch)
  for (const wish of wishes) checkRoom(order, linesOf(order, wish), left)
  return parcels.map((parcel) =>
    parcel.flatMap((wish) => {
      let open = wish.count
      const loads: Load[] = []
      for (const line of linesOf(order, wish)) {
        const quantity = Math.min(open, left.get(line)!)
        if (quantity === 0) continue
        left.set(line, left.get(line)! - quantity)
        loads.push({ line, quantity })
        open -= quantity
      }
      if (open > 0) throw refuse(goodsMismatch)
      return loads
    }),
  )
}

/** Nothing left of what is named: it was sent, or its after-sale is finished. */
function checkRoom(order: Order, lines: readonly Line[], left: ReadonlyMap<Line, number>): void {
  if (lines.some((line) => left.get(line)! > 0)) return
  if (lines.some((line) => unitsShipped(order, line) === 0 && line.afterSales.some(isRepaid)))
    throw refuse(goodsMismatch)
  throw refuse(alreadyShipped)
}

/**
 * deliver_type 1 goes with a carrier of the list, whose absence is 40097 [assumed]; 3 goes without; 2 and 4 are
 * withdrawn.
 */
function wayOf(row: Branch): Pick<Consignment, 'carrierId' | 'carrierName' | 'waybillNo' | 'deliverType'> {
  const deliverType = wholeOf(row, 'deliver_type', { least: 1, most: 3 })
  if (deliverType === 3) return { carrierId: '', carrierName: '', waybillNo: '', deliverType }
  const carrier = carrierById(textOf(row, 'delivery_id'))
  if (deliverType !== 1 || carrier === undefined) throw refuse(badArgument)
  return { carrierId: carrier.id, carrierName: carrier.name, waybillNo: textOf(row, 'waybill_id'), deliverType }
}
