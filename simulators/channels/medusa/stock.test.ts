import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { ListingState, Simulator } from '../../simulator.ts'
import { type Caller, createCaller } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let oms: Caller
let ours: string

beforeEach(async () => {
  simulator = await start({ seed: 3 })
  oms = createCaller(simulator.about.address, simulator.about.credentials)
  ours = simulator.about.credentials['stockLocationId']!
  await oms.control('listings', demoCatalogue)
})
afterEach(() => simulator.close())

interface WireLevel {
  readonly id: string
  readonly location_id: string
  readonly stocked_quantity: number
  readonly reserved_quantity: number
}
interface WireInventory {
  readonly id: string
  readonly sku: string
  readonly location_levels: readonly WireLevel[]
}

const inventoryOf = async (...skus: readonly string[]) => {
  const wanted = skus.map((sku) => `sku[]=${sku}`).join('&')
  const answer = await oms.call('GET', `/admin/inventory-items?${wanted}&fields=*location_levels`)
  return answer.json<{ inventory_items: readonly WireInventory[] }>().inventory_items
}
const listingOf = async (sku: string) =>
  (await oms.control<ListingState[]>('listings')).find(({ merchantCode }) => merchantCode === sku)!
const batch = (body: object) => oms.call('POST', '/admin/inventory-items/location-levels/batch', { body })
const wishFor = (item: WireInventory, stocked_quantity: number) => ({
  inventory_item_id: item.id,
  location_id: ours,
  stocked_quantity,
})

describe('levels', () => {
  test('are set in a batch: what may be bought is stocked less reserved', async () => {
    await oms.control('buy', { count: 1, seed: 1, lines: [{ merchantCode: 'MB-1001', quantity: 2 }] })
    const [mug, bowl] = await inventoryOf('MB-1001', 'MB-2001')
    const answer = await batch({ update: [wishFor(mug!, 37), wishFor(bowl!, 0)] })
    expect(answer.json()).toMatchObject({
      created: [],
      updated: [{ stocked_quantity: 37, available_quantity: 35 }, {}],
    })
    expect(await listingOf('MB-1001')).toMatchObject({ quantity: 35, pushes: 1, pushedAt: expect.any(Number) })
    expect(await listingOf('MB-2001')).toMatchObject({ quantity: 0, pushes: 1 })
  })

  test('are set one by one as well', async () => {
    const [mug] = await inventoryOf('MB-1001')
    const body = { stocked_quantity: 37 }
    const answer = await oms.call('POST', `/admin/inventory-items/${mug!.id}/location-levels/${ours}`, { body })
    expect(answer.json()).toMatchObject({
      inventory_item: { sku: 'MB-1001', location_levels: [{ stocked_quantity: 37 }] },
    })
    expect(await listingOf('MB-1001')).toMatchObject({ quantity: 37, pushes: 1 })
  })

  test('that are missing at our place are made, not changed', async () => {
    await oms.control('levels', { merchantCode: 'MB-1001', stocked: null })
    const [mug] = await inventoryOf('MB-1001')
    expect(mug!.location_levels).toEqual([])
    expect((await batch({ update: [wishFor(mug!, 9)] })).status).toBe(404)
    expect((await batch({ create: [wishFor(mug!, 9)] })).json()).toMatchObject({ created: [{ stocked_quantity: 9 }] })
    expect((await batch({ create: [wishFor(mug!, 9)] })).status).toBe(422)
    expect(await listingOf('MB-1001')).toMatchObject({ quantity: 9, pushes: 1 })
  })

  test('of another place are not ours', async () => {
    const answer = await oms.call('GET', '/admin/stock-locations')
    const { stock_locations } = answer.json<{ stock_locations: { id: string }[] }>()
    const other = stock_locations.find(({ id }) => id !== ours)!.id
    const { quantity } = await listingOf('MB-1001')
    await oms.control('levels', { merchantCode: 'MB-1001', locationId: other, stocked: 500 })
    const [mug] = await inventoryOf('MB-1001')
    expect(mug).toMatchObject({ stocked_quantity: quantity + 500 })
    await batch({ update: [{ ...wishFor(mug!, 600), location_id: other }] })
    expect(await listingOf('MB-1001')).toMatchObject({ quantity, pushes: 0 })
    const dropped = mug!.location_levels.find(({ location_id }) => location_id === other)!.id
    expect((await batch({ delete: [dropped] })).status).toBe(400)
    expect((await batch({ delete: [dropped], force: true })).json()).toMatchObject({ deleted: [dropped] })
  })

  test.each([
    { why: 'an item of nobody', change: { inventory_item_id: 'iitem_nobody' }, status: 404 },
    { why: 'a place of nobody', change: { location_id: 'sloc_1' }, status: 404 },
    { why: 'half a piece', change: { stocked_quantity: 1.5 }, status: 400 },
    { why: 'less than nothing', change: { stocked_quantity: -1 }, status: 400 },
    { why: 'a number written as text', change: { stocked_quantity: '7' }, status: 400 },
  ])('with $why change nothing at all', async ({ change, status }) => {
    const [mug, bowl] = await inventoryOf('MB-1001', 'MB-2001')
    const before = await listingOf('MB-1001')
    expect((await batch({ update: [wishFor(mug!, 7), { ...wishFor(bowl!, 7), ...change }] })).status).toBe(status)
    expect(await listingOf('MB-1001')).toEqual(before)
  })
})

