/**
 * What is asked of Shopify, as text. Fields, arguments and mutations are those of own-site.md 3 and its samples [doc S]; further fields of the
 * same objects, which the sheet does not name, are [assumed] and read as if they might be absent.
 */

/** How many rows of each list inside an order are asked for. */
interface Sizes {
  readonly lines: number
  readonly fulfilmentOrders: number
  readonly fulfilments: number
  readonly refunds: number
}

/** Points grow with what is asked for and not with what is there, so a page asks little; what does not fit is asked for alone. [assumed] */
const usual: Sizes = { lines: 20, fulfilmentOrders: 4, fulfilments: 5, refunds: 4 }
const large: Sizes = { lines: 100, fulfilmentOrders: 10, fulfilments: 20, refunds: 20 }

export const ordersPerPage = 10
export const variantsPerPage = 50

const money = (name: string, args = '') => `${name}${args}{shopMoney{amount currencyCode}}`
const more = 'pageInfo{hasNextPage}'

function orderFields({ lines, fulfilmentOrders, fulfilments, refunds }: Sizes): string {
  return `id name createdAt processedAt updatedAt cancelledAt closedAt test note currencyCode taxesIncluded
    displayFinancialStatus displayFulfillmentStatus
    ${money('totalDiscountsSet')} ${money('totalShippingPriceSet')} ${money('totalPriceSet')} ${money('totalRefundedSet')}
    shippingAddress{name firstName lastName phone country province city address1 address2 zip}
    shippingLines(first:3){nodes{${money('discountedPriceSet')} taxLines{${money('priceSet')}}}}
    transactions(first:5){kind status processedAt}
    lineItems(first:${lines}){${more} nodes{id sku name title variantTitle quantity currentQuantity variant{id} product{id} image{url}
      ${money('originalTotalSet')} ${money('discountedTotalSet', '(withCodeDiscounts:true)')} taxLines{${money('priceSet')}}}}
    fulfillmentOrders(first:${fulfilmentOrders}){${more} nodes{id status assignedLocation{location{id}}
      lineItems(first:${lines}){${more} nodes{id remainingQuantity lineItem{id}}}}}
    fulfillments(first:${fulfilments}){id status deliveredAt trackingInfo{number company url}
      fulfillmentLineItems(first:${lines}){${more} nodes{quantity lineItem{id}}}}
    refunds(first:${refunds}){id createdAt updatedAt note ${money('totalRefundedSet')}
      refundLineItems(first:${lines}){${more} nodes{quantity restockType ${money('subtotalSet')} ${money('totalTaxSet')} lineItem{id}}}
      transactions(first:3){nodes{status}}}`
}

/** Lists without a page mark of their own may go on where they are full. */
export const unmarkedSizes = { usual, large } as const
export type Depth = keyof typeof unmarkedSizes

export const ordersQuery = `query Orders($first:Int!,$after:String,$q:String){
  orders(first:$first, after:$after, query:$q, sortKey:UPDATED_AT){ pageInfo{hasNextPage endCursor}
    nodes{ ${orderFields(usual)} } } }`

export const orderQuery: Readonly<Record<Depth, string>> = {
  usual: `query Order($id:ID!){ order(id:$id){ ${orderFields(usual)} } }`,
  large: `query Order($id:ID!){ order(id:$id){ ${orderFields(large)} } }`,
}

export const shopQuery = 'query Shop{ shop{ name myshopifyDomain } }'

export const variantsQuery = `query Variants($first:Int!,$after:String){
  productVariants(first:$first, after:$after){ pageInfo{hasNextPage endCursor}
    nodes{ id sku barcode title price inventoryQuantity updatedAt selectedOptions{name value}
      product{ id title status featuredMedia{preview{image{url}}} } } } }`

export const inventoryItemsQuery = `query InventoryItems($ids:[ID!]!){
  nodes(ids:$ids){ ... on ProductVariant{ id inventoryItem{ id } } } }`

export const locationsQuery = 'query Locations($first:Int!){ locations(first:$first){ nodes{ id isActive } } }'

export const setQuantities = `mutation I($input:InventorySetQuantitiesInput!,$key:String!){
  inventorySetQuantities(input:$input) @idempotent(key:$key){
    inventoryAdjustmentGroup{ createdAt reason changes{ name delta } } userErrors{ code field message } } }`

export const createFulfilment = `mutation F($fulfillment:FulfillmentInput!){
  fulfillmentCreate(fulfillment:$fulfillment){
    fulfillment{ id status trackingInfo{number company url} } userErrors{ field message } } }`

export const updateTracking = `mutation T($id:ID!,$tracking:FulfillmentTrackingInput!,$notify:Boolean){
  fulfillmentTrackingInfoUpdate(fulfillmentId:$id, trackingInfoInput:$tracking, notifyCustomer:$notify){
    fulfillment{ id status trackingInfo{number company url} } userErrors{ field message } } }`
