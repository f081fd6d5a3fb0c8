/** Money in whole fen, instants in epoch milliseconds cut to the second: the platform shows no finer. Source: own-site.md 3. */
export interface Order {
  readonly no: number
  /** Place among all orders, from 0. */
  readonly place: number
  /** '#2001'. */
  readonly name: string
  readonly createdAt: number
  updatedAt: number
  /** The exact time of the last change, for `/_sim/orders?since`. */
  touchedAt: number
  /** When it was paid in full. */
  paidAt: number | null
  cancelledAt: number | null
  closedAt: number | null
  /** Before refunds, which make it PARTIALLY_REFUNDED and REFUNDED. */
  payment: Payment
  readonly isTest: boolean
  note: string
  attributes: readonly Attribute[]
  metafields: readonly Metafield[]
  receiver: Receiver
  readonly lines: readonly Line[]
  readonly freightFen: number
  readonly taxesIncluded: boolean
  readonly taxPercent: number
  readonly fulfilmentOrders: readonly FulfilmentOrder[]
  readonly fulfilments: Fulfilment[]
  readonly refunds: Refund[]
  /** What the buyer wants back by word of mouth: the platform knows nothing of it but the tag and the hold that the merchant sets. */
  asked: { readonly lineNo: number | null; readonly amountFen: number | null } | null
  /** The merchant's page says OPEN where others say UNFULFILLED. */
  saysOpen: boolean
}

/** What has been paid, refunds aside. */
export type Payment = 'PENDING' | 'AUTHORIZED' | 'EXPIRED' | 'PARTIALLY_PAID' | 'PAID' | 'VOIDED'

/** `customAttributes`: a word of whoever writes it. */
export interface Attribute {
  readonly key: string
  readonly value: string
}
/** A field that an app adds. */
export interface Metafield {
  readonly namespace: string
  readonly key: string
  readonly type: string
  readonly value: string
}

/** Who gets the parcel. Source: own-site.md 3, 8. */
export interface Receiver {
  readonly name: string
  /** Without +86. */
  readonly phone: string
  readonly province: string
  readonly city: string
  readonly district: string
  /** Begins with the district: the platform has no field for it. */
  readonly address1: string
  readonly address2: string
  readonly zip: string
}

/** Pieces of one variant; sums are of the whole line. */
export interface Line {
  readonly no: number
  readonly sku: string
  readonly variantNo: number
  readonly productNo: number
  readonly title: string
  /** Null where the product has one variant alone. */
  readonly variantTitle: string | null
  readonly quantity: number
  readonly unitFen: number
  /** Off this line, told by every sum. */
  readonly ownDiscountFen: number
  /** Its part of a code's discount, told where code discounts are asked for. */
  readonly codeDiscountFen: number
  /** On the whole line; on top of the price unless taxes are included. */
  readonly taxFen: number
}

/** `FulfillmentOrder.status`. */
export type FulfilmentOrderStatus = 'OPEN' | 'IN_PROGRESS' | 'ON_HOLD' | 'SCHEDULED' | 'CLOSED' | 'CANCELLED'

/** What one location has to send of an order. */
export interface FulfilmentOrder {
  readonly no: number
  readonly locationNo: number
  status: FulfilmentOrderStatus
  readonly lines: readonly FulfilmentOrderLine[]
}
/** Pieces of a line at one location, in all and still to be sent. */
export interface FulfilmentOrderLine {
  readonly no: number
  readonly lineNo: number
  readonly total: number
  remaining: number
}

/** What is known of a parcel on its way. */
export interface Tracking {
  readonly number: string | null
  readonly company: string | null
  readonly url: string | null
}
/** A parcel. */
export interface Fulfilment {
  readonly no: number
  readonly name: string
  readonly locationNo: number
  readonly createdAt: number
  updatedAt: number
  tracking: Tracking
  deliveredAt: number | null
  readonly lines: readonly LineQuantity[]
}
/** Pieces of a line. */
export interface LineQuantity {
  readonly lineNo: number
  readonly quantity: number
}

/** Money that went back. */
export interface Refund {
  readonly no: number
  readonly at: number
  readonly note: string
  readonly amountFen: number
  /** The part of the amount that is freight. */
  readonly freightFen: number
  /** Pieces taken off the order by it. */
  readonly pieces: readonly RefundPiece[]
  /** Which lines the money was for, as far as anybody knows; the platform tells it by `pieces` alone. */
  readonly shares: readonly { readonly lineNo: number; readonly fen: number }[]
}
/** Pieces and what they had cost. */
export interface RefundPiece extends LineQuantity {
  readonly subtotalFen: number
  readonly taxFen: number
  /** CANCEL: it had not left and goes back on the shelf; RETURN: it comes back, too; NO_RESTOCK: it does not. */
  readonly restock: 'CANCEL' | 'RETURN' | 'NO_RESTOCK'
}

/** A product with its variants; `handle` is the word that listings share. */
export interface Product {
  readonly no: number
  readonly handle: string
  title: string
  updatedAt: number
  readonly goods: Good[]
}

/** A variant with its inventory item. */
export interface Good {
  readonly variantNo: number
  readonly itemNo: number
  readonly product: Product
  readonly sku: string
  /** '颜色:苔绿;尺寸:1.8m'; empty for a product with one variant alone. */
  specification: string
  priceFen: number
  /** On sale at the main location; never below 0. */
  available: number
  /** Sold and not sent. */
  committed: number
  updatedAt: number
  /** How often its stock was set from outside, and when last. */
  pushes: number
  pushedAt: number | null
}

/** Where pieces leave from. Only the first keeps stock; the second sends what the first has sold. */
export const locations = [
  { no: 31, name: '木白家居 总仓' },
  { no: 32, name: '木白家居 门店' },
] as const

/** The number of the location that keeps stock. */
export const mainLocation = locations[0].no
