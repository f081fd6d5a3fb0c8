import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ListingState } from '../../simulator.ts'
import { type Caller, openCaller } from './caller.ts'
import sample from './samples/inventory-set.json' with { type: 'json' }

let shop: Caller
beforeEach(async () => {
  shop = await openCaller()
  await shop.control('clock', { now: Date.parse('2026-10-20T02:00:00Z') })
})
afterEach(() => shop.close())

const item = 'gid://shopify/InventoryItem/61'
const main = 'gid://shopify/Location/31'
const row = { inventoryItemId: item, locationId: main, quantity: 37, changeFromQuantity: null as number | null }

interface Payload {
  readonly inventoryAdjustmentGroup: object | null
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[]; readonly message: string }[]
}
let keys = 0
function nextKey(): string {
  keys += 1
  return `key-${keys}`
}

interface Written {
  readonly inventorySetQuantities: Payload
}

async function set(quantities: readonly object[], more: object = {}, key = nextKey()): Promise<Payload> {
  const input = { ...sample.request.body.variables.input, ...more, quantities }
  const { data, errors } = await shop.ask<Written>(sample.request.body.query, { input, key })
  expect(errors).toEqual([])
  return data.inventorySetQuantities
}
const mugs = async () => (await shop.control<ListingState[]>('listings'))[0]!

test('stock is set as in the sheet, compared with what it was', async () => {
  const { quantity } = await mugs()
  await set([{ ...row, quantity: 40 }])
  const [accepted, stale] = sample.responses
  expect(await set(sample.request.body.variables.input.quantities)).toEqual(accepted!.body.data.inventorySetQuantities)
  expect(await mugs()).toMatchObject({ quantity: 37, pushes: 2, pushedAt: Date.parse('2026-10-20T02:00:00Z') })
  expect(await set(sample.request.body.variables.input.quantities)).toEqual(stale!.body.data.inventorySetQuantities)
  expect(quantity).not.toBe(40)
})

test('the number is read back, on sale and sold', async () => {
  await set([{ ...row, quantity: 5 }])
  await shop.buy({ lines: [{ merchantCode: 'MB-1001', quantity: 2 }] })
  const query = `{ productVariants(first: 1, query: "sku:MB-1001") { nodes { inventoryQuantity inventoryItem { id
    inventoryLevel(locationId: "${main}") { quantities(names: ["available", "committed", "on_hand"]) { name quantity } } } } } }`
  expect((await shop.ask(query)).data.productVariants).toEqual({
    nodes: [
      {
        inventoryQuantity: 3,
        inventoryItem: {
          id: item,
          inventoryLevel: {
            quantities: [
              { name: 'available', quantity: 3 },
              { name: 'committed', quantity: 2 },
              { name: 'on_hand', quantity: 5 },
            ],
          },
        },
      },
    ],
  })
  expect(await shop.buy({ lines: [{ merchantCode: 'MB-1001', quantity: 4 }] })).toEqual([])
  expect(await shop.buy({ lines: [{ merchantCode: 'MB-1001', quantity: 4 }], ignoreStock: true })).toHaveLength(1)
  expect((await mugs()).quantity).toBe(0)
})

test.each([
  { code: 'INVALID_INVENTORY_ITEM', rows: [{ ...row, inventoryItemId: 'gid://shopify/InventoryItem/9' }] },
  { code: 'INVALID_LOCATION', rows: [{ ...row, locationId: 'gid://shopify/Location/9' }] },
  { code: 'ITEM_NOT_STOCKED_AT_LOCATION', rows: [{ ...row, locationId: 'gid://shopify/Location/32' }] },
  { code: 'INVALID_QUANTITY_NEGATIVE', rows: [{ ...row, quantity: -1 }] },
  { code: 'INVALID_QUANTITY_TOO_HIGH', rows: [{ ...row, quantity: 1_000_000_001 }] },
  { code: 'NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR', rows: [row, row] },
  { code: 'INVALID_QUANTITIES', rows: [] },
  { code: 'INVALID_NAME', rows: [row], more: { name: 'incoming' } },
  { code: 'INVALID_REASON', rows: [row], more: { reason: 'because' } },
  { code: 'INVALID_REFERENCE_DOCUMENT', rows: [row], more: { referenceDocumentUri: 'gid://shopify/Order/1' } },
])('$code refuses the whole call', async ({ code, rows, more = {} }) => {
  const before = await mugs()
  const good = { ...row, inventoryItemId: 'gid://shopify/InventoryItem/62' }
  const payload = await set(rows.length === 1 ? [...rows, good] : rows, more)
  expect(payload).toMatchObject({ inventoryAdjustmentGroup: null, userErrors: [{ code }] })
  expect(await mugs()).toEqual(before)
  expect((await shop.control<ListingState[]>('listings'))[1]!.pushes).toBe(0)
})

