/**
 * The part of the Admin API that is played, by the names of its types. Source: own-site.md 4 [sdk V], and the type definitions of
 * `@vendure/core` 3.7.3. Types of list options are made by the server when it starts; `listOptions` makes them here.
 */
export const shopTypes = `
scalar DateTime
scalar JSON
scalar Money
enum LanguageCode { en zh zh_Hans }
enum CurrencyCode { CNY }
enum SortOrder { ASC DESC }
enum LogicalOperator { AND OR }
enum GlobalFlag { TRUE FALSE INHERIT }
enum DeletionResult { DELETED NOT_DELETED }
interface Node { id: ID! }
interface PaginatedList { items: [Node!]! totalItems: Int! }
input StringOperators { eq: String notEq: String contains: String notContains: String in: [String!] notIn: [String!] regex: String isNull: Boolean }
input IDOperators { eq: String notEq: String in: [String!] notIn: [String!] isNull: Boolean }
input BooleanOperators { eq: Boolean isNull: Boolean }
input NumberRange { start: Float! end: Float! }
input NumberOperators { eq: Float lt: Float lte: Float gt: Float gte: Float between: NumberRange isNull: Boolean }
input DateRange { start: DateTime! end: DateTime! }
input DateOperators { eq: DateTime before: DateTime after: DateTime between: DateRange isNull: Boolean }
type DeletionResponse { result: DeletionResult! message: String }
type Seller implements Node { id: ID! createdAt: DateTime! updatedAt: DateTime! name: String! }
type Channel implements Node {
  id: ID! createdAt: DateTime! updatedAt: DateTime! code: String! token: String! defaultLanguageCode: LanguageCode!
  availableLanguageCodes: [LanguageCode!] currencyCode: CurrencyCode! defaultCurrencyCode: CurrencyCode!
  availableCurrencyCodes: [CurrencyCode!]! trackInventory: Boolean outOfStockThreshold: Int pricesIncludeTax: Boolean! seller: Seller
}
type CurrentUserChannel { id: ID! token: String! code: String! permissions: [String!]! }
type CurrentUser { id: ID! identifier: String! channels: [CurrentUserChannel!]! }
type GlobalSettings implements Node {
  id: ID! createdAt: DateTime! updatedAt: DateTime! availableLanguages: [LanguageCode!]! trackInventory: Boolean! outOfStockThreshold: Int!
}
type StockLocation implements Node { id: ID! createdAt: DateTime! updatedAt: DateTime! name: String! description: String! }
type StockLocationList implements PaginatedList { items: [StockLocation!]! totalItems: Int! }
type StockLevel implements Node {
  id: ID! createdAt: DateTime! updatedAt: DateTime! stockLocationId: ID! stockOnHand: Int! stockAllocated: Int! stockLocation: StockLocation!
}
enum AssetType { IMAGE VIDEO BINARY }
type Asset implements Node { id: ID! createdAt: DateTime! updatedAt: DateTime! name: String! type: AssetType! source: String! preview: String! }
type ProductOptionGroup implements Node { id: ID! createdAt: DateTime! updatedAt: DateTime! languageCode: LanguageCode! code: String! name: String! }
type ProductOption implements Node {
  id: ID! createdAt: DateTime! updatedAt: DateTime! languageCode: LanguageCode! code: String! name: String! groupId: ID! group: ProductOptionGroup!
}
type ProductVariantPrice { currencyCode: CurrencyCode! price: Money! }
type ProductVariant implements Node {
  id: ID! createdAt: DateTime! updatedAt: DateTime! product: Product! productId: ID! languageCode: LanguageCode! sku: String! name: String!
  featuredAsset: Asset assets: [Asset!]! price: Money! currencyCode: CurrencyCode! priceWithTax: Money! prices: [ProductVariantPrice!]!
  options: [ProductOption!]! enabled: Boolean! trackInventory: GlobalFlag! stockLevel: String! stockOnHand: Int! stockAllocated: Int!
  outOfStockThreshold: Int! useGlobalOutOfStockThreshold: Boolean! stockLevels: [StockLevel!]!
}
type ProductVariantList implements PaginatedList { items: [ProductVariant!]! totalItems: Int! }
type Product implements Node {
  id: ID! createdAt: DateTime! updatedAt: DateTime! languageCode: LanguageCode! name: String! slug: String! description: String!
  enabled: Boolean! featuredAsset: Asset assets: [Asset!]! variants: [ProductVariant!]! optionGroups: [ProductOptionGroup!]!
  variantList(options: ProductVariantListOptions): ProductVariantList!
}
type ProductList implements PaginatedList { items: [Product!]! totalItems: Int! }
`

