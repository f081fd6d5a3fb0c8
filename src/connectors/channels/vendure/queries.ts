/**
 * What is asked of Vendure, as text. Every field, argument and mutation is one of its public Admin API, 3.7.3;
 * filters and sorting are those that it makes of its entities. Source: own-site.md 4 [sdk V].
 */

/** A page as the sheet's sample asks; 100 would be the most [assumed]. */
export const ordersPerPage = 50
export const variantsPerPage = 100

const goods = 'id sku name product{ id name } options{ name group{ name } } featuredAsset{ preview }'

/** An answer holds 100 entries at most [assumed], and every step of an order is one: the notes of the shop alone, newest first. */
const innerNotes = `history(options:{ sort:{ createdAt:DESC } filter:{ type:{ eq:"ORDER_NOTE" } isPublic:{ eq:false } } }){
    items{ id type isPublic createdAt data } }`

const orderFields = `id code state createdAt orderPlacedAt updatedAt currencyCode totalWithTax shippingWithTax customer{ id }
  surcharges{ priceWithTax }
  shippingAddress{ fullName streetLine1 streetLine2 city province postalCode countryCode phoneNumber }
  lines{ id quantity orderPlacedQuantity unitPriceWithTax linePriceWithTax proratedUnitPriceWithTax proratedLinePriceWithTax
    productVariant{ ${goods} } }
  payments{ id updatedAt state amount method transactionId
    refunds{ id createdAt updatedAt state total shipping reason lines{ orderLineId quantity } } }
  fulfillments{ id state method trackingCode lines{ orderLineId quantity } }
  ${innerNotes}`

export const ordersQuery = `query Orders($o:OrderListOptions){ orders(options:$o){ totalItems items{ ${orderFields} } } }`

export const countQuery = 'query Count($o:OrderListOptions){ orders(options:$o){ totalItems } }'

export const orderQuery = `query Order($id:ID!){ order(id:$id){ ${orderFields} } }`

export const notesQuery = `query Notes($id:ID!){ order(id:$id){ id ${innerNotes} } }`

export const shopQuery = 'query Shop{ activeChannel{ id code } }'

/** What stands at each location, with what is kept back from sale. */
const levels = `outOfStockThreshold useGlobalOutOfStockThreshold stockLevels{ stockLocationId stockOnHand stockAllocated }`
const ownThreshold = 'globalSettings{ outOfStockThreshold }'

export const variantsQuery = `query Variants($o:ProductVariantListOptions){ ${ownThreshold}
  productVariants(options:$o){ totalItems items{ ${goods} updatedAt enabled priceWithTax product{ enabled } ${levels} } } }`

export const levelsQuery = `query Levels($o:ProductVariantListOptions){ ${ownThreshold}
  productVariants(options:$o){ items{ id ${levels} } } }`

export const setStock = `mutation Stock($i:[UpdateProductVariantInput!]!){ updateProductVariants(input:$i){ id } }`

const problem = '... on ErrorResult{ errorCode message }'

export const addFulfilment = `mutation Add($i:FulfillOrderInput!){ addFulfillmentToOrder(input:$i){ __typename
  ... on Fulfillment{ id state trackingCode } ${problem}
  ... on CreateFulfillmentError{ fulfillmentHandlerError } ... on FulfillmentStateTransitionError{ transitionError } } }`

export const moveFulfilment = `mutation Move($id:ID!,$s:String!){ transitionFulfillmentToState(id:$id,state:$s){ __typename
  ... on Fulfillment{ id state } ${problem} ... on FulfillmentStateTransitionError{ transitionError fromState toState } } }`

export const addNote = 'mutation AddNote($i:AddNoteToOrderInput!){ addNoteToOrder(input:$i){ id } }'
export const updateNote = 'mutation UpdateNote($i:UpdateOrderNoteInput!){ updateOrderNote(input:$i){ id } }'
export const deleteNote = 'mutation DeleteNote($id:ID!){ deleteOrderNote(id:$id){ result message } }'
