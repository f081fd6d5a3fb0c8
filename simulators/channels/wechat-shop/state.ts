/**
 * The things the platform keeps. They are changed in place, by `placing`, `acts`, `shipping`, `refunding`, `requests`
 * and `goods` alone.
 */

/**
 * 10 to pay, 12 gift to accept, 13 group to fill, 20 to ship, 21 partly shipped, 30 shipped, 100 done, 190 oversold,
 * 200, 250 closed. Source: wechat-shop.md 5.
 */
export type OrderStatus = 10 | 12 | 13 | 20 | 21 | 30 | 100 | 190 | 200 | 250

export interface Receiver {
  readonly name: string
  readonly phone: string
  /** Full names, as in `aid/people.ts`. */
  readonly province: string
  readonly city: string
  readonly district: string
  readonly address: string
}

/**
 * What takes money off a line, by the beginning of its field: `merchant_discounted_price`. Source: wechat-shop.md 4.
 */
export const discountKinds = ['merchant', 'finder', 'cash_coupon', 'limited_discount', 'bulkbuy', 'vip'] as const
export type DiscountKind = (typeof discountKinds)[number]

/** A buyer's wish for another SKU. 3 waits for the merchant, 4 agreed, 5 refused. Source: wechat-shop.md 4. */
export interface SkuChange {
  readonly oldSkuId: string
  readonly newSku: Sku
  readonly until: number
  state: 3 | 4 | 5
}

export interface Line {
  readonly lineNo: string
  /** The goods as they were bought; another SKU takes their place when a change is agreed. */
  sku: Sku
  readonly title: string
  readonly salePriceFen: number
  readonly quantity: number
  readonly discounts: Readonly<Partial<Record<DiscountKind, number>>>
  readonly deductionFen: number
  /** The whole line's price as the merchant changed it. */
  changedFen: number | null
  /** The line that a gift came with. */
  readonly giftOf: Line | null
  /** When a presale paid in full is expected to leave; it may leave before. */
  readonly presaleUntil: number | null
  readonly afterSales: AfterSale[]
  skuChange: SkuChange | null
}

export interface Load {
  readonly line: Line
  readonly quantity: number
}

export interface Parcel {
  readonly order: Order
  /** Empty, as is the number, for what is not sent by a carrier. */
  readonly carrierId: string
  readonly carrierName: string
  readonly waybillNo: string
  readonly deliverType: 1 | 3
  readonly sentAt: number
  loads: readonly Load[]
  /** Came through the API and is listed at `/_sim/shipments`; how often it was told. */
  readonly isReported: boolean
  times: number
}

export interface Payment {
  readonly transactionId: string
  readonly paidAt: number
  /** 1 WeChat Pay, 2 use first and pay later, 3 prize, 4 points; nothing is paid in cash for the last two. */
  readonly method: 1 | 2 | 3 | 4
}

/** Which of the documented spellings this order uses. Source: wechat-shop.md 4, 7. */
export interface Spelling {
  /** Null in the place of false and 0. */
  readonly hasNulls: boolean
  readonly giftMark: 'number' | 'boolean'
}

export interface Order {
  readonly orderNo: string
  /** Rises with every order; a tie-break in lists. */
  readonly sequence: number
  readonly createdAt: number
  readonly openid: string
  readonly unionid: string | null
  readonly lines: readonly Line[]
  readonly freightFen: number
  changedFreightFen: number | null
  status: OrderStatus
  payment: Payment | null
  receiver: Receiver
  /** Several names for places without a prefecture are seen; this order's. */
  readonly placeStyle: number
  readonly hasVirtualNumber: boolean
  virtualUntil: number
  virtualDelays: number
  /** Where the buyer asks to have it sent, and since when. */
  addressWish: { readonly receiver: Receiver; readonly since: number } | null
  /** Where the merchant proposes to send it; waits for the buyer. */
  addressOffer: Receiver | null
  customerNotes: string
  merchantNotes: string
  /** A present: somebody else accepts it. */
  readonly isPresent: boolean
  readonly scene: number
  readonly spelling: Spelling
  readonly parcels: Parcel[]
  shipDoneAt: number | null
  confirmedAt: number | null
  settledAt: number | null
  readonly afterSales: AfterSale[]
  /** Whole seconds, as the platform shows it. */
  updatedAt: number
  /** To the millisecond, for the control calls. */
  touchedAt: number
}

export type AfterSaleType = 'REFUND' | 'RETURN' | 'EXCHANGE'

