/** Money in whole fen, instants in epoch milliseconds. Source of every shape: own-site.md 6.2 [rule]. */
export interface Order {
  readonly id: string
  readonly number: string
  readonly status: OrderStatus
  readonly placedAt: number
  readonly paidAt: number | null
  readonly modifiedAt: number
  readonly amounts: Amounts
  readonly receiver: Receiver
  readonly lines: readonly Line[]
  readonly refunds: readonly Refund[]
  readonly shipments: readonly Shipment[]
  readonly note: string
}

export type OrderStatus = 'unpaid' | 'paid' | 'partially_shipped' | 'shipped' | 'completed' | 'cancelled' | 'refunded'

/** total = goods - discount + shipping + extra + tax = Σ line paid + shipping + extra. */
export interface Amounts {
  readonly goods: number
  readonly discount: number
  readonly shipping: number
  readonly extra: number
  readonly tax: number
  readonly total: number
}

export interface Receiver {
  readonly name: string
  readonly phone: string
  readonly province: string
  readonly city: string
  readonly district: string
  readonly address: string
  readonly zip: string
}

export interface Line {
  readonly id: string
  readonly sku: string
  readonly name: string
  /** Empty when the good has no specification. */
  readonly spec: string
  readonly quantity: number
  /** Price of the whole line before discounts. */
  readonly list: number
  /** What the whole line cost after discounts, tax included. */
  readonly paid: number
}

export interface Refund {
  readonly id: string
  readonly amount: number
  readonly reason: string
  /** The sheet names no words for this field; these four are [assumed]. */
  readonly status: 'requested' | 'success' | 'rejected' | 'closed'
  /** The line it is for; the contract does not tell it, the shop knows. */
  readonly lineId: string | null
}

export interface Shipment {
  readonly id: string
  readonly carrier: string
  readonly carrierName: string | null
  readonly trackingNo: string
  readonly shippedAt: number
  readonly lines: readonly LineQuantity[]
}
export interface LineQuantity {
  readonly id: string
  readonly quantity: number
}

/** A SKU as the shop offers it. */
export interface Good {
  /** The shop's own key, not the SKU. */
  readonly id: string
  readonly sku: string
  readonly name: string
  readonly spec: string
  readonly product: string
  readonly price: number
  readonly available: number
  readonly modifiedAt: number
  /** How often the stock was set from outside, and when last. */
  readonly pushes: number
  readonly pushedAt: number | null
}

export type EventType =
  | 'order.created'
  | 'order.paid'
  | 'order.updated'
  | 'order.cancelled'
  | 'refund.created'
  | 'refund.updated'