test('a key answers the same again and does nothing twice; for another number it is no good', async () => {
  const first = await set([row], {}, 'one')
  await set([{ ...row, quantity: 9 }])
  expect(await set([row], {}, 'one')).toEqual(first)
  expect(await mugs()).toMatchObject({ quantity: 9, pushes: 2 })
  const input = { ...sample.request.body.variables.input, quantities: [{ ...row, quantity: 1 }] }
  const { errors } = await shop.ask(sample.request.body.query, { input, key: 'one' })
  expect(errors).toMatchObject([{ extensions: { code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH' } }])
})

const bare =
  'mutation I($input: InventorySetQuantitiesInput!) { inventorySetQuantities(input: $input) { userErrors { code } } }'
const { changeFromQuantity: _, ...plainRow } = row

test.each([
  { version: '2026-10', when: 'without a key', query: bare, row, outcome: /@idempotent directive is required/ },
  {
    version: '2026-04',
    when: 'without changeFromQuantity',
    query: sample.request.body.query,
    row: plainRow,
    outcome: /changeFromQuantity must be given/,
  },
  { version: '2026-01', when: 'without either', query: bare, row: plainRow, outcome: null },
  {
    version: '2026-01',
    when: 'with compareQuantity',
    query: bare,
    row: { ...plainRow, compareQuantity: 1 },
    outcome: /not defined/,
  },
  {
    version: '2025-10',
    when: 'with a key',
    query: sample.request.body.query,
    row: plainRow,
    outcome: /Directive @idempotent is not defined/,
  },
  { version: '2025-10', when: 'with changeFromQuantity', query: bare, row, outcome: /not defined/ },
])('in $version, $when, the call is judged by its version', async ({ version, query, row: given, outcome }) => {
  if (version === '2025-10') await shop.control('clock', { now: Date.parse('2025-12-01T00:00:00Z') })
  const input = { name: 'available', reason: 'correction', quantities: [given] }
  const { errors } = await shop.ask(query, query === bare ? { input } : { input, key: 'k' }, { version })
  if (outcome === null) expect(errors).toEqual([])
  else expect(errors[0]!.message).toMatch(outcome)
})

test('before 2026 a comparison is needed or waived', async () => {
  await shop.control('clock', { now: Date.parse('2025-12-01T00:00:00Z') })
  const { quantity } = await mugs()
  const write = async (compareQuantity: number | null, ignoreCompareQuantity: boolean) => {
    const input = {
      name: 'available',
      reason: 'correction',
      ignoreCompareQuantity,
      quantities: [{ ...plainRow, compareQuantity }],
    }
    const { data } = await shop.ask<Written>(bare, { input }, { version: '2025-10' })
    return data.inventorySetQuantities.userErrors.map(({ code }) => code)
  }
  expect(await write(null, false)).toEqual(['COMPARE_QUANTITY_REQUIRED'])
  expect(await write(quantity + 1, false)).toEqual(['COMPARE_QUANTITY_STALE'])
  expect(await write(quantity, false)).toEqual([])
  expect(await write(null, true)).toEqual([])
})

test('an expired version silently falls forward', async () => {
  const { version } = await shop.ask('{ shop { name } }', {}, { version: '2024-07' })
  expect(version).toBe('2026-01')
  expect((await shop.ask('{ shop { name } }', {}, { version: '2026-05' })).status).toBe(404)
})

test('products page through every variant', async () => {
  const query = `query P($after: String) { products(first: 4, after: $after) { pageInfo { hasNextPage endCursor } nodes { id title
    hasOnlyDefaultVariant variants(first: 10) { nodes { id sku title price selectedOptions { name value } inventoryItem { id } } } } } }`
  interface Products {
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
    readonly nodes: readonly {
      readonly variants: { readonly nodes: readonly { readonly id: string; readonly sku: string }[] }
    }[]
  }
  const seen: string[] = []
  for (let after: string | null = null, isMore = true; isMore; ) {
    const { pageInfo, nodes }: Products = (await shop.ask<{ products: Products }>(query, { after })).data.products
    seen.push(...nodes.flatMap(({ variants }) => variants.nodes.map(({ id, sku }) => `${id} ${sku}`)))
    after = pageInfo.endCursor
    isMore = pageInfo.hasNextPage
  }
  const listings = await shop.control<ListingState[]>('listings')
  expect(seen.toSorted()).toEqual(listings.map(({ skuNo, merchantCode }) => `${skuNo} ${merchantCode}`).toSorted())
  const cover =
    '{ productVariants(first: 1, query: "sku:MB-2001") { nodes { title price selectedOptions { name value } } } }'
  expect((await shop.ask(cover)).data.productVariants).toEqual({
    nodes: [
      {
        title: '燕麦 / 45×45cm',
        price: '39.00',
        selectedOptions: [
          { name: '颜色', value: '燕麦' },
          { name: '尺寸', value: '45×45cm' },
        ],
      },
    ],
  })
})