describe('products', () => {
  const ask = async <T>(target: string) => (await oms.call('GET', target)).json<T>()
  interface WireVariant {
    readonly id: string
    readonly sku: string
    readonly title: string | null
    readonly product: { readonly id: string; readonly title: string }
    readonly prices: readonly { readonly currency_code: string; readonly amount: number }[]
    readonly options: readonly { readonly value: string; readonly option: { readonly title: string } }[]
  }
  const fields = 'fields=*product,*prices,*options,*options.option,inventory_quantity.*'

  test('come once each, across pages, as the shop shows them', async () => {
    const variants: WireVariant[] = []
    for (let offset = 0; ; offset += 7) {
      const page = await ask<{ variants: WireVariant[]; count: number }>(
        `/admin/product-variants?limit=7&offset=${offset}&${fields}`,
      )
      variants.push(...page.variants)
      expect(page.count).toBe(demoCatalogue.length)
      if (offset + 7 >= page.count) break
    }
    const shown = variants.map(({ id, sku, product, prices, options }) => ({
      itemNo: product.id,
      skuNo: id,
      merchantCode: sku,
      title: product.title,
      specification: options.map(({ option, value }) => `${option.title}:${value}`).join(';'),
      priceFen: Math.round(prices.find(({ currency_code }) => currency_code === 'cny')!.amount * 100),
    }))
    const listings = await oms.control<ListingState[]>('listings')
    expect(shown).toEqual(
      listings.map(({ itemNo, skuNo, merchantCode, title, specification, priceFen }) => ({
        itemNo,
        skuNo,
        merchantCode,
        title,
        specification,
        priceFen,
      })),
    )
    expect(variants.some(({ prices }) => prices.length > 1)).toBe(true)
  })

  test('hold the variants of one product together', async () => {
    const { itemNo } = await listingOf('MB-1001')
    const { products } = await ask<{ products: { id: string; variants: { sku: string }[] }[] }>(
      '/admin/products?limit=100&fields=*variants',
    )
    const product = (await listingOf('MB-1001')).product
    const expected = demoCatalogue.filter((good) => good.product === product).map(({ merchantCode }) => merchantCode)
    expect(products.find(({ id }) => id === itemNo)!.variants.map(({ sku }) => sku)).toEqual(expected)
  })
})

test('what is sold out is not sold, but to two buyers at once', async () => {
  const seed = [{ ...demoCatalogue[0]!, quantity: 2 }]
  const { merchantCode } = seed[0]!
  await oms.control('listings', seed)
  const purchase = { count: 2, seed: 1, lines: [{ merchantCode, quantity: 2 }] }
  expect((await oms.control<{ orders: object[] }>('buy', purchase)).orders).toHaveLength(1)
  expect((await oms.control<{ orders: object[] }>('buy', { ...purchase, ignoreStock: true })).orders).toHaveLength(2)
  expect(await listingOf(merchantCode)).toMatchObject({ quantity: 0 })
})
