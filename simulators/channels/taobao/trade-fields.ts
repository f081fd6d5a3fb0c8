import { maskedReceiver } from './buyers.ts'
import { type Fields, type Selection, write } from './fields.ts'
import { refundStatusOf } from './refunding.ts'
import { type Line, lastRefund, type Trade, unpaidStatuses } from './state.ts'
import { type Branch, type List, list, type Tree, timeText, whole, yuan } from './text.ts'
import { seller } from './tokens.ts'

/** How much of a trade an answer may hold, whatever is asked for: taobao.md 6.1. */
export type Detail = 'row' | 'check' | 'full'

export interface TradeWish {
  readonly selection: Selection
  readonly detail: Detail
  readonly sellerType: 'B' | 'C'
}

/** A trade as an answer shows it. */
export function tradeTree(trade: Trade, { selection, detail, sellerType }: TradeWish): Branch {
  const tree: Record<string, Tree> = { ...write(tradeFields, selection.own, trade) }
  if (detail !== 'check') Object.assign(tree, pick(maskedReceiver(trade.receiver), selection.own))
  if (selection.own.has('orders')) tree.orders = ordersOf(trade, { selection, detail, sellerType })
  if (detail === 'full') Object.assign(tree, write(fullFields, selection.own, trade))
  if (detail === 'full' && showsOaid(selection)) tree.oaid = trade.oaid
  return tree
}

/** The address code comes only where all of these are asked for as well. Source: taobao.md 9 [doc]. */
const besideOaid = ['receiver_name', 'receiver_address', 'created', 'receiver_mobile', 'receiver_phone'] as const

function showsOaid({ own }: Selection): boolean {
  return own.has('oaid') && besideOaid.every((field) => own.has(field))
}

const time = (ms: number | null) => (ms === null ? undefined : timeText(ms))
const refunded = (trade: Trade) => trade.lines.reduce((all, { refundedFen }) => all + refundedFen, 0)
const isPaid = (trade: Trade) => trade.paidAt !== null
const only = (trade: Trade) => (trade.lines.length === 1 ? trade.lines[0] : undefined)

const tradeFields: Fields<Trade> = {
  tid: ({ tid }) => whole(tid),
  tid_str: ({ tid }) => tid,
  seller_nick: () => seller.nick,
  title: () => seller.nick,
  type: ({ type }) => type,
  status: ({ status }) => status,
  buyer_nick: ({ buyerNick }) => buyerNick,
  buyer_open_uid: ({ buyerOpenUid }) => buyerOpenUid,
  created: ({ createdAt }) => timeText(createdAt),
  pay_time: ({ paidAt }) => time(paidAt),
  consign_time: ({ consignedAt }) => time(consignedAt),
  end_time: ({ endedAt }) => time(endedAt),
  modified: ({ modifiedAt }) => timeText(modifiedAt),
  total_fee: ({ lines }) => yuan(lines.reduce((all, { priceFen, quantity }) => all + priceFen * quantity, 0)),
  discount_fee: ({ discountFen }) => yuan(discountFen),
  adjust_fee: (trade) => yuan(only(trade)?.adjustFen ?? 0),
  post_fee: ({ postFen }) => yuan(postFen),
  payment: ({ paymentFen }) => yuan(paymentFen),
  received_payment: (trade) => yuan(trade.status === 'TRADE_FINISHED' ? trade.paymentFen - refunded(trade) : 0),
  num: (trade) => only(trade)?.quantity ?? 0,
  shipping_type: ({ postFen }) => (postFen === 0 ? 'free' : 'express'),
  has_buyer_message: ({ note }) => note !== '',
  seller_flag: ({ flag }) => flag,
  step_trade_status: ({ step }) => step?.status,
  step_paid_fee: ({ step, paymentFen }) => stepPaid(step?.status, step?.depositFen ?? 0, paymentFen),
  is_part_consign: ({ isSplit }) => isSplit,
}

function stepPaid(status: string | undefined, depositFen: number, paymentFen: number): string | undefined {
  if (status === undefined || status === 'FRONT_NOPAID_FINAL_NOPAID') return undefined
  return yuan(status === 'FRONT_PAID_FINAL_PAID' ? paymentFen : depositFen)
}

