/** The things the platform keeps. They are changed in place, by `placing`, `acts`, `shipping`, `aftersales` and `goods` alone. */

/** Source: xiaohongshu.md 7 [doc]. */
export type OrderStatus = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10
/** In stock, deposit pre-sale, full pre-sale. The retired 3 and the re-shipped exchange 5 do not come up. */
export type OrderType = 1 | 2 | 4
/** Source: xiaohongshu.md 7 [doc]. */
export type CaseStatus = 1 | 2 | 3 | 4 | 5 | 6 | 9 | 9001 | 12 | 13 | 14
/** Return and refund, exchange, refund of what was shipped, refund of what was not, price protection. */
export type CaseType = 1 | 2 | 4 | 5 | 6

export interface Receiver {
  readonly name: string
  readonly phone: string
  /** Full names, as in `aid/people.ts`. */
  readonly province: string
  readonly city: string
  readonly district: string
  readonly town: string
  /** Without the town. */
  readonly address: string
}

/** Part of a bundle, as often as one bundle holds it. */
export interface Part {
  readonly sku: Sku
  readonly quantity: number
}

/** One SKU of an order: the platform merges what is the same. Amounts are of the whole line. */
export interface Line {
  readonly sku: Sku
  readonly title: string
  readonly skuName: string
  readonly merchantCode: string
  readonly quantity: number
  readonly isGift: boolean
  readonly priceFen: number
  readonly merchantDiscountFen: number
  /** Borne by the platform. */
  readonly redDiscountFen: number
  readonly depositFen: number
  /** What the buyer pays for the line, freight apart. Refunds do not change it. */
  readonly paidFen: number
  readonly kol: { readonly id: string; readonly name: string } | null
  /** Empty unless the line is a bundle. */
  readonly parts: readonly Part[]
  refundedFen: number
  shippedQuantity: number
  /** Refunded before it was shipped: it does not leave any more. */
  isClosed: boolean
}

export interface Parcel {
  carrierCode: string
  carrierName: string
  waybillNo: string
  readonly lines: readonly Line[]
  readonly at: number
  readonly isReported: boolean
}

export interface Order {
  readonly orderId: string
  readonly orderType: OrderType
  readonly createdAt: number
  readonly userId: string
  readonly lines: readonly Line[]
  readonly freightFen: number
  /** The pre-sale's window of delivery; 0 when it is none. */
  readonly presaleFrom: number
  readonly presaleTo: number
  readonly needsCodes: boolean
  readonly tags: Set<string>
  readonly parcels: Parcel[]
  readonly cases: AfterSale[]
  status: OrderStatus
  /** What a status 10 hides. */
  formerStatus: OrderStatus
  isDepositPaid: boolean
  isCancelAsked: boolean
  isUnpacked: boolean
  /** No two changes of one order carry the same time. */
  updatedAt: number
  paidAt: number | null
  deliveredAt: number | null
  cancelledAt: number | null
  finishedAt: number | null
  paymentType: number
  outTradeNo: string
  note: string
  remark: string
  /** 0 none, else 1 to 6. */
  flag: number
  receiver: Receiver
  openAddressId: string
  refundedFreightFen: number
}

export interface CaseLine {
  readonly line: Line
  readonly count: number
  amountFen: number
}

export interface Express {
  readonly waybillNo: string
  readonly carrierCode: string
  readonly carrierName: string
  readonly at: number
}

/** 售后单. It may be about several SKUs. */
export interface AfterSale {
  readonly returnsId: string
  readonly order: Order
  readonly type: CaseType
  readonly reasonId: number
  readonly reasonName: string
  readonly description: string
  readonly createdAt: number
  readonly lines: readonly CaseLine[]
  status: CaseStatus
  updatedAt: number
  /** -1 when nothing runs out. */
  expireAt: number
  freightFen: number
  refundedFen: number
  refundedAt: number
  closeReason: string
  returned: Express | null
  exchanged: Express | null
}

export interface Item {
  readonly itemId: string
  readonly product: string
  readonly createdAt: number
  readonly skus: Sku[]
  updatedAt: number
}

/** A listing. Stock numbers: xiaohongshu.md 10. */
export interface Sku {
  readonly item: Item
  readonly skuId: string
  readonly merchantCode: string
  readonly createdAt: number
  title: string
  specification: string
  priceFen: number
  originalPriceFen: number
  isBuyable: boolean
  parts: readonly Part[]
  available: number
  occupied: number
  productChannel: number
  productChannelOccupied: number
  activityChannel: number
  activityChannelOccupied: number
  hasManyWarehouses: boolean
  updatedAt: number
  pushes: number
  pushedAt: number | null
}

const openStatuses: ReadonlySet<CaseStatus> = new Set<CaseStatus>([1, 2, 3, 12, 13, 14])

export function isOpen({ status }: AfterSale): boolean {
  return openStatuses.has(status)
}

export function casesOf({ cases }: Order, line: Line): readonly AfterSale[] {
  return cases.filter(({ lines }) => lines.some((one) => one.line === line))
}

/** What the buyer pays, freight and deposit included. */
export function totalFen({ lines, freightFen }: Order): number {
  return lines.reduce((all, { paidFen }) => all + paidFen, freightFen)
}

export function remainingFen({ paidFen, refundedFen }: Line): number {
  return Math.max(0, paidFen - refundedFen)
}

/** Lines that still have to leave. */
export function unshippedLines({ lines }: Order): readonly Line[] {
  return lines.filter(({ shippedQuantity, isClosed }) => shippedQuantity === 0 && !isClosed)
}

/** '颜色:苔绿;尺寸:1.8m' as names and values. */
export function variantsOf(specification: string): readonly { readonly name: string; readonly value: string }[] {
  if (specification === '') return []
  return specification.split(';').map((pair) => {
    const [name = '', ...value] = pair.split(':')
    return { name, value: value.join(':') }
  })
}