/** The word of the merchant's books for each status of an after-sale. Source: wechat-shop.md 5. */
export const afterSaleWords = {
  MERCHANT_PROCESSING: 'requested',
  USER_WAIT_CONFIRM: 'requested',
  USER_WAIT_CONFIRM_UPDATE: 'requested',
  USER_WAIT_HANDLE_MERCHANT_AFTER_SALE: 'requested',
  WAIT_PACKAGE_INTERCEPT: 'requested',
  USER_WAIT_RETURN: 'wait-return',
  MERCHANT_WAIT_RECEIPT: 'wait-receive-return',
  MERCHANT_OVERDUE_REFUND: 'wait-receive-return',
  PLATFORM_REFUNDING: 'wait-receive-return',
  PLATFORM_REFUND_FAIL: 'requested',
  MERCHANT_REFUND_RETRY_FAIL: 'requested',
  MERCHANT_REFUND_SUCCESS: 'success',
  MERCHANT_RETURN_SUCCESS: 'success',
  MERCHANT_EXCHANGE_SUCCESS: 'closed',
  USER_WAIT_RECEIPT: 'requested',
  MERCHANT_REJECT_REFUND: 'rejected',
  MERCHANT_REJECT_RETURN: 'rejected',
  MERCHANT_REJECT_EXCHANGE: 'rejected',
  MERCHANT_REJECT_RESHIP: 'rejected',
  USER_CANCELD: 'closed',
  RETURN_CLOSED: 'closed',
  MERCHANT_FAIL: 'closed',
} as const
export type AfterSaleStatus = keyof typeof afterSaleWords

export interface Waybill {
  readonly waybillNo: string
  readonly carrierId: string
}

/** Terms the merchant proposed to the buyer. */
export interface Proposal {
  readonly oldType: AfterSaleType
  readonly oldAmountFen: number
  readonly newType: AfterSaleType
  readonly newAmountFen: number
  readonly description: string
}

export interface AfterSale {
  readonly afterSaleNo: string
  readonly sequence: number
  readonly order: Order
  readonly line: Line
  readonly createdAt: number
  readonly count: number
  readonly reason: string
  readonly reasonText: string
  readonly description: string
  /** 0 opened by the buyer, 1 by the merchant, 2 by the platform [assumed]. */
  readonly openedBy: 0 | 1 | 2
  type: AfterSaleType
  status: AfterSaleStatus
  amountFen: number
  /** The part of the amount that is freight. */
  freightFen: number
  returned: Waybill | null
  exchangeSku: Sku | null
  reshipped: Waybill | null
  rejectReason: string
  certificates: readonly string[]
  proposal: Proposal | null
  completedAt: number | null
  /** When the merchant last wrote to it, by the clock of flow control. */
  writtenAt: number
  updatedAt: number
  touchedAt: number
}

/**
 * 0 never listed, 5 on sale, 6 bin, 9 deleted, 11 taken down, 13 … 20 for the platform's reasons. Source:
 * wechat-shop.md 9.
 */
export interface Product {
  readonly productId: string
  readonly product: string
  title: string
  status: number
  /** 2 in review, 4 passed. */
  editStatus: number
  readonly skus: Sku[]
}

export interface StockMove {
  readonly amount: number
  readonly before: number
  readonly after: number
  readonly kind: 'merchant' | 'sale' | 'cancel'
  readonly at: number
}

export interface Sku {
  readonly product: Product
  readonly skuId: string
  readonly merchantCode: string
  specification: string
  priceFen: number
  quantity: number
  /** Pieces in the merchant's warehouses, by the merchant's own id of each. */
  readonly warehouses: Map<string, number>
  readonly moves: StockMove[]
  pushes: number
  pushedAt: number | null
}

export function isPaid({ payment }: Order): boolean {
  return payment !== null
}

export function isOpen({ status }: AfterSale): boolean {
  return ['requested', 'wait-return', 'wait-receive-return'].includes(afterSaleWords[status])
}

/** Money has gone back. An exchange pays nothing. */
export function isRepaid({ status }: AfterSale): boolean {
  return afterSaleWords[status] === 'success'
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0)
}

export function unitsInAfterSale({ afterSales }: Line): number {
  return sum(afterSales.filter(isOpen).map(({ count }) => count))
}

export function unitsRepaid({ afterSales }: Line): number {
  return sum(afterSales.filter(isRepaid).map(({ count }) => count))
}

export function unitsShipped({ parcels }: Order, line: Line): number {
  const loads = parcels.flatMap((parcel) => parcel.loads.filter((load) => load.line === line))
  return sum(loads.map(({ quantity }) => quantity))
}

/** What may still be put in a parcel. */
export function unitsToShip(order: Order, line: Line): number {
  return Math.max(0, line.quantity - unitsShipped(order, line) - unitsRepaid(line))
}