/** Only the detail call knows these. Source: taobao.md 6.1, 7.1. */
const fullFields: Fields<Trade> = {
  buyer_message: ({ note }) => note,
  seller_memo: ({ memo }) => memo,
  num_iid: ({ lines }) => whole(lines[0]!.itemNo),
  price: ({ lines }) => yuan(lines[0]!.priceFen),
  pic_path: ({ lines }) => picture(lines[0]!),
  alipay_no: (trade) => (isPaid(trade) ? alipayNo(trade) : undefined),
  available_confirm_fee: (trade) => (isPaid(trade) ? yuan(openFen(trade)) : undefined),
  has_post_fee: (trade) => (isPaid(trade) ? trade.postFen > 0 && trade.status !== 'TRADE_FINISHED' : undefined),
  trade_from: ({ tradeFrom }) => tradeFrom,
  buyer_rate: () => false,
  seller_rate: () => false,
  seller_can_rate: () => false,
  is_lgtype: () => false,
  has_yfx: () => false,
  point_fee: () => 0,
  real_point_fee: () => 0,
  buyer_obtain_point_fee: () => 0,
  new_presell: ({ step }) => step !== null,
  send_time: sendTime,
  lm: ({ addressChanged }) => (addressChanged ? '1' : undefined),
  team_buy_hold: ({ status }) => (status === 'PAID_FORBID_CONSIGN' ? 1 : undefined),
  promotion_details: (trade) => promotionsOf(trade),
  step_pay_details: (trade) => stepsOf(trade),
}

const presaleDays = 30

/** When the goods of a presale are promised to leave. */
function sendTime({ step, createdAt }: Trade): string | undefined {
  return step === null ? undefined : `${timeText(createdAt + presaleDays * 86_400_000).slice(0, 10)} 23:59:59`
}

function openFen(trade: Trade): number {
  return trade.status === 'TRADE_FINISHED' ? 0 : Math.max(0, trade.paymentFen - refunded(trade))
}

export function alipayNo({ tid, createdAt }: Trade): string {
  return `${timeText(createdAt).slice(0, 10).replaceAll('-', '')}22001100${tid.slice(0, 13)}`
}

function ordersOf(trade: Trade, { selection, detail, sellerType }: TradeWish): List | undefined {
  const wanted = selection.children.get('orders') ?? null
  return list(
    'order',
    trade.lines.map((line) => {
      const tree = { ...write(lineFields, wanted, line), ...write(moneyFields, wanted, { trade, line }) }
      const isAll = wanted === null
      if (isAll || wanted.has('seller_type')) tree.seller_type = sellerType
      if (detail === 'row' && isAll) tree.oid_str = undefined
      if (detail !== 'full') return tree
      return { ...tree, ...write(fullLineFields, wanted, line), ...write(promiseFields, wanted, trade) }
    }),
  )
}

const lineFields: Fields<Line> = {
  oid: ({ oid }) => whole(oid),
  oid_str: ({ oid }) => oid,
  num_iid: ({ itemNo }) => whole(itemNo),
  sku_id: ({ skuNo }) => skuNo,
  outer_iid: ({ outerItemCode }) => outerItemCode,
  outer_sku_id: ({ skuNo, merchantCode }) => (skuNo === '' ? undefined : merchantCode),
  title: ({ title }) => title,
  sku_properties_name: ({ specification }) => specification,
  price: ({ priceFen }) => yuan(priceFen),
  num: ({ quantity }) => quantity,
  total_fee: (line) => yuan(ownFen(line)),
  discount_fee: ({ discountFen }) => yuan(discountFen),
  adjust_fee: ({ adjustFen }) => yuan(adjustFen),
  status: ({ status }) => status,
  refund_status: (line) => refundStatusOf(line),
  refund_id: (line) => lastRefund(line)?.refundNo,
  cid: ({ category }) => whole(category),
  consign_time: ({ consignedAt }) => time(consignedAt),
  end_time: ({ endedAt }) => time(endedAt),
  logistics_company: ({ parcels }) => parcels.at(-1)?.carrierName,
  invoice_no: ({ parcels }) => parcels.at(-1)?.waybillNo,
}

const fullLineFields: Fields<Line> = {
  pic_path: (line) => picture(line),
  is_oversold: ({ isOversold }) => isOversold,
  is_free_gift: ({ isGift }) => (isGift ? true : undefined),
  buyer_rate: () => false,
  seller_rate: () => false,
  is_service_order: () => false,
  is_daixiao: () => false,
  snapshot_url: ({ oid }) => `r:${oid}_1`,
}