/** Orders, their money and their parcels. */
export const orderTypes = `
enum OrderType { Regular Seller Aggregate }
enum AdjustmentType { PROMOTION DISTRIBUTED_ORDER_PROMOTION OTHER }
enum HistoryEntryType { ORDER_STATE_TRANSITION ORDER_PAYMENT_TRANSITION ORDER_REFUND_TRANSITION ORDER_FULFILLMENT ORDER_FULFILLMENT_TRANSITION
  ORDER_CANCELLATION ORDER_NOTE ORDER_MODIFIED ORDER_COUPON_APPLIED ORDER_COUPON_REMOVED ORDER_CUSTOMER_UPDATED }
type Administrator implements Node { id: ID! createdAt: DateTime! updatedAt: DateTime! firstName: String! lastName: String! emailAddress: String! }
type HistoryEntry implements Node {
  id: ID! createdAt: DateTime! updatedAt: DateTime! type: HistoryEntryType! data: JSON! isPublic: Boolean! administrator: Administrator
}
type HistoryEntryList implements PaginatedList { items: [HistoryEntry!]! totalItems: Int! }
type Customer implements Node {
  id: ID! createdAt: DateTime! updatedAt: DateTime! title: String firstName: String! lastName: String! phoneNumber: String emailAddress: String!
}
type OrderAddress {
  fullName: String company: String streetLine1: String streetLine2: String city: String province: String postalCode: String country: String
  countryCode: String phoneNumber: String
}
type Discount { adjustmentSource: String! type: AdjustmentType! description: String! amount: Money! amountWithTax: Money! }
type TaxLine { description: String! taxRate: Float! }
type Surcharge implements Node {
  id: ID! createdAt: DateTime! updatedAt: DateTime! description: String! sku: String price: Money! priceWithTax: Money! taxRate: Float!
}
type ShippingMethod implements Node { id: ID! createdAt: DateTime! updatedAt: DateTime! code: String! name: String! description: String! }
type ShippingLine {
  id: ID! shippingMethod: ShippingMethod! price: Money! priceWithTax: Money! discountedPrice: Money! discountedPriceWithTax: Money!
  discounts: [Discount!]!
}
type OrderLine implements Node {
  id: ID! createdAt: DateTime! updatedAt: DateTime! productVariant: ProductVariant! featuredAsset: Asset unitPrice: Money!
  unitPriceWithTax: Money! discountedUnitPrice: Money! discountedUnitPriceWithTax: Money! proratedUnitPrice: Money!
  proratedUnitPriceWithTax: Money! quantity: Int! orderPlacedQuantity: Int! taxRate: Float! linePrice: Money! linePriceWithTax: Money!
  discountedLinePrice: Money! discountedLinePriceWithTax: Money! proratedLinePrice: Money! proratedLinePriceWithTax: Money! lineTax: Money!
  discounts: [Discount!]! taxLines: [TaxLine!]! fulfillmentLines: [FulfillmentLine!]
}
type RefundLine { orderLine: OrderLine! orderLineId: ID! quantity: Int! refund: Refund! refundId: ID! }
type Refund implements Node {
  id: ID! createdAt: DateTime! updatedAt: DateTime! items: Money! shipping: Money! adjustment: Money! total: Money! method: String
  state: String! transactionId: String reason: String lines: [RefundLine!]! paymentId: ID! metadata: JSON
}
type Payment implements Node {
  id: ID! createdAt: DateTime! updatedAt: DateTime! method: String! amount: Money! state: String! transactionId: String errorMessage: String
  refunds: [Refund!]! metadata: JSON nextStates: [String!]!
}
type FulfillmentLine { orderLine: OrderLine! orderLineId: ID! quantity: Int! fulfillment: Fulfillment! fulfillmentId: ID! }
type Fulfillment implements Node {
  id: ID! createdAt: DateTime! updatedAt: DateTime! lines: [FulfillmentLine!]! summary: [FulfillmentLine!]! state: String! method: String!
  trackingCode: String nextStates: [String!]!
}
type Order implements Node {
  id: ID! createdAt: DateTime! updatedAt: DateTime! type: OrderType! orderPlacedAt: DateTime code: String! state: String! active: Boolean!
  nextStates: [String!]! customer: Customer shippingAddress: OrderAddress billingAddress: OrderAddress lines: [OrderLine!]!
  surcharges: [Surcharge!]! discounts: [Discount!]! couponCodes: [String!]! payments: [Payment!] fulfillments: [Fulfillment!]
  totalQuantity: Int! subTotal: Money! subTotalWithTax: Money! currencyCode: CurrencyCode! shippingLines: [ShippingLine!]!
  shipping: Money! shippingWithTax: Money! total: Money! totalWithTax: Money! history(options: HistoryEntryListOptions): HistoryEntryList!
}
type OrderList implements PaginatedList { items: [Order!]! totalItems: Int! }
`

