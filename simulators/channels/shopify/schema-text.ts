/** Arguments of every list that is paged. */
const paged = 'first: Int, after: String, last: Int, before: String'

/** The questions, and what no one part owns. The names of types and fields are Shopify's. Source: own-site.md 3 [doc]. */
export const rootPart = `
  scalar DateTime scalar Decimal scalar Money scalar URL scalar UnsignedInt64 scalar CountryCode scalar CurrencyCode
  directive @include(if: Boolean!) directive @skip(if: Boolean!)
  interface Node { id: ID! }
  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type MoneyV2 { amount: Decimal! currencyCode: CurrencyCode! }
  type MoneyBag { shopMoney: MoneyV2! presentmentMoney: MoneyV2! }
  type Count { count: Int! precision: String! }
  type Attribute { key: String! value: String }
  type ShopDomain { host: String! url: URL! sslEnabled: Boolean! }
  type Shop implements Node {
    id: ID! name: String! myshopifyDomain: String! primaryDomain: ShopDomain! url: URL! currencyCode: CurrencyCode! ianaTimezone: String!
    timezoneOffset: String! taxesIncluded: Boolean! email: String!
  }
  enum OrderSortKeys { CREATED_AT PROCESSED_AT UPDATED_AT ID ORDER_NUMBER }
  type QueryRoot {
    shop: Shop!
    node(id: ID!): Node
    nodes(ids: [ID!]!): [Node]!
    order(id: ID!): Order
    orders(${paged}, query: String, sortKey: OrderSortKeys = PROCESSED_AT, reverse: Boolean = false): OrderConnection!
    ordersCount(query: String, limit: Int = 10000): Count
    fulfillmentOrder(id: ID!): FulfillmentOrder
    fulfillment(id: ID!): Fulfillment
    refund(id: ID!): Refund
    product(id: ID!): Product
    products(${paged}, query: String, reverse: Boolean = false): ProductConnection!
    productVariant(id: ID!): ProductVariant
    productVariants(${paged}, query: String, reverse: Boolean = false): ProductVariantConnection!
    inventoryItem(id: ID!): InventoryItem
    location(id: ID): Location
    locations(${paged}): LocationConnection!
  }`

