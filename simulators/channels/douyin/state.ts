/** The things the platform keeps. They are changed in place, by `placing`, `acts`, `shipping`, `aftersales` and `goods` alone. */

/** Source: douyin.md 4. */
export type OrderStatus = 1 | 2 | 3 | 4 | 5 | 101 | 105
/** What `main_status` says beyond that: partly paid, refunded before shipping, after it, after receipt. */
export type MainStatus = OrderStatus | 103 | 21 | 22 | 39
/** Source: douyin.md 6. */
export type CaseStatus = 3 | 6 | 7 | 8 | 11 | 12 | 13 | 14 | 27 | 28 | 29
/** Return and refund, refund of what left, of what did not, exchange, price protection, re-ship, repair. */
export type CaseType = 0 | 1 | 2 | 3 | 6 | 7 | 8
/** None, waiting, paying, done, failed. */
export type RefundStatus = 0 | 1 | 2 | 3 | 4

export interface Receiver {
  readonly name: string
  readonly phone: string
  /** Full names, as in `aid/people.ts`. */
  readonly province: string
  readonly city: string
  readonly district: string
  readonly street: string
  /** Without the street. */
  readonly address: string
}

/** Part of a bundle, as often as one bundle holds it. */
export interface Part {
  readonly sku: Sku
  readonly quantity: number
}

/** A SKU order. Amounts are of the whole line. */
export interface Line {
  readonly lineId: string
  readonly sku: Sku
  readonly title: string
  readonly merchantCode: string
  readonly specification: string
  readonly quantity: number
  readonly isGift: boolean
  readonly priceFen: number
  readonly shopOffFen: number
  readonly platformOffFen: number
  readonly talentOffFen: number
  /** What the buyer pays for the line, freight apart. Refunds do not change it. */
  readonly paidFen: number
  /** Empty unless the line is a bundle. */
  readonly parts: readonly Part[]
  refundedFen: number
  shippedQuantity: number
  /** Refunded before all of it was shipped: the rest does not leave any more. */
  isClosed: boolean
}

export interface PackedLine {
  readonly line: Line
  readonly quantity: number
}

export interface Parcel {
  readonly packId: string
  readonly lines: readonly PackedLine[]
  readonly at: number
  /** It came through the API and is listed at `/_sim/shipments`. */
  readonly isReported: boolean
  carrierCode: string
  carrierName: string
  waybillNo: string
}

/** A shop order. Every time of it has whole seconds. */
export interface Order {
  readonly orderId: string
  readonly createdAt: number
  readonly openId: string
  readonly lines: readonly Line[]
  readonly freightFen: number
  readonly isFreightInLines: boolean
  readonly isPresale: boolean
  /** Without an approved scene nothing of the receiver is told. */
  readonly hasScene: boolean
  readonly parcels: Parcel[]
  readonly cases: AfterSale[]
  readonly payType: number
  readonly paymentNo: string
  status: OrderStatus
  isDepositPaid: boolean
  updatedAt: number
  paidAt: number | null
  finishedAt: number | null
  cancelReason: string
  note: string
  remark: string
  /** 0 to 5. */
  star: number
  receiver: Receiver
  openAddressId: string
  refundedFreightFen: number
}

/** An after-sale, always of one line [assumed]. */
export interface AfterSale {
  readonly caseId: string
  readonly order: Order
  readonly line: Line
  readonly type: CaseType
  readonly reasonCode: number
  readonly createdAt: number
  /** Whether something of the line had left when it was opened. */
  readonly hasGoods: boolean
  status: CaseStatus
  refundStatus: RefundStatus
  updatedAt: number
  /** 0 when nothing runs out. */
  deadline: number
  amountFen: number
  freightFen: number
}

export interface Item {
  readonly productId: string
  readonly product: string
  readonly createdAt: number
  readonly skus: Sku[]
  title: string
  updatedAt: number
}

/** A listing. */
export interface Sku {
  readonly item: Item
  readonly skuId: string
  readonly merchantCode: string
  readonly createdAt: number
  title: string
  specification: string
  priceFen: number
  parts: readonly Part[]
  /** For sale: what open and paid orders took is off already [assumed]. */
  available: number
  pushes: number
  pushedAt: number | null
}

const openStatuses: ReadonlySet<CaseStatus> = new Set<CaseStatus>([3, 6, 7, 8, 11, 13])

export function isOpen({ status }: AfterSale): boolean {
  return openStatuses.has(status)
}

export function casesOf({ cases }: Order, line: Line): readonly AfterSale[] {
  return cases.filter((one) => one.line === line)
}

/** What the buyer pays, freight included. */
export function totalFen({ lines, freightFen }: Order): number {
  return lines.reduce((all, { paidFen }) => all + paidFen, freightFen)
}

export function refundedFen({ lines, refundedFreightFen }: Order): number {
  return lines.reduce((all, line) => all + line.refundedFen, refundedFreightFen)
}

/** Money of a line that is not refunded yet. */
export function remainingFen({ paidFen, refundedFen }: Line): number {
  return paidFen - refundedFen
}

/** Pieces of a line that still have to leave. */
export function unshippedOf({ quantity, shippedQuantity, isClosed }: Line): number {
  return isClosed ? 0 : quantity - shippedQuantity
}

export function unshippedLines({ lines }: Order): readonly PackedLine[] {
  return lines.map((line) => ({ line, quantity: unshippedOf(line) })).filter(({ quantity }) => quantity > 0)
}

/** All that was paid for has been refunded, freight apart. */
export function isRefunded({ lines }: Order): boolean {
  const paid = lines.filter((line) => line.paidFen > 0)
  return paid.length > 0 && paid.every((line) => remainingFen(line) === 0)
}

/** Source: douyin.md 4 [sdk]. */
export function mainStatusOf(order: Order): MainStatus {
  if (order.status === 1 && order.isDepositPaid) return 103
  if (order.status === 4 && order.paidAt !== null) return order.parcels.length === 0 ? 21 : 22
  return order.status === 5 && isRefunded(order) ? 39 : order.status
}

/** '颜色:苔绿;尺寸:1.8m' as names and values. */
export function specsOf(specification: string): readonly { readonly name: string; readonly value: string }[] {
  if (specification === '') return []
  return specification.split(';').map((pair) => {
    const [name = '', ...value] = pair.split(':')
    return { name, value: value.join(':') }
  })
}