/** Refusals inside an answer and the questions and deeds that may be asked for. */
export const rootTypes = `
enum ErrorCode { UNKNOWN_ERROR EMPTY_ORDER_LINE_SELECTION_ERROR ITEMS_ALREADY_FULFILLED_ERROR INSUFFICIENT_STOCK_ON_HAND_ERROR
  INVALID_FULFILLMENT_HANDLER_ERROR CREATE_FULFILLMENT_ERROR FULFILLMENT_STATE_TRANSITION_ERROR QUANTITY_TOO_GREAT_ERROR MULTIPLE_ORDER_ERROR
  CANCEL_ACTIVE_ORDER_ERROR ORDER_STATE_TRANSITION_ERROR NOTHING_TO_REFUND_ERROR PAYMENT_ORDER_MISMATCH_ERROR REFUND_ORDER_STATE_ERROR
  ALREADY_REFUNDED_ERROR REFUND_STATE_TRANSITION_ERROR REFUND_AMOUNT_ERROR }
interface ErrorResult { errorCode: ErrorCode! message: String! }
type EmptyOrderLineSelectionError implements ErrorResult { errorCode: ErrorCode! message: String! }
type ItemsAlreadyFulfilledError implements ErrorResult { errorCode: ErrorCode! message: String! }
type InvalidFulfillmentHandlerError implements ErrorResult { errorCode: ErrorCode! message: String! }
type QuantityTooGreatError implements ErrorResult { errorCode: ErrorCode! message: String! }
type MultipleOrderError implements ErrorResult { errorCode: ErrorCode! message: String! }
type NothingToRefundError implements ErrorResult { errorCode: ErrorCode! message: String! }
type PaymentOrderMismatchError implements ErrorResult { errorCode: ErrorCode! message: String! }
type CreateFulfillmentError implements ErrorResult { errorCode: ErrorCode! message: String! fulfillmentHandlerError: String! }
type CancelActiveOrderError implements ErrorResult { errorCode: ErrorCode! message: String! orderState: String! }
type RefundOrderStateError implements ErrorResult { errorCode: ErrorCode! message: String! orderState: String! }
type AlreadyRefundedError implements ErrorResult { errorCode: ErrorCode! message: String! refundId: ID! }
type RefundAmountError implements ErrorResult { errorCode: ErrorCode! message: String! maximumRefundable: Int! }
type InsufficientStockOnHandError implements ErrorResult {
  errorCode: ErrorCode! message: String! productVariantId: ID! productVariantName: String! stockOnHand: Int!
}
type OrderStateTransitionError implements ErrorResult { errorCode: ErrorCode! message: String! transitionError: String! fromState: String! toState: String! }
type FulfillmentStateTransitionError implements ErrorResult { errorCode: ErrorCode! message: String! transitionError: String! fromState: String! toState: String! }
type RefundStateTransitionError implements ErrorResult { errorCode: ErrorCode! message: String! transitionError: String! fromState: String! toState: String! }
union AddFulfillmentToOrderResult = Fulfillment | EmptyOrderLineSelectionError | ItemsAlreadyFulfilledError | InsufficientStockOnHandError
  | InvalidFulfillmentHandlerError | FulfillmentStateTransitionError | CreateFulfillmentError
union TransitionFulfillmentToStateResult = Fulfillment | FulfillmentStateTransitionError
union CancelOrderResult = Order | EmptyOrderLineSelectionError | QuantityTooGreatError | MultipleOrderError | CancelActiveOrderError
  | OrderStateTransitionError
union RefundOrderResult = Refund | QuantityTooGreatError | NothingToRefundError | OrderStateTransitionError | MultipleOrderError
  | PaymentOrderMismatchError | RefundOrderStateError | AlreadyRefundedError | RefundStateTransitionError | RefundAmountError
union SettleRefundResult = Refund | RefundStateTransitionError
input OrderLineInput { orderLineId: ID! quantity: Int! }
input ConfigArgInput { name: String! value: String! }
input ConfigurableOperationInput { code: String! arguments: [ConfigArgInput!]! }
input FulfillOrderInput { lines: [OrderLineInput!]! handler: ConfigurableOperationInput! }
input CancelOrderInput { orderId: ID! lines: [OrderLineInput!] cancelShipping: Boolean reason: String }
input RefundOrderInput { lines: [OrderLineInput!] shipping: Money adjustment: Money amount: Money paymentId: ID! reason: String }
input SettleRefundInput { id: ID! transactionId: String! }
input AddNoteToOrderInput { id: ID! note: String! isPublic: Boolean! }
input UpdateOrderNoteInput { noteId: ID! note: String isPublic: Boolean }
input StockLevelInput { stockLocationId: ID! stockOnHand: Int! }
input UpdateProductVariantInput { id: ID! enabled: Boolean price: Money stockOnHand: Int stockLevels: [StockLevelInput!] }
type Query {
  me: CurrentUser
  activeChannel: Channel!
  globalSettings: GlobalSettings!
  order(id: ID!): Order
  orders(options: OrderListOptions): OrderList!
  product(id: ID, slug: String): Product
  products(options: ProductListOptions): ProductList!
  productVariant(id: ID!): ProductVariant
  productVariants(options: ProductVariantListOptions, productId: ID): ProductVariantList!
  stockLocation(id: ID!): StockLocation
  stockLocations(options: StockLocationListOptions): StockLocationList!
}
type Mutation {
  addFulfillmentToOrder(input: FulfillOrderInput!): AddFulfillmentToOrderResult!
  transitionFulfillmentToState(id: ID!, state: String!): TransitionFulfillmentToStateResult!
  cancelOrder(input: CancelOrderInput!): CancelOrderResult!
  refundOrder(input: RefundOrderInput!): RefundOrderResult!
  settleRefund(input: SettleRefundInput!): SettleRefundResult!
  addNoteToOrder(input: AddNoteToOrderInput!): Order!
  updateOrderNote(input: UpdateOrderNoteInput!): HistoryEntry!
  deleteOrderNote(id: ID!): DeletionResponse!
  updateProductVariant(input: UpdateProductVariantInput!): ProductVariant!
  updateProductVariants(input: [UpdateProductVariantInput!]!): [ProductVariant]!
}
`
