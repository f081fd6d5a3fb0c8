import { chance } from '../../aid/random.ts'
import { spread } from './money.ts'
import { settle } from './shipping.ts'
import { type AfterSale, type CaseLine, type CaseType, isOpen, type Line, type Order, remainingFen } from './state.ts'
import { addCase, announceCase, setStatus, touch, type World } from './world.ts'

const dayMs = 86_400_000
const reviewMs = 2 * dayMs
const returnMs = 7 * dayMs

const reasons = {
  unshipped: [
    [101, '不想要了'],
    [102, '拍错/多拍'],
    [103, '地址写错'],
  ],
  shipped: [
    [201, '少件/漏发'],
    [203, '商品破损/污渍'],
    [205, '与描述不符'],
  ],
} as const

export interface CaseWish {
  readonly type: CaseType
  readonly lines: readonly Line[]
  /** Null: all that is left. */
  readonly amountFen: number | null
}

/** The buyer opens an after-sale. Null: there is nothing to ask for. */
export function openCase(world: World, order: Order, { type, lines, amountFen }: CaseWish): AfterSale | null {
  const shares = sharesOf(order, lines, amountFen)
  const wished = lines.map((line, place) => caseLine(line, shares.perLine[place]!))
  const concerned = type === 2 ? wished : wished.filter((one) => one.amountFen > 0)
  if (concerned.length === 0 && shares.freightFen === 0) return null
  const now = world.clock.now()
  const count = world.cases.size + 1
  const dice = chance(`${world.seed}:case:${count}`)
  const [reasonId, reasonName] = dice.pick<readonly [number, string]>(reasons[type === 5 ? 'unshipped' : 'shipped'])
  const one: AfterSale = {
    returnsId: `R${7_700_112_233_440_000 + count * 7}`,
    order,
    type,
    reasonId,
    reasonName,
    description: dice.pick(['', '', '请尽快处理', '和客服说好了']),
    createdAt: now,
    lines: type === 2 ? wished.map((each) => ({ ...each, amountFen: 0 })) : concerned,
    status: 1,
    updatedAt: now - 1,
    expireAt: now + reviewMs,
    freightFen: type === 2 ? 0 : shares.freightFen,
    refundedFen: 0,
    refundedAt: 0,
    closeReason: '',
    returned: null,
    exchanged: null,
  }
  addCase(world, one)
  if (type === 2) hideStatus(world, order)
  announceCase(world, one, 'msg_after_sale_create')
  return one
}

/** The buyer does the next thing: sends the goods back, or asks for another sum. */
export function buyerInsists(world: World, one: AfterSale, amountFen: number | undefined): void {
  if (one.status === 2) sendBack(world, one)
  else if (amountFen !== undefined) ask(one, amountFen)
  announceCase(world, one, 'msg_after_sale_update')
}

/** Asks for this sum instead, as far as the lines reach. */
export function ask(one: AfterSale, amountFen: number): void {
  const lines = one.lines.map(({ line }) => line)
  const { perLine, freightFen } = sharesOf(one.order, lines, amountFen)
  for (const [place, each] of one.lines.entries()) each.amountFen = perLine[place]!
  one.freightFen = freightFen
}

export function agreeToReturn(world: World, one: AfterSale): void {
  one.status = 2
  one.expireAt = world.clock.now() + returnMs
  announceCase(world, one, 'msg_after_sale_audit_pass')
}

/** At the review (9) or when the goods came back (9001). */
export function refuseBuyer(world: World, one: AfterSale, status: 9 | 9001): void {
  one.status = status
  one.expireAt = -1
  if (one.type === 2) showStatus(world, one.order)
  announceCase(world, one, 'msg_after_sale_audit_reject')
}

/** Returned goods of an exchange are here: the other ones are to be sent. */
export function receiveForExchange(world: World, one: AfterSale): void {
  one.status = 12
  announceCase(world, one, 'msg_after_sale_confirm_receive')
}