/** Orders, parcels and refunds. */
export const ordersPart = `
  enum OrderDisplayFinancialStatus { PENDING AUTHORIZED EXPIRED PARTIALLY_PAID PAID PARTIALLY_REFUNDED REFUNDED VOIDED }
  enum OrderDisplayFulfillmentStatus { UNFULFILLED OPEN ON_HOLD SCHEDULED IN_PROGRESS PARTIALLY_FULFILLED FULFILLED }
  type TaxLine { title: String! rate: Float ratePercentage: Float priceSet: MoneyBag! }
  type DiscountAllocation { allocatedAmountSet: MoneyBag! }
  type Metafield { namespace: String! key: String! type: String! value: String! }
  type MailingAddress {
    name: String firstName: String lastName: String company: String phone: String country: String countryCodeV2: CountryCode
    province: String provinceCode: String city: String address1: String address2: String zip: String
  }
  type ShippingLine {
    id: ID title: String! originalPriceSet: MoneyBag! discountedPriceSet: MoneyBag! taxLines: [TaxLine!]!
  }
  type Order implements Node {
    id: ID! legacyResourceId: UnsignedInt64! name: String! createdAt: DateTime! processedAt: DateTime! updatedAt: DateTime!
    cancelledAt: DateTime cancelReason: String closedAt: DateTime closed: Boolean! test: Boolean! note: String tags: [String!]!
    email: String phone: String currencyCode: CurrencyCode! taxesIncluded: Boolean! fullyPaid: Boolean! discountCodes: [String!]!
    displayFinancialStatus: OrderDisplayFinancialStatus displayFulfillmentStatus: OrderDisplayFulfillmentStatus!
    subtotalPriceSet: MoneyBag totalDiscountsSet: MoneyBag totalShippingPriceSet: MoneyBag! totalTaxSet: MoneyBag totalPriceSet: MoneyBag!
    totalRefundedSet: MoneyBag! totalRefundedShippingSet: MoneyBag! totalReceivedSet: MoneyBag! netPaymentSet: MoneyBag!
    taxLines: [TaxLine!]! shippingAddress: MailingAddress customAttributes: [Attribute!]!
    metafield(namespace: String, key: String!): Metafield
    shippingLines(${paged}): ShippingLineConnection!
    lineItems(${paged}): LineItemConnection!
    fulfillmentOrders(${paged}): FulfillmentOrderConnection!
    fulfillments(first: Int): [Fulfillment!]!
    refunds(first: Int): [Refund!]!
    transactions(first: Int): [OrderTransaction!]!
  }
  type LineItem implements Node {
    id: ID! sku: String title: String! variantTitle: String name: String! quantity: Int! currentQuantity: Int! refundableQuantity: Int!
    unfulfilledQuantity: Int! requiresShipping: Boolean! variant: ProductVariant product: Product originalUnitPriceSet: MoneyBag!
    originalTotalSet: MoneyBag! discountedUnitPriceSet: MoneyBag! totalDiscountSet: MoneyBag!
    discountedTotalSet(withCodeDiscounts: Boolean = false): MoneyBag!
    discountAllocations: [DiscountAllocation!]! taxLines(first: Int): [TaxLine!]! image: Image
  }
  enum FulfillmentOrderStatus { OPEN IN_PROGRESS ON_HOLD SCHEDULED CLOSED CANCELLED }
  type FulfillmentOrderAssignedLocation { name: String! location: Location }
  type FulfillmentHold { reason: String! reasonNotes: String }
  type FulfillmentOrder implements Node {
    id: ID! status: FulfillmentOrderStatus! requestStatus: String! orderId: ID! order: Order! createdAt: DateTime! updatedAt: DateTime!
    assignedLocation: FulfillmentOrderAssignedLocation! fulfillmentHolds: [FulfillmentHold!]!
    lineItems(${paged}): FulfillmentOrderLineItemConnection!
  }
  type FulfillmentOrderLineItem implements Node {
    id: ID! sku: String totalQuantity: Int! remainingQuantity: Int! lineItem: LineItem!
  }
  type FulfillmentTrackingInfo { number: String company: String url: URL }
  type FulfillmentLineItem { id: ID! quantity: Int lineItem: LineItem! }
  type Fulfillment implements Node {
    id: ID! legacyResourceId: UnsignedInt64! name: String! status: String! displayStatus: String createdAt: DateTime! updatedAt: DateTime!
    deliveredAt: DateTime totalQuantity: Int! location: Location order: Order!
    trackingInfo(first: Int): [FulfillmentTrackingInfo!]!
    fulfillmentLineItems(${paged}): FulfillmentLineItemConnection!
  }
  type RefundLineItem {
    quantity: Int! restockType: String! restocked: Boolean! priceSet: MoneyBag! subtotalSet: MoneyBag! totalTaxSet: MoneyBag! lineItem: LineItem!
  }
  type OrderAdjustment { id: ID! reason: String amountSet: MoneyBag! taxAmountSet: MoneyBag! }
  type OrderTransaction {
    id: ID! kind: String! status: String! gateway: String createdAt: DateTime! processedAt: DateTime amountSet: MoneyBag!
  }
  type Refund implements Node {
    id: ID! legacyResourceId: UnsignedInt64! createdAt: DateTime updatedAt: DateTime! note: String totalRefundedSet: MoneyBag! order: Order!
    refundLineItems(${paged}): RefundLineItemConnection!
    orderAdjustments(${paged}): OrderAdjustmentConnection!
    transactions(${paged}): OrderTransactionConnection!
  }`

/** Products and their stock. */
export const cataloguePart = `
  type SelectedOption { name: String! value: String! }
  type Image { id: ID url: URL! }
  type MediaPreviewImage { image: Image }
  type MediaImage { id: ID! preview: MediaPreviewImage }
  type Product implements Node {
    id: ID! legacyResourceId: UnsignedInt64! title: String! handle: String! status: String! createdAt: DateTime! updatedAt: DateTime!
    totalInventory: Int! hasOnlyDefaultVariant: Boolean! featuredMedia: MediaImage
    variants(${paged}): ProductVariantConnection!
  }
  type ProductVariant implements Node {
    id: ID! legacyResourceId: UnsignedInt64! sku: String title: String! displayName: String! price: Money! compareAtPrice: Money barcode: String
    availableForSale: Boolean! inventoryPolicy: String! inventoryQuantity: Int selectedOptions: [SelectedOption!]! createdAt: DateTime!
    updatedAt: DateTime! product: Product! inventoryItem: InventoryItem! image: Image
  }
  type InventoryItem implements Node {
    id: ID! sku: String tracked: Boolean! updatedAt: DateTime! variant: ProductVariant!
    inventoryLevel(locationId: ID!): InventoryLevel
    inventoryLevels(${paged}): InventoryLevelConnection!
  }
  type InventoryQuantity { name: String! quantity: Int! updatedAt: DateTime }
  type InventoryLevel {
    id: ID! updatedAt: DateTime! location: Location! item: InventoryItem! quantities(names: [String!]!): [InventoryQuantity!]!
  }
  type Location implements Node { id: ID! name: String! isActive: Boolean! fulfillsOnlineOrders: Boolean! }`

