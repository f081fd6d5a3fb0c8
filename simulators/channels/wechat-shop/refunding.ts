import { chance } from '../../aid/random.ts'
import { tellAfterSale, tellOrder } from './events.ts'
import { freightOf, realFen } from './money.ts'
import { settle } from './shipping.ts'
import {
  type AfterSale,
  type AfterSaleStatus,
  type AfterSaleType,
  isOpen,
  isRepaid,
  type Line,
  type Order,
  sum,
  unitsInAfterSale,
  unitsRepaid,
} from './state.ts'
import { addAfterSale, secondNow, touch, touchAfterSale, type World } from './world.ts'

/** Orders in which something can be asked back. */
const askable: ReadonlySet<number> = new Set([20, 21, 30, 100])

/** Whether anything was paid in cash. Source: wechat-shop.md 4, payment methods 3 and 4. */
export function isPaidInCash({ payment }: Order): boolean {
  return payment !== null && payment.method < 3
}

function goodsFen({ amountFen, freightFen }: AfterSale): number {
  return amountFen - freightFen
}

/** What is still the merchant's of a line, and not asked for. */
function remainingFen(order: Order, line: Line): number {
  const asked = line.afterSales.filter((each) => isOpen(each) || isRepaid(each))
  return isPaidInCash(order) ? Math.max(0, realFen(line) - sum(asked.map(goodsFen))) : 0
}

export function unitsLeft(line: Line): number {
  return line.quantity - unitsInAfterSale(line) - unitsRepaid(line)
}

/** The freight goes back with the last pieces of an order of which nothing was sent. */
function freightLeft(order: Order, line: Line): number {
  const others = order.lines.filter((other) => other !== line && other.giftOf === null)
  const isLast = others.every((other) => unitsLeft(other) === 0)
  if (!isLast || order.parcels.length > 0 || !isPaidInCash(order)) return 0
  const asked = order.afterSales.filter((each) => isOpen(each) || isRepaid(each))
  return freightOf(order) - sum(asked.map(({ freightFen }) => freightFen))
}

/** The most the buyer may ask for of this line now. */
export function mostRefundable(order: Order, line: Line): number {
  return remainingFen(order, line) + freightLeft(order, line)
}

export function canAsk(order: Order, line: Line): boolean {
  return askable.has(order.status) && line.giftOf === null && unitsLeft(line) > 0 && remainingFen(order, line) > 0
}

export interface Asking {
  readonly line: Line
  /** All that is left when absent. */
  readonly amountFen?: number | undefined
  /** As many pieces as the amount pays for when absent, one at least. */
  readonly count?: number
  readonly type?: AfterSaleType
  readonly openedBy?: AfterSale['openedBy']
  readonly reasonText?: string
}

const reasons = [
  ['NO_LONGER_WANT', '不想要了'],
  ['QUALITY_ISSUE', '质量问题'],
  ['MISTAKE_BUY', '拍错/多拍'],
] as const

/**
 * Opens an after-sale. What was sent and is asked back in full comes back as goods, else it is about money alone.
 * An amount below the whole line's counts the pieces it would pay for, one at least.
 */
export function openAfterSale(world: World, order: Order, asking: Asking): AfterSale {
  const { line, openedBy = 0 } = asking
  const most = mostRefundable(order, line)
  const amountFen = Math.min(asking.amountFen ?? most, most)
  const remaining = remainingFen(order, line)
  const isSent = order.parcels.some(({ loads }) => loads.some((load) => load.line === line))
  const isWhole = amountFen >= remaining
  world.afterSaleCount += 1
  const dice = chance(`${world.seed}:aftersale:${world.afterSaleCount}`)
  const [reason, reasonText] = dice.pick(isSent ? reasons : [reasons[0], reasons[2]])
  const afterSale: AfterSale = {
    afterSaleNo: String(2_000_005_512_340_000 + world.afterSaleCount),
    sequence: world.afterSaleCount,
    order,
    line,
    createdAt: secondNow(world),
    count: asking.count ?? (isWhole ? unitsLeft(line) : piecesFor(line, amountFen)),
    reason,
    reasonText: asking.reasonText ?? reasonText,
    description: dice.pick(['', '', '和客服说好了']),
    openedBy,
    type: asking.type ?? (isSent && isWhole ? 'RETURN' : 'REFUND'),
    status: openedBy === 1 ? 'USER_WAIT_HANDLE_MERCHANT_AFTER_SALE' : 'MERCHANT_PROCESSING',
    amountFen,
    freightFen: Math.max(0, amountFen - remaining),
    returned: null,
    exchangeSku: null,
    reshipped: null,
    rejectReason: '',
    certificates: [],
    proposal: null,
    completedAt: null,
    writtenAt: Number.NEGATIVE_INFINITY,
    updatedAt: secondNow(world),
    touchedAt: world.clock.now(),
  }
  line.afterSales.push(afterSale)
  order.afterSales.push(afterSale)
  addAfterSale(world, afterSale)
  touch(world, order)
  tellAfterSale(world, afterSale)
  return afterSale
}