/** Withdrawn by the buyer (5), or closed when its time ran out (6). */
export function close(world: World, one: AfterSale, status: 5 | 6): void {
  one.status = status
  one.expireAt = -1
  one.closeReason = status === 5 ? '买家撤销售后' : '超时未处理，系统关闭'
  if (one.type === 2) showStatus(world, one.order)
  announceCase(world, one, 'msg_after_sale_closed')
}

/**
 * The money goes back, or the exchange is done. What was refunded in full before it left does not leave any more, and an order refunded in
 * full is closed. Stock does not come back by itself [assumed].
 */
export function succeed(world: World, one: AfterSale): void {
  const { order, type } = one
  if (type === 1 && one.returned === null) sendBack(world, one)
  one.status = 4
  one.expireAt = -1
  if (type === 2) showStatus(world, order)
  else payBack(world, one)
  announceCase(world, one, 'msg_after_sale_refund_finished')
  settle(world, order)
}

function payBack(world: World, one: AfterSale): void {
  const { order } = one
  for (const { line, amountFen } of one.lines) {
    line.refundedFen += amountFen
    if (line.shippedQuantity === 0 && remainingFen(line) === 0) line.isClosed = true
  }
  order.refundedFreightFen += one.freightFen
  one.refundedFen = one.lines.reduce((all, { amountFen }) => all + amountFen, one.freightFen)
  one.refundedAt = world.clock.now()
  closeGiftsAlone(order)
}

/** The type of a refund that a buyer asks for, by whether the goods have left and by how much is asked. */
export function refundTypeOf(lines: readonly Line[], amountFen: number | null): CaseType {
  if (lines.every(({ shippedQuantity }) => shippedQuantity === 0)) return 5
  const left = lines.reduce((all, line) => all + remainingFen(line), 0)
  return amountFen === null || amountFen >= left ? 1 : 4
}

/** The freight goes back with the last line of an order of which nothing has left. */
function sharesOf(order: Order, lines: readonly Line[], amountFen: number | null) {
  const caps = lines.map(remainingFen)
  const isUnshipped = order.parcels.length === 0
  const isAll = order.lines.every((line) => lines.includes(line) || remainingFen(line) === 0)
  const freight = isUnshipped && isAll ? order.freightFen - order.refundedFreightFen : 0
  const asked = amountFen ?? caps.reduce((all, cap) => all + cap, freight)
  const shares = spread(asked, [...caps, freight])
  return { perLine: shares.slice(0, -1), freightFen: shares.at(-1)! }
}

/** How many pieces a buyer names: all for all of the money, else as many whole ones as it pays, at least one. */
function caseLine(line: Line, amountFen: number): CaseLine {
  const whole = amountFen >= remainingFen(line)
  const pieces = line.paidFen === 0 ? line.quantity : Math.floor((amountFen * line.quantity) / line.paidFen)
  return { line, amountFen, count: whole ? line.quantity : Math.max(1, pieces) }
}

function sendBack(world: World, one: AfterSale): void {
  const at = world.clock.now()
  one.returned = { waybillNo: `YT${one.returnsId.slice(1)}`, carrierCode: 'yuantong', carrierName: '圆通速递', at }
  one.status = 3
  one.expireAt = at + returnMs
}

/** Gifts do not go out when everything they came with is closed. */
function closeGiftsAlone({ lines }: Order): void {
  if (lines.some((line) => !line.isGift && !line.isClosed)) return
  for (const line of lines) line.isClosed = true
}

/** An order whose goods are being exchanged shows 10 instead of its status [assumed]. Source: xiaohongshu.md 7. */
function hideStatus(world: World, order: Order): void {
  if (order.status === 10) return
  order.formerStatus = order.status
  setStatus(world, order, 10)
}

function showStatus(world: World, order: Order): void {
  const others = order.cases.some((one) => one.type === 2 && isOpen(one))
  if (order.status !== 10 || others) touch(world, order)
  else setStatus(world, order, order.formerStatus)
}