/** The writes. `hasKeys`: from 2026-01. */
export const writesPart = (hasKeys: boolean) => `
  ${hasKeys ? 'directive @idempotent(key: String!)' : ''}
  type UserError { field: [String!] message: String! }
  type InventorySetQuantitiesUserError { field: [String!] message: String! code: String }
  input FulfillmentOrderLineItemInput { id: ID! quantity: Int! }
  input FulfillmentOrderLineItemsInput { fulfillmentOrderId: ID! fulfillmentOrderLineItems: [FulfillmentOrderLineItemInput!] }
  input FulfillmentTrackingInput { number: String company: String url: URL numbers: [String!] urls: [URL!] }
  input FulfillmentInput {
    lineItemsByFulfillmentOrder: [FulfillmentOrderLineItemsInput!]! notifyCustomer: Boolean = false trackingInfo: FulfillmentTrackingInput
  }
  type FulfillmentCreatePayload { fulfillment: Fulfillment userErrors: [UserError!]! }
  type FulfillmentTrackingInfoUpdatePayload { fulfillment: Fulfillment userErrors: [UserError!]! }
  input InventoryQuantityInput {
    inventoryItemId: ID! locationId: ID! quantity: Int! ${hasKeys ? 'changeFromQuantity: Int' : 'compareQuantity: Int'}
  }
  input InventorySetQuantitiesInput {
    name: String! reason: String! referenceDocumentUri: String ${hasKeys ? '' : 'ignoreCompareQuantity: Boolean = false'}
    quantities: [InventoryQuantityInput!]!
  }
  type InventoryChange { name: String! delta: Int! quantityAfterChange: Int item: InventoryItem location: Location }
  type InventoryAdjustmentGroup {
    id: ID! createdAt: DateTime! reason: String! referenceDocumentUri: String changes(quantityNames: [String!]): [InventoryChange!]!
  }
  type InventorySetQuantitiesPayload {
    inventoryAdjustmentGroup: InventoryAdjustmentGroup userErrors: [InventorySetQuantitiesUserError!]!
  }
  enum RefundLineItemRestockType { CANCEL RETURN NO_RESTOCK }
  enum OrderTransactionKind { REFUND }
  input RefundLineItemInput { lineItemId: ID! quantity: Int! restockType: RefundLineItemRestockType locationId: ID }
  input OrderTransactionInput { amount: Money! gateway: String kind: OrderTransactionKind! orderId: ID! parentId: ID }
  input ShippingRefundInput { amount: Money fullRefund: Boolean }
  input RefundInput {
    orderId: ID! note: String notify: Boolean = false shipping: ShippingRefundInput refundLineItems: [RefundLineItemInput!]
    transactions: [OrderTransactionInput!]
  }
  type RefundCreatePayload { refund: Refund order: Order userErrors: [UserError!]! }
  input AttributeInput { key: String! value: String! }
  input MetafieldInput { namespace: String key: String type: String value: String }
  input OrderInput { id: ID! note: String customAttributes: [AttributeInput!] metafields: [MetafieldInput!] }
  type OrderUpdatePayload { order: Order userErrors: [UserError!]! }
  type Mutation {
    fulfillmentCreate(fulfillment: FulfillmentInput!, message: String): FulfillmentCreatePayload
    fulfillmentTrackingInfoUpdate(
      fulfillmentId: ID!, trackingInfoInput: FulfillmentTrackingInput!, notifyCustomer: Boolean
    ): FulfillmentTrackingInfoUpdatePayload
    inventorySetQuantities(input: InventorySetQuantitiesInput!): InventorySetQuantitiesPayload
    refundCreate(input: RefundInput!): RefundCreatePayload
    orderUpdate(input: OrderInput!): OrderUpdatePayload
  }`