function piecesFor(line: Line, amountFen: number): number {
  const whole = Math.floor((amountFen * line.quantity) / Math.max(1, realFen(line)))
  return Math.min(unitsLeft(line), Math.max(1, whole))
}

/** Asks for another sum. What goes beyond the goods is freight. */
export function changeAmount(afterSale: AfterSale, amountFen: number): void {
  const { order, line } = afterSale
  const goods = remainingFen(order, line) + goodsFen(afterSale)
  const freight = freightLeft(order, line) + afterSale.freightFen
  afterSale.amountFen = Math.min(amountFen, goods + freight)
  afterSale.freightFen = Math.max(0, afterSale.amountFen - goods)
}

/** The after-sale gets another status, whatever it had. One that pays back may end the order. */
export function moveTo(world: World, afterSale: AfterSale, status: AfterSaleStatus): void {
  const { order } = afterSale
  const before = order.status
  afterSale.status = status
  afterSale.completedAt = isOpen(afterSale) ? null : secondNow(world)
  if (isRepaid(afterSale)) settle(world, order)
  touchAfterSale(world, afterSale)
  tellAfterSale(world, afterSale)
  if (order.status === 200 && before !== 200) {
    tellOrder(world, order, 'channels_ec_order_cancel', { cancel_type: everythingRefunded })
  }
}

/** `cancel_type`. Source: wechat-shop.md 11. */
const everythingRefunded = '3'

/** The money goes back, or what is asked for instead is done; stock does not come back. Source: wechat-shop.md 9. */
export function succeed(world: World, afterSale: AfterSale): void {
  if (afterSale.type === 'EXCHANGE') {
    moveTo(world, afterSale, 'MERCHANT_EXCHANGE_SUCCESS')
    return
  }
  if (afterSale.type === 'RETURN') sendBack(afterSale)
  moveTo(world, afterSale, afterSale.type === 'RETURN' ? 'MERCHANT_RETURN_SUCCESS' : 'MERCHANT_REFUND_SUCCESS')
}

/** The buyer's parcel with the goods. */
function sendBack(afterSale: AfterSale): void {
  afterSale.returned ??= { carrierId: 'STO', waybillNo: `ST${afterSale.afterSaleNo}` }
}

/** The buyer does the next thing: agrees to new terms, sends the goods back, takes the exchanged piece in. */
export function buyerGoesOn(world: World, afterSale: AfterSale, amountFen: number | undefined): void {
  const { status, type } = afterSale
  if (status === 'USER_WAIT_RETURN') {
    sendBack(afterSale)
    moveTo(world, afterSale, 'MERCHANT_WAIT_RECEIPT')
  } else if (status === 'USER_WAIT_RECEIPT') moveTo(world, afterSale, 'MERCHANT_EXCHANGE_SUCCESS')
  else if (status === 'USER_WAIT_CONFIRM_UPDATE' || status === 'USER_WAIT_HANDLE_MERCHANT_AFTER_SALE') {
    if (type === 'REFUND') succeed(world, afterSale)
    else moveTo(world, afterSale, 'USER_WAIT_RETURN')
  } else {
    if (amountFen !== undefined) changeAmount(afterSale, amountFen)
    moveTo(world, afterSale, status)
  }
}

/** Everything goes back at once because the order came to nothing; freight with the last line. */
export function repayAll(world: World, order: Order): void {
  for (const line of order.lines) {
    if (line.giftOf !== null || unitsLeft(line) <= 0) continue
    moveTo(world, openAfterSale(world, order, { line, type: 'REFUND', openedBy: 2 }), 'MERCHANT_REFUND_SUCCESS')
  }
}
