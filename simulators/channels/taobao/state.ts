/** The things the platform keeps. They are changed in place, by `placing`, `orders`, `shipping`, `refunding` and `goods` alone. */

/** Source: taobao.md 7.3 [doc]. */
export type TradeStatus =
  | 'TRADE_NO_CREATE_PAY'
  | 'WAIT_BUYER_PAY'
  | 'PAY_PENDING'
  | 'WAIT_PRE_AUTH_CONFIRM'
  | 'PAID_FORBID_CONSIGN'
  | 'WAIT_SELLER_SEND_GOODS'
  | 'SELLER_CONSIGNED_PART'
  | 'WAIT_BUYER_CONFIRM_GOODS'
  | 'TRADE_BUYER_SIGNED'
  | 'TRADE_FINISHED'
  | 'TRADE_CLOSED'
  | 'TRADE_CLOSED_BY_TAOBAO'

/** Source: taobao.md 7.5 [doc]; the trade status beside a forfeited deposit is [assumed]. */
export type StepStatus =
  | 'FRONT_NOPAID_FINAL_NOPAID'
  | 'FRONT_PAID_FINAL_NOPAID'
  | 'FRONT_PAID_FINAL_PAID'
  | 'FRONT_PAID_FRONT_FORFEITED'

/** Source: taobao.md 7.4 [doc]. */
export type RefundStatus =
  | 'WAIT_SELLER_AGREE'
  | 'WAIT_BUYER_RETURN_GOODS'
  | 'WAIT_SELLER_CONFIRM_GOODS'
  | 'SELLER_REFUSE_BUYER'
  | 'CLOSED'
  | 'SUCCESS'

export interface Receiver {
  readonly name: string
  readonly phone: string
  /** Full names, as in `aid/people.ts`. */
  readonly province: string
  readonly city: string
  readonly district: string
  readonly town: string
  readonly address: string
}

export interface Parcel {
  readonly carrierName: string
  readonly waybillNo: string
  readonly quantity: number
}

export interface Line {
  readonly oid: string
  readonly itemNo: string
  /** Empty for an item without SKUs. */
  readonly skuNo: string
  readonly outerItemCode: string
  readonly merchantCode: string
  readonly title: string
  readonly specification: string
  readonly category: string
  readonly priceFen: number
  readonly quantity: number
  /** What this line's own promotion takes off. */
  readonly discountFen: number
  /** The seller's change of price; negative is cheaper. */
  readonly adjustFen: number
  /** This line's share of the trade-level discount. */
  readonly shareFen: number
  /** What the buyer pays for this line, freight apart. Refunds do not change it. */
  readonly paidFen: number
  readonly isGift: boolean
  isOversold: boolean
  status: TradeStatus
  refundedFen: number
  shippedQuantity: number
  consignedAt: number | null
  endedAt: number | null
  readonly refunds: Refund[]
  readonly parcels: Parcel[]
}

/** How an order's money fields are written: taobao.md 8.1 (documented), 8.2 (observed) and its rule T3 (c) (bare: no split fields). */
export type MoneyStyle = 'observed' | 'documented' | 'bare'

export interface Step {
  status: StepStatus
  readonly depositFen: number
  readonly payNo: string
}

export interface GiftPromise {
  readonly itemNo: string
  readonly name: string
  readonly quantity: number
}

export interface Trade {
  readonly tid: string
  readonly type: 'fixed' | 'step' | 'cod'
  readonly createdAt: number
  readonly buyerNick: string
  readonly buyerOpenUid: string
  readonly lines: readonly Line[]
  readonly postFen: number
  readonly discountFen: number
  /** Everything due, freight included. */
  readonly paymentFen: number
  readonly moneyStyle: MoneyStyle
  /** One-line trades may or may not show `divide_order_fee`. */
  readonly showsSplit: boolean
  /** A gift named in a promotion alone, without a line: taobao.md 8.5. */
  readonly giftPromise: GiftPromise | null
  readonly step: Step | null
  readonly tradeFrom: string
  status: TradeStatus
  /** Whole seconds, as the platform shows it. */
  modifiedAt: number
  /** To the millisecond, for the control calls. */
  touchedAt: number
  paidAt: number | null
  consignedAt: number | null
  endedAt: number | null
  note: string
  memo: string
  flag: number
  receiver: Receiver
  oaid: string
  addressChanged: boolean
  isSplit: boolean
}

export interface Refund {
  readonly refundNo: string
  readonly trade: Trade
  readonly line: Line
  readonly createdAt: number
  readonly reason: string
  readonly description: string
  readonly phase: 'onsale' | 'aftersale'
  feeFen: number
  hasGoodReturn: boolean
  status: RefundStatus
  goodStatus: 'BUYER_NOT_RECEIVED' | 'BUYER_RECEIVED' | 'BUYER_RETURNED_GOODS'
  modifiedAt: number
  touchedAt: number
  /** Rises with every change. */
  version: number
  returnCarrier: string
  returnWaybillNo: string
}

export interface Item {
  readonly itemNo: string
  readonly product: string
  readonly outerCode: string
  readonly category: string
  readonly createdAt: number
  readonly skus: Sku[]
  modifiedAt: number
  soldQuantity: number
}

/** A listing. An item without SKUs has exactly one, with an empty `skuNo`. */
export interface Sku {
  readonly item: Item
  readonly skuNo: string
  readonly merchantCode: string
  readonly createdAt: number
  title: string
  specification: string
  priceFen: number
  quantity: number
  modifiedAt: number
  pushes: number
  pushedAt: number | null
}

export const unpaidStatuses: ReadonlySet<TradeStatus> = new Set<TradeStatus>([
  'TRADE_NO_CREATE_PAY',
  'WAIT_BUYER_PAY',
  'PAY_PENDING',
  'WAIT_PRE_AUTH_CONFIRM',
])

export const openRefundStatuses: ReadonlySet<RefundStatus> = new Set<RefundStatus>([
  'WAIT_SELLER_AGREE',
  'WAIT_BUYER_RETURN_GOODS',
  'WAIT_SELLER_CONFIRM_GOODS',
  'SELLER_REFUSE_BUYER',
])

export function lastRefund(line: Line): Refund | undefined {
  return line.refunds.at(-1)
}

export function openRefund(line: Line): Refund | undefined {
  const last = lastRefund(line)
  return last !== undefined && openRefundStatuses.has(last.status) ? last : undefined
}
