import { invalidArgument, refuse, shippingError } from '../errors.ts'
import { type Load, ship } from '../shipping.ts'
import type { Line, Trade } from '../state.ts'
import type { Branch } from '../text.ts'
import { type Call, isObject, type Operations, optional, rowsArgument, textOf, wholeArgument, writes } from './call.ts'
import { carrierOf, checkWaybill, lineOf, refuseCashOnDelivery, shippable } from './shipping.ts'

/** Shipping by the new path: several parcels, parts of a line, gifts and bundle components. Source: taobao.md 11.1, 11.2 [doc]. */
export const ascpCalls: Operations = {
  'alibaba.ascp.logistics.offline.send': writes(send),
}

const done: Branch = { result: { success: true } }
const mostParcels = 50

/** `consign_type`: 1 sends pieces, 2 closes a line sent in part, 3 sends something again. 0 is the old path, which has a call of its own. */
const closePart = 2
const resupply = 3

function send(call: Call): Branch {
  const kind = wholeArgument(call, 'consign_type', { least: 0, most: 3 })
  if (kind === 0) throw refuse(invalidArgument('consign_type', '模拟器只支持 1、2、3'))
  if (kind === resupply) return sendAgain(call)
  const trade = shippable(call)
  refuseCashOnDelivery(trade)
  return kind === closePart ? closeParts(call, trade) : sendParcels(call, trade)
}

interface PlannedParcel {
  readonly carrierCode: string
  readonly carrierName: string
  readonly waybillNo: string
  readonly loads: readonly PlannedLoad[]
}

interface PlannedLoad {
  readonly line: Line
  readonly quantity: number
  /** One of the goods a bundle line is made of: how many of it says nothing about how many of the line. */
  readonly isComponent: boolean
}

function sendParcels(call: Call, trade: Trade): Branch {
  const partly = partialLines(call, trade)
  const parcels = countComponents(parcelsOf(call, trade), partly)
  const planned = new Map<Line, number>()
  for (const { line, quantity } of parcels.flatMap(({ loads }) => loads))
    planned.set(line, (planned.get(line) ?? 0) + quantity)
  for (const [line, quantity] of planned) checkQuantity(line, quantity, partly)
  if (call.pretend) return done

  trade.isSplit ||= parcels.length > 1 || partly.size > 0 || planned.size < unsent(trade).length
  for (const parcel of parcels) {
    const loads: Load[] = parcel.loads.map(({ line, quantity }) => ({ line, quantity, completes: !partly.has(line) }))
    ship(call.world, trade, { ...parcel, loads, reported: true })
  }
  return done
}

/** A bundle line goes out once, with the first of its components, when it is complete; until then none of it has. */
function countComponents(parcels: readonly PlannedParcel[], partly: ReadonlySet<Line>): readonly PlannedParcel[] {
  const counted = new Set<Line>()
  const count = (load: PlannedLoad): PlannedLoad => {
    if (!load.isComponent) return load
    const quantity =
      counted.has(load.line) || partly.has(load.line) ? 0 : load.line.quantity - load.line.shippedQuantity
    counted.add(load.line)
    return { ...load, quantity }
  }
  return parcels.map((parcel) => ({ ...parcel, loads: parcel.loads.map(count) }))
}

function unsent(trade: Trade): readonly Line[] {
  return trade.lines.filter(({ status }) => status === 'WAIT_SELLER_SEND_GOODS')
}

/** Never more than was bought; what is said to be complete must be, what is said to be a part must leave something. */
function checkQuantity(line: Line, quantity: number, partly: ReadonlySet<Line>): void {
  if (line.status !== 'WAIT_SELLER_SEND_GOODS') throw refuse(shippingError('B04'))
  const left = line.quantity - line.shippedQuantity - quantity
  if (left < 0 || left > 0 !== partly.has(line)) throw refuse(shippingError('P38'))
}

function parcelsOf(call: Call, trade: Trade): readonly PlannedParcel[] {
  return rowsArgument(call, 'consign_pkgs', mostParcels).map((row) => {
    const waybillNo = textOf(row.out_sid)
    const carrier = carrierOf(textOf(row.company_code))
    checkWaybill(call, trade, waybillNo)
    const goods = row.goods
    if (!Array.isArray(goods) || goods.length === 0) throw refuse(shippingError('P22'))
    const loads = goods.flatMap((good) => loadOf(trade, good))
    return { carrierCode: carrier.code, carrierName: carrier.name, waybillNo, loads }
  })
}

/** Gifts of the ERP (1) ride along and count for nothing. */
function loadOf(trade: Trade, good: unknown): PlannedLoad[] {
  if (!isObject(good)) throw refuse(shippingError('P22'))
  const line = lineOf(trade, textOf(good.sub_tid))
  const kind = textOf(good.item_type ?? '0')
  if (kind === '1') return []
  if (kind !== '0' && kind !== '2') throw refuse(shippingError('P22'))
  const quantity = good.num === undefined ? line.quantity : Number(good.num)
  if (!Number.isInteger(quantity) || quantity <= 0) throw refuse(shippingError('P22'))
  return [{ line, quantity, isComponent: kind === '2' }]
}

/** `consign_status` names the lines that are still to be completed; one that is not named is complete if its pieces are. */
function partialLines(call: Call, trade: Trade): ReadonlySet<Line> {
  if (optional(call, 'consign_status') === undefined) return new Set()
  const rows = rowsArgument(call, 'consign_status', mostParcels)
  return new Set(rows.filter((row) => isTrue(row.is_part_consign)).map((row) => lineOf(trade, textOf(row.sub_tid))))
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === 1 || value === '1'
}

/** The rest of the named lines will not come; they count as shipped. */
function closeParts(call: Call, trade: Trade): Branch {
  const rows = rowsArgument(call, 'consign_status', mostParcels)
  const lines = rows.map((row) => lineOf(trade, textOf(row.sub_tid)))
  if (lines.some((line) => line.shippedQuantity === 0 || line.status !== 'WAIT_SELLER_SEND_GOODS'))
    throw refuse(shippingError('P38'))
  if (call.pretend) return done
  const loads = lines.map((line) => ({ line, quantity: 0, completes: true }))
  ship(call.world, trade, { carrierCode: '', carrierName: '', waybillNo: '', loads, reported: false })
  return done
}

/** Something more is sent after shipping; no line changes its state. */
function sendAgain(call: Call): Branch {
  const trade = call.world.trades.get(call.params.get('tid') ?? '')
  if (trade === undefined) throw refuse(shippingError('B01'))
  if (trade.consignedAt === null) throw refuse(shippingError('B02'))
  const parcels = parcelsOf(call, trade)
  if (call.pretend) return done
  for (const parcel of parcels) {
    const loads = parcel.loads.map(({ line }) => ({ line, quantity: 0, completes: false }))
    ship(call.world, trade, { ...parcel, loads, reported: false })
  }
  return done
}