/** What a line repeats of its trade. */
const promiseFields: Fields<Trade> = {
  estimate_con_time: sendTime,
  order_from: ({ tradeFrom }) => tradeFrom,
}

/** Price times pieces, the seller's change and the line's own promotion. Source: taobao.md 8.1 [doc]. */
function ownFen({ priceFen, quantity, adjustFen, discountFen }: Line): number {
  return priceFen * quantity + adjustFen - discountFen
}

interface LineOfTrade {
  readonly trade: Trade
  readonly line: Line
}

/** The fields in which documentation and observation differ: taobao.md 8.1, 8.2, 8.4 T3. */
const moneyFields: Fields<LineOfTrade> = {
  part_mjz_discount: ({ trade, line }) => (line.shareFen > 0 && showsShares(trade) ? yuan(line.shareFen) : undefined),
  divide_order_fee: ({ trade, line }) => (showsSplit(trade) ? yuan(line.paidFen) : undefined),
  payment: ({ trade, line }) => yuan(Math.max(0, paymentBeforeRefunds(trade, line) - line.refundedFen)),
}

function showsShares(trade: Trade): boolean {
  return trade.moneyStyle !== 'bare' || trade.lines.length === 1
}

function showsSplit(trade: Trade): boolean {
  if (unpaidStatuses.has(trade.status)) return false
  return trade.lines.length === 1 ? trade.showsSplit : trade.moneyStyle !== 'bare'
}

function paymentBeforeRefunds(trade: Trade, line: Line): number {
  if (trade.lines.length === 1) return trade.paymentFen
  return trade.moneyStyle === 'observed' ? line.paidFen : ownFen(line)
}

/** `id` tells a promotion of the trade from one of a line; a promised gift has no line at all. Source: taobao.md 8.5. */
function promotionsOf(trade: Trade): List | undefined {
  const own: Branch[] = trade.lines
    .filter(({ discountFen }) => discountFen > 0)
    .map((line) => promotion({ id: line.oid, name: '限时特惠', fen: line.discountFen, kind: 'limitpromotion-120034' }))
  if (trade.discountFen > 0)
    own.unshift(promotion({ id: trade.tid, name: '店铺满减', fen: trade.discountFen, kind: shopDiscount }))
  const gift = trade.giftPromise
  if (gift !== null) {
    own.push({
      id: whole(trade.tid),
      promotion_name: '满就送',
      promotion_desc: `满就送:送${gift.name}`,
      promotion_id: `shopbonus-90010013_${gift.itemNo}`,
      gift_item_id: gift.itemNo,
      gift_item_name: gift.name,
      gift_item_num: String(gift.quantity),
    })
  }
  return list('promotion_detail', own)
}

const shopDiscount = 'shopbonus-90010012'

interface Promotion {
  readonly id: string
  readonly name: string
  readonly fen: number
  readonly kind: string
}

function promotion({ id, name, fen, kind }: Promotion): Branch {
  return {
    id: whole(id),
    promotion_name: name,
    discount_fee: yuan(fen),
    kd_discount_fee: kind === shopDiscount ? yuan(fen) : undefined,
    promotion_desc: `${name}:省${yuan(fen)}元`,
    promotion_id: `${kind}_${id.slice(7, 13)}`,
  }
}

/** `pay_status` 2 is paid and 1 is not [assumed]. Source: taobao.md 7.5. */
function stepsOf(trade: Trade): List | undefined {
  const { step, paymentFen } = trade
  if (step === null) return undefined
  const deposit = step.status !== 'FRONT_NOPAID_FINAL_NOPAID'
  const stage = (stepNo: number, paid: boolean, fen: number): Branch => ({
    id: BigInt(step.payNo) + BigInt(stepNo - 1),
    step_no: stepNo,
    pay_status: paid ? 2 : 1,
    step_actual_pay_fee: yuan(fen),
    step_channel_no: paid ? alipayNo(trade) : undefined,
  })
  return list('step_pay_detail', [
    stage(1, deposit, step.depositFen),
    stage(2, step.status === 'FRONT_PAID_FINAL_PAID', paymentFen - step.depositFen),
  ])
}

function picture({ itemNo }: Line): string {
  return `https://img.example.com/i1/${itemNo}.jpg`
}

function pick(tree: Branch, wanted: ReadonlySet<string>): Branch {
  return Object.fromEntries(Object.entries(tree).filter(([name]) => wanted.has(name)))
}
