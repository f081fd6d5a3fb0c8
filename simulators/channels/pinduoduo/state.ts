export interface Receiver {
  readonly name: string
  readonly phone: string
  readonly province: string
  readonly city: string
  /** Empty where a province governs the city directly. */
  readonly district: string
  /** What follows the district. */
  readonly address: string
}

/** One SKU of an order. The platform numbers no lines, and an order holds each SKU once, so the SKU is the line's number. */
export interface Goods {
  readonly sku: Sku
  /** As it was called when it was bought. */
  readonly title: string
  readonly spec: string
  /** 0: a gift. */
  readonly priceFen: number
  readonly quantity: number
  readonly isGift: boolean
}

export interface Line extends Goods {
  readonly paidFen: number
  refundedFen: number
}

/** Everything that decides an order's money. */
export interface Basket {
  readonly lines: readonly Goods[]
  /** Taken off by the seller by hand (改价). */
  readonly changeFen: number
  readonly platformFen: number
  readonly sellerFen: number
  readonly capitalFreeFen: number
  readonly postageFen: number
}

export interface Parcel {
  readonly carrierId: number
  readonly waybillNo: string
}

/** Lists of parcels beside the first: further ones, gifts', sent again. Source: pinduoduo.md 4. */
export type ExtraKind = 1 | 2 | 3

export interface Order extends Basket {
  readonly orderSn: string
  readonly createdAt: number
  readonly lines: readonly Line[]
  /** 0 not confirmed, 1 confirmed, 2 cancelled. */
  confirmStatus: 0 | 1 | 2
  /** 0 gathering, 1 done, 2 failed. */
  groupStatus: 0 | 1 | 2
  /** 1 to ship, 2 shipped, 3 received. */
  orderStatus: 1 | 2 | 3
  hasRisk: boolean
  /** Tagged `ship_hold`. */
  isHeld: boolean
  paidAt: number | null
  confirmedAt: number | null
  shippedAt: number | null
  receivedAt: number | null
  /** Whole seconds, as the platform shows it. */
  modifiedAt: number
  /** To the millisecond, for the control calls. */
  touchedAt: number
  note: string
  remark: string
  tag: number | null
  tagName: string | null
  receiver: Receiver
  parcel: Parcel | null
  readonly extraParcels: (Parcel & { readonly kind: ExtraKind })[]
  readonly cases: Case[]
}

/** An after-sales case (售后单). Statuses: pinduoduo.md 4. */
export interface Case {
  readonly id: number
  readonly order: Order
  readonly createdAt: number
  /** 2 refund, 3 return. */
  readonly type: 2 | 3
  readonly line: Line
  readonly reason: string
  readonly amountFen: number
  /** What of it concerns which line; the rest is postage. */
  readonly shares: readonly { readonly line: Line; readonly fen: number }[]
  status: number
  modifiedAt: number
}

/** 商品: what listings of one product are SKUs of. */
export interface Item {
  readonly goodsId: number
  readonly product: string
  title: string
  readonly skus: Sku[]
}

export interface Sku {
  readonly item: Item
  readonly skuId: number
  readonly merchantCode: string
  specification: string
  priceFen: number
  quantity: number
  pushes: number
  pushedAt: number | null
}

/** '颜色:苔绿;尺寸:1.8m' is shown as its values, '苔绿,1.8m'. Source: order.information.get.json. */
export function specOf(specification: string): string {
  return specification
    .split(';')
    .filter((part) => part !== '')
    .map((part) => part.slice(part.indexOf(':') + 1))
    .join(',')
}
