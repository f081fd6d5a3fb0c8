/** Money in whole fen, instants in epoch milliseconds. Names of fields on the wire: own-site.md 5 [sdk M]. */
export interface Order {
  readonly id: string
  /** What people know the order by. */
  readonly displayId: number
  readonly status: OrderStatus
  /** Where its payment stands, refunds aside. */
  readonly payment: PaymentStage
  readonly capturedFen: number
  /** When all of it was captured. */
  readonly capturedAt: number | null
  readonly createdAt: number
  readonly updatedAt: number
  readonly canceledAt: number | null
  readonly email: string
  readonly receiver: Receiver
  readonly metadata: Metadata
  readonly lines: readonly Line[]
  readonly shipping: Charge
  readonly isTaxInclusive: boolean
  readonly promotion: string | null
  readonly collectionId: string
  readonly paymentId: string
  readonly refunds: readonly Refund[]
  readonly fulfilments: readonly Fulfilment[]
  readonly returns: readonly Return[]
}

export type Metadata = Readonly<Record<string, unknown>>

export const orderStatuses = ['pending', 'completed', 'draft', 'archived', 'canceled', 'requires_action'] as const
export type OrderStatus = (typeof orderStatuses)[number]

export const paymentStages = [
  'not_paid',
  'awaiting',
  'authorized',
  'partially_authorized',
  'captured',
  'partially_captured',
  'canceled',
  'requires_action',
] as const
export type PaymentStage = (typeof paymentStages)[number]

/** Whom it goes to, as it truly is, and how the form was filled in. */
export interface Receiver {
  readonly name: string
  readonly phone: string
  readonly province: string
  readonly city: string
  readonly district: string
  /** The whole address below the city; begins with the district. */
  readonly address: string
  readonly zip: string
  /** False: the whole name stands in `first_name`. */
  readonly isNameSplit: boolean
  readonly hasCountryCode: boolean
}

/** What a line or the freight costs: before discounts and after, tax included and the tax in it. */
export interface Amounts {
  readonly originalFen: number
  readonly originalTaxFen: number
  readonly totalFen: number
  readonly taxFen: number
}
export interface Charge extends Amounts {
  readonly id: string
}

export interface Line extends Amounts {
  readonly id: string
  readonly productId: string
  readonly variantId: string
  readonly sku: string
  readonly title: string
  /** '颜色:苔绿;尺寸:1.8m'; empty for a product without options. */
  readonly specification: string
  readonly quantity: number
  readonly unitPriceFen: number
  /** Pieces still reserved for it at the location. */
  readonly reserved: number
  readonly writtenOff: number
  readonly returnReceived: number
}

export interface Refund {
  readonly id: string
  readonly at: number
  readonly amountFen: number
  readonly note: string
  /** The line it is for; the platform does not tell it, the merchant knows. */
  readonly lineId: string | null
}

export interface Pieces {
  readonly lineId: string
  readonly quantity: number
}

export interface Fulfilment {
  readonly id: string
  readonly locationId: string
  readonly pieces: readonly Pieces[]
  readonly labels: readonly Label[]
  readonly metadata: Metadata | null
  readonly createdAt: number
  readonly updatedAt: number
  readonly shippedAt: number | null
  readonly deliveredAt: number | null
  readonly canceledAt: number | null
  /** The shipment was told from outside. */
  readonly isReported: boolean
}
export interface Label {
  readonly id: string
  readonly trackingNumber: string
  readonly trackingUrl: string
  readonly labelUrl: string
}

export const returnStatuses = ['open', 'requested', 'partially_received', 'received', 'canceled'] as const
export type ReturnStatus = (typeof returnStatuses)[number]

export interface Return {
  readonly id: string
  readonly displayId: number
  readonly status: ReturnStatus
  readonly pieces: readonly ReturnedPieces[]
  readonly amountFen: number
  readonly requestedAt: number
  readonly receivedAt: number | null
  readonly canceledAt: number | null
}

export interface ReturnedPieces extends Pieces {
  /** How many of them have come back. */
  readonly received: number
}

/** A variant; exactly one inventory item stands behind it. */
export interface Good {
  readonly variantId: string
  readonly productId: string
  readonly inventoryId: string
  readonly sku: string
  readonly specification: string
  readonly priceFen: number
  readonly createdAt: number
  readonly updatedAt: number
  /** How often the stock at our location was set from outside, and when last. */
  readonly pushes: number
  readonly pushedAt: number | null
  /** By location. */
  readonly levels: ReadonlyMap<string, Level>
}
export interface Level {
  readonly id: string
  readonly locationId: string
  readonly stocked: number
  readonly reserved: number
  readonly createdAt: number
  readonly updatedAt: number
}

export interface Product {
  readonly id: string
  /** The word that listings of one product share. */
  readonly word: string
  readonly title: string
  readonly variantIds: readonly string[]
  readonly createdAt: number
  readonly updatedAt: number
}

export type EventType =
  | 'order.placed'
  | 'order.updated'
  | 'order.canceled'
  | 'order.completed'
  | 'payment.captured'
  | 'payment.refunded'
  | 'inventory.updated'
