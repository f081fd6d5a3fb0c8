/** Money in whole fen, instants in epoch milliseconds with whole seconds, as the site keeps time. */
export interface Order {
  readonly id: number
  /** What the buyer reads; another than the id where a plug-in numbers orders. */
  readonly number: string
  readonly orderKey: string
  /** A core status, the slug of a plug-in, or 'trash'. */
  readonly status: string
  /** Removed for good: nothing finds it any more. */
  readonly isDeleted: boolean
  readonly createdAt: number
  readonly modifiedAt: number
  readonly paidAt: number | null
  readonly completedAt: number | null
  readonly pricesIncludeTax: boolean
  readonly customerId: number
  readonly customerNote: string
  readonly payment: PaymentMethod
  readonly transactionId: string
  readonly receiver: Receiver
  readonly lines: readonly Line[]
  /** Its pieces are off the shelf. */
  readonly isStockTaken: boolean
  readonly shipping: Charge
  readonly fee: Fee | null
  readonly coupon: { readonly id: number; readonly code: string } | null
  /** Id of the tax line; null when nothing is taxed. */
  readonly taxLineId: number | null
  readonly refunds: readonly Refund[]
  readonly trackings: readonly Tracking[]
  readonly meta: readonly Meta[]
  /** Money the buyer asks back by word of mouth; the shop keeps the order on hold meanwhile. */
  readonly asked: Asking | null
}

export type PaymentMethod = 'alipay' | 'wechatpay' | 'bacs'

/** Whom it goes to, as it truly is, and how the buyer wrote it into the form. */
export interface Receiver {
  readonly name: string
  readonly phone: string
  readonly province: string
  readonly city: string
  readonly district: string
  /** The whole first address line; begins with the district. */
  readonly address: string
  readonly zip: string
  readonly isNameSplit: boolean
  readonly hasCountryCode: boolean
}

export interface Line {
  readonly id: number
  readonly goodId: number
  readonly itemId: number
  readonly isVariation: boolean
  readonly sku: string
  readonly name: string
  /** '颜色:苔绿;尺寸:1.8m'; empty for a simple product. */
  readonly specification: string
  readonly quantity: number
  /** Before discounts, without tax. */
  readonly subtotal: number
  readonly subtotalTax: number
  /** After discounts, without tax. */
  readonly total: number
  readonly totalTax: number
  /** Pieces taken off the shelf for this line and not put back. */
  readonly taken: number
}

export interface Charge {
  readonly id: number
  readonly total: number
  readonly tax: number
}
export interface Fee {
  readonly id: number
  readonly name: string
  readonly total: number
}

export interface Refund {
  readonly id: number
  readonly at: number
  readonly amount: number
  readonly reason: string
  /** The gateway paid the money back. */
  readonly isPaidBack: boolean
  readonly lines: readonly RefundLine[]
}
export interface RefundLine {
  readonly id: number
  readonly lineId: number
  readonly quantity: number
  readonly total: number
  readonly tax: number
}
export interface Asking {
  readonly lineId: number | null
  readonly amount: number
}

export interface Tracking {
  /** 32 hexadecimal digits. */
  readonly id: string
  /** A carrier of the extension's list, or empty. */
  readonly provider: string
  readonly customProvider: string
  /** With %1$s in the place of the number. */
  readonly customLink: string
  readonly number: string
  /** Midnight of the day, UTC. */
  readonly shippedAt: number
  readonly byApi: boolean
  readonly at: number
}

export interface Meta {
  readonly id: number
  readonly key: string
  readonly value: unknown
}

export interface Note {
  readonly id: number
  readonly at: number
  readonly text: string
  readonly isForCustomer: boolean
  readonly byApi: boolean
}

export type Backorders = 'no' | 'notify' | 'yes'

/** What can be bought: a simple product, or one variation of a variable product. */
export interface Good {
  /** Id of the variation, or of the simple product itself. */
  readonly id: number
  readonly itemId: number
  readonly isVariation: boolean
  readonly sku: string
  readonly specification: string
  readonly product: string
  readonly price: number
  /** Null while the shop does not manage its stock. */
  readonly quantity: number | null
  /** What the shop owner set by hand; counts only while stock is not managed. */
  readonly statusByHand: 'instock' | 'outofstock' | 'onbackorder'
  readonly backorders: Backorders
  readonly createdAt: number
  readonly modifiedAt: number
  readonly pushes: number
  readonly pushedAt: number | null
}

/** A product as the shop lists it. */
export interface Item {
  readonly id: number
  readonly name: string
  readonly product: string
  readonly isVariable: boolean
  readonly goodIds: readonly number[]
  readonly createdAt: number
  readonly modifiedAt: number
}

export interface Webhook {
  readonly id: number
  readonly name: string
  readonly status: 'active' | 'paused' | 'disabled'
  readonly topic: string
  readonly deliveryUrl: string
  readonly secret: string
  readonly createdAt: number
  readonly modifiedAt: number
  /** Deliveries in a row that were not answered by 2xx. */
  readonly failures: number
}
