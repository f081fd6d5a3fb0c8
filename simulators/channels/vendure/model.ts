/** Money in whole fen, instants in epoch milliseconds. Source: own-site.md 4 [sdk V]. */
export interface Order {
  readonly no: number
  /** 'T3Q8ZKX1P0LM': what the buyer knows. */
  readonly code: string
  /** When the cart was begun. */
  readonly createdAt: number
  /** Null for a cart. */
  readonly placedAt: number | null
  updatedAt: number
  phase: Phase
  receiver: Receiver
  /** What the buyer wrote: a custom field of the shop's own, which no field of the core tells [assumed]. */
  note: string
  readonly lines: readonly Line[]
  readonly surcharges: readonly Surcharge[]
  readonly couponCodes: readonly string[]
  readonly freightFen: number
  /** The freight was cancelled as well. */
  isFreightCancelled: boolean
  payments: Payment[]
  readonly refunds: Refund[]
  readonly fulfilments: Fulfilment[]
  readonly history: HistoryEntry[]
  /** The state that history told last. */
  toldState: string
  /** What the buyer wants back by word of mouth: the platform knows nothing of it but that the merchant holds the order. */
  asked: { readonly lineNo: number | null; readonly amountFen: number | null } | null
}

/** An order's state as far as its parcels do not decide: PaymentSettled stands for whatever they say. */
export type Phase =
  | 'Created'
  | 'Draft'
  | 'AddingItems'
  | 'ArrangingPayment'
  | 'PaymentAuthorized'
  | 'PaymentSettled'
  | 'Modifying'
  | 'ArrangingAdditionalPayment'
  | 'Cancelled'

/** Who gets the parcel. */
export interface Receiver {
  readonly name: string
  readonly phone: string
  readonly province: string
  readonly city: string
  readonly district: string
  /** Begins with the district: the platform has no field for it. */
  readonly street1: string
  readonly street2: string
  readonly zip: string
}

/** Pieces of one variant; sums are of all pieces that were ordered. */
export interface Line {
  readonly no: number
  readonly variantNo: number
  readonly placed: number
  readonly unitFen: number
  readonly lineDiscountFen: number
  /** Its part of a discount on the whole order. */
  readonly orderDiscountFen: number
  /** Within every price. */
  readonly taxPercent: number
  /** Pieces cancelled since. */
  cancelled: number
}

/** A charge that is no goods. */
export interface Surcharge {
  readonly no: number
  readonly description: string
  readonly fen: number
}

/** One attempt to pay. Words of the state: own-site.md 4 names Settled, the others are [assumed]. */
export interface Payment {
  readonly no: number
  readonly method: string
  readonly amountFen: number
  readonly transactionId: string
  readonly createdAt: number
  updatedAt: number
  state: 'Authorized' | 'Settled' | 'Declined' | 'Cancelled'
}

/** Words of `Refund.state`. */
export type RefundState = 'Pending' | 'Settled' | 'Failed'

/** Money that goes back from a payment. */
export interface Refund {
  readonly no: number
  readonly paymentNo: number
  readonly createdAt: number
  updatedAt: number
  state: RefundState
  transactionId: string | null
  readonly reason: string | null
  readonly totalFen: number
  /** What the named pieces had cost. */
  readonly itemsFen: number
  readonly freightFen: number
  readonly lines: readonly LineQuantity[]
  /** Which lines the money was for, as far as anybody knows; the platform tells it by `lines` alone. */
  readonly shares: readonly { readonly lineNo: number; readonly fen: number }[]
}
/** Pieces of a line. */
export interface LineQuantity {
  readonly lineNo: number
  readonly quantity: number
}

/** Words of `Fulfillment.state`. */
export type FulfilmentState = 'Created' | 'Pending' | 'Shipped' | 'Delivered' | 'Cancelled'

/** A parcel. */
export interface Fulfilment {
  readonly no: number
  readonly createdAt: number
  updatedAt: number
  state: FulfilmentState
  readonly method: string
  readonly trackingCode: string | null
  readonly lines: readonly LineQuantity[]
}

/** Something that was done to an order, or said of it. */
export interface HistoryEntry {
  readonly no: number
  readonly type: 'ORDER_NOTE' | 'ORDER_STATE_TRANSITION' | 'ORDER_PAYMENT_TRANSITION' | 'ORDER_REFUND_TRANSITION'
  readonly createdAt: number
  updatedAt: number
  isPublic: boolean
  data: Readonly<Record<string, unknown>>
}

/** A product; `slug` is the word that listings share. */
export interface Product {
  readonly no: number
  readonly slug: string
  readonly createdAt: number
  title: string
  updatedAt: number
  readonly goods: Good[]
}

/** A variant. Stock is that of the main location. */
export interface Good {
  readonly no: number
  readonly product: Product
  readonly sku: string
  readonly createdAt: number
  /** '颜色:苔绿;尺寸:1.8m'; empty where the product has one variant alone. */
  specification: string
  priceFen: number
  isEnabled: boolean
  /** Pieces that are there. */
  onHand: number
  /** Pieces sold and not sent. */
  allocated: number
  updatedAt: number
  /** How often its stock was set from outside, and when last. */
  pushes: number
  pushedAt: number | null
}

/** What everything is paid in. */
export const usualCurrency = 'CNY'

/** Where stock lies. Only the first has any; goods have a level of nothing at the second. */
export const locations = [
  { no: 1, name: '木白家居 总仓' },
  { no: 2, name: '木白家居 门店' },
] as const

/** The number of the location that keeps stock. */
export const mainLocation = locations[0].no
