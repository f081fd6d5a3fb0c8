import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, openCaller } from './caller.ts'
import { namedOf } from './graphql/document.ts'
import { isComposite, typeOf } from './graphql/schema.ts'
import { editionOf, schemaOf } from './schema.ts'

let shop: Caller
let orderNo: string

beforeAll(async () => {
  shop = await openCaller()
  orderNo = (await shop.buy({ lines: [{ merchantCode: 'MB-1001', quantity: 2 }] }))[0]!.orderNo
})
afterAll(() => shop.close())

test('exactly the fields that were selected are answered, in their order and under their aliases', async () => {
  const { text } = await shop.ask('{ shop { currencyCode where: myshopifyDomain __typename } second: shop { name } }')
  expect(text).toMatch(
    /^\{"data":\{"shop":\{"currencyCode":"CNY","where":"[^"]+","__typename":"Shop"\},"second":\{"name":"[^"]+"\}\},"extensions"/,
  )
})

test('fragments, named and inline, are laid over each other', async () => {
  const query = `
    # What an order is called
    fragment Called on Order { name lineItems(first: 1) { nodes { sku } } }
    query ($id: ID!) {
      node(id: $id) { __typename id ... on Order { ...Called lineItems(first: 1) { nodes { quantity } } } ... on Product { title } }
    }`
  const { data, errors } = await shop.ask(query, { id: orderNo })
  expect(errors).toEqual([])
  expect(data.node).toEqual({
    __typename: 'Order',
    id: orderNo,
    name: '#2001',
    lineItems: { nodes: [{ sku: 'MB-1001', quantity: 2 }] },
  })
})

test('variables have fallbacks, and decide what is included', async () => {
  const query = `query Q($first: Int = 1, $with: Boolean!) {
    productVariants(first: $first) { nodes { sku @skip(if: $with) title @include(if: $with) } } }`
  const rows = async (variables: object) => (await shop.ask(query, variables)).data.productVariants
  expect(await rows({ with: false })).toEqual({ nodes: [{ sku: 'MB-1001' }] })
  expect(await rows({ with: true, first: 2 })).toEqual({ nodes: [{ title: '米白' }, { title: '雾灰' }] })
})

test('one of several operations is chosen by its name', async () => {
  const query = 'query A { shop { name } } query B { shop { id } }'
  expect((await shop.ask(query, {}, { operationName: 'B' })).data).toEqual({ shop: { id: 'gid://shopify/Shop/9001' } })
  expect((await shop.ask(query)).errors[0]!.message).toMatch(/operation name/)
})

test('arguments may be written out, with words of an enum, lists and texts in quotes', async () => {
  const query = `{ orders(first: 1, sortKey: UPDATED_AT, reverse: true, query: "name:\\"#2001\\"") { nodes { id } }
    nodes(ids: ["${orderNo}", "gid://shopify/Order/9"]) { id } }`
  const { data } = await shop.ask(query)
  expect(data).toEqual({ orders: { nodes: [{ id: orderNo }] }, nodes: [{ id: orderNo }, null] })
})

test.each([
  { when: 'an unknown field', query: '{ shop { colour } }', code: 'undefinedField' },
  { when: 'an unknown field at the root', query: '{ customers { id } }', code: 'undefinedField' },
  { when: 'an unknown mutation', query: 'mutation { orderEat(id: 1) { id } }', code: 'undefinedField' },
  {
    when: 'an unknown argument',
    query: '{ orders(first: 1, colour: "red") { nodes { id } } }',
    code: 'argumentNotAccepted',
  },
  { when: 'a missing argument', query: '{ order { id } }', code: 'missingRequiredArguments' },
  {
    when: 'an argument of another type',
    query: '{ orders(first: "one") { nodes { id } } }',
    code: 'argumentLiteralsIncompatible',
  },
  {
    when: 'a word the enum lacks',
    query: '{ orders(first: 1, sortKey: COLOUR) { nodes { id } } }',
    code: 'argumentLiteralsIncompatible',
  },
  { when: 'braces after a scalar', query: '{ shop { name { text } } }', code: 'selectionMismatch' },
  { when: 'no braces after an object', query: '{ shop }', code: 'selectionMismatch' },
  { when: 'a fragment nobody wrote', query: '{ shop { ...Nothing } }', code: 'useAndDefineFragment' },
  {
    when: 'a fragment that holds itself',
    query: '{ shop { ...A } } fragment A on Shop { name ...A }',
    code: 'infiniteLoop',
  },
  { when: 'a fragment of another type', query: '{ shop { ... on Order { id } } }', code: 'cannotSpreadFragment' },
  { when: 'an undeclared variable', query: '{ order(id: $id) { id } }', code: 'variableNotDefined' },
  { when: 'a variable nobody uses', query: 'query Q($id: ID) { shop { name } }', code: 'variableNotUsed' },
  {
    when: 'a variable of another type',
    query: 'query Q($id: String!) { order(id: $id) { id } }',
    code: 'variableMismatch',
  },
  { when: 'an unknown directive', query: '{ shop @cached { name } }', code: 'undefinedDirective' },
  {
    when: 'a variable that is not given',
    query: 'query Q($id: ID!) { order(id: $id) { id } }',
    code: 'INVALID_VARIABLE',
  },
  { when: 'no global id', query: '{ order(id: "12") { id } }', code: 'INVALID_ARGUMENT' },
  { when: 'a list without its size', query: '{ orders { nodes { id } } }', code: 'BAD_REQUEST' },
  { when: 'more rows than a page holds', query: '{ orders(first: 251) { nodes { id } } }', code: 'BAD_REQUEST' },
  { when: 'half a document', query: '{ shop { name', code: undefined },
])('$when is an error with HTTP 200', async ({ query, code }) => {
  const { status, errors } = await shop.ask(query)
  expect(status).toBe(200)
  expect(errors).toHaveLength(1)
  expect(errors[0]!.extensions?.code).toBe(code)
})

test('a field of an input that the version lacks is named', async () => {
  const quantities = [
    {
      inventoryItemId: 'gid://shopify/InventoryItem/61',
      locationId: 'gid://shopify/Location/31',
      quantity: 1,
      compareQuantity: 2,
    },
  ]
  const query =
    'mutation I($input: InventorySetQuantitiesInput!) { inventorySetQuantities(input: $input) { userErrors { code } } }'
  const { errors } = await shop.ask(query, { input: { name: 'available', reason: 'correction', quantities } })
  expect(errors[0]!.message).toContain('quantities.0.compareQuantity (Field is not defined on InventoryQuantityInput)')
})

/** A selection of everything that a type has, down to a depth; where an argument is needed, a fitting one. */
function everything(typeName: string, depth: number): string {
  const schema = schemaOf(editionOf('2026-10'))
  const type = typeOf(schema, typeName)
  if (!isComposite(type)) throw new Error(typeName)
  const fields = [...type.fields.values()].flatMap(({ name, type: inner, args }) => {
    const own = typeOf(schema, inner)
    if (isComposite(own) && depth === 0) return []
    const needs = {
      first: 'first: 2',
      locationId: 'locationId: "gid://shopify/Location/31"',
      names: 'names: ["available"]',
      key: 'key: "memo"',
    }
    const given = Object.entries(needs).flatMap(([arg, text]) => (args.has(arg) ? [text] : []))
    const call = given.length === 0 ? name : `${name}(${given.join(', ')})`
    return [isComposite(own) ? `${call} { ${everything(namedOf(inner), depth - 1)} }` : call]
  })
  return `__typename ${fields.join(' ')}`
}

test.each([
  'Order',
  'FulfillmentOrder',
  'Fulfillment',
  'Refund',
  'Product',
  'ProductVariant',
  'InventoryItem',
  'Location',
  'Shop',
])('every field of %s can be asked for', async (typeName) => {
  await shop.control('settings', { pointsPerSecond: 2000 })
  await shop.act({ kind: 'refund', orderNos: [orderNo], amountFen: 5, outcome: 'success' })
  await shop.act({ kind: 'ship-in-back-office', orderNos: [orderNo], waybillNo: 'YT1', carrierName: '圆通速递' })
  const nos = {
    Order: orderNo.slice(-7),
    FulfillmentOrder: 801,
    Fulfillment: 7001,
    Refund: 601,
    Product: 1201,
    ProductVariant: 4101,
    InventoryItem: 61,
    Location: 31,
    Shop: 9001,
  }
  const id = `gid://shopify/${typeName}/${nos[typeName as keyof typeof nos]}`
  const { data, errors, status } = await shop.ask(
    `{ node(id: "${id}") { ... on ${typeName} { ${everything(typeName, 3)} } } }`,
  )
  expect([status, errors]).toEqual([200, []])
  expect(data.node).toMatchObject({ __typename: typeName, id })
})
