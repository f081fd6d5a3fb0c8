import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ListingState } from '../../simulator.ts'
import { type Caller, makeOut, mugsAndCover, openCaller } from './caller.ts'
import sample from './samples/orders.json' with { type: 'json' }

let shop: Caller
beforeEach(async () => {
  shop = await openCaller()
})
afterEach(() => shop.close())

const listing = async (code = 'MB-1001') =>
  (await shop.control<ListingState[]>('listings')).find(({ merchantCode }) => merchantCode === code)!
const set = async (id: string, stockOnHand: number, stockLocationId = '1') =>
  shop.ask<{ updateProductVariants: object[] } | null>(sample.stock.query, {
    i: [{ id, stockLevels: [{ stockLocationId, stockOnHand }] }],
  })

test('stock on hand is physical: what is sold and not sent is taken off it', async () => {
  const { skuNo, quantity } = await listing()
  const [order] = await shop.buy({ lines: mugsAndCover })
  expect((await listing()).quantity).toBe(quantity - 3)
  const { data } = await set(skuNo, 37)
  expect(data!.updateProductVariants).toEqual([
    {
      id: skuNo,
      sku: 'MB-1001',
      stockLevels: [
        { stockLocationId: '2', stockOnHand: 0, stockAllocated: 0 },
        { stockLocationId: '1', stockOnHand: 37, stockAllocated: 3 },
      ],
    },
  ])
  expect(await listing()).toMatchObject({ quantity: 34, pushes: 1, pushedAt: expect.any(Number) })
  await makeOut(shop, [[order!.lines[0]!.lineNo, 3]])
  expect((await listing()).quantity).toBe(34)
})

test('a threshold keeps pieces back', async () => {
  await shop.control('settings', { outOfStockThreshold: 5 })
  const { skuNo } = await listing()
  await set(skuNo, 37)
  expect((await listing()).quantity).toBe(32)
  const { data } = await shop.ask(
    `{ productVariant(id: ${skuNo}) { outOfStockThreshold useGlobalOutOfStockThreshold } }`,
  )
  expect(data).toEqual({ productVariant: { outOfStockThreshold: 5, useGlobalOutOfStockThreshold: false } })
})

test.each([
  { what: 'a variant', ids: ['5999999999999', '1'], expected: 'ENTITY_NOT_FOUND' },
  { what: 'a location', ids: ['4101', '9'], expected: 'ENTITY_NOT_FOUND' },
])('$what that is not there lets nothing be done', async ({ ids: [bad, location], expected }) => {
  const { skuNo, quantity } = await listing()
  const rows = [
    { id: skuNo, stockLevels: [{ stockLocationId: '1', stockOnHand: 3 }] },
    { id: bad, stockLevels: [{ stockLocationId: location, stockOnHand: 3 }] },
  ]
  const { data, errors } = await shop.ask(sample.stock.query, { i: rows })
  expect([data, errors[0]?.extensions?.code]).toEqual([{}, expected])
  expect(await listing()).toMatchObject({ quantity, pushes: 0 })
})

test('less than nothing is refused, and another location sells nothing', async () => {
  const { skuNo, quantity } = await listing()
  expect((await set(skuNo, -1)).errors[0]?.extensions?.code).toBe('USER_INPUT_ERROR')
  await set(skuNo, 5, '2')
  expect(await listing()).toMatchObject({ quantity, pushes: 0 })
})

test('variants are told with product, options and price', async () => {
  const query = `{ productVariants(options: { filter: { sku: { eq: "MB-7003" } } }) { totalItems items { id name price priceWithTax enabled
    product { id name } options { name group { name } } } } }`
  const known = await listing('MB-7003')
  expect((await shop.ask(query)).data).toEqual({
    productVariants: {
      totalItems: 1,
      items: [
        {
          id: known.skuNo,
          name: known.title,
          price: known.priceFen,
          priceWithTax: known.priceFen,
          enabled: true,
          product: { id: known.itemNo, name: known.title },
          options: [
            { name: '苔绿', group: { name: '颜色' } },
            { name: '1.8m', group: { name: '尺寸' } },
          ],
        },
      ],
    },
  })
})

test('products hold their variants, by id and by slug; one without options has one variant', async () => {
  const { itemNo } = await listing()
  const query = `query ($id: ID) { product(id: $id) { slug enabled optionGroups { name } variants { sku }
    variantList(options: { take: 1 }) { totalItems } } bySlug: product(slug: "擦手巾") { variants { sku options { id } } } }`
  expect((await shop.ask(query, { id: itemNo })).data).toEqual({
    product: {
      slug: '马克杯',
      enabled: true,
      optionGroups: [{ name: '颜色' }],
      variants: [{ sku: 'MB-1001' }, { sku: 'MB-1002' }, { sku: 'MB-1003' }],
      variantList: { totalItems: 3 },
    },
    bySlug: { variants: [{ sku: 'MB-9501', options: [] }] },
  })
  const { data } = await shop.ask(
    '{ products(options: { take: 3, filter: { sku: { contains: "MB-9" } } }) { totalItems items { name } } }',
  )
  expect(data).toMatchObject({ products: { totalItems: 2 } })
})

test('a variant is switched off and priced anew', async () => {
  const { skuNo } = await listing()
  const change = `mutation { updateProductVariant(input: { id: "${skuNo}", enabled: false, price: 5100 }) { enabled priceWithTax } }`
  expect((await shop.ask(change)).data).toEqual({ updateProductVariant: { enabled: false, priceWithTax: 5100 } })
  expect(await listing()).toMatchObject({ priceFen: 5100, pushes: 0 })
})

const notes = async (orderNo: string) => {
  const { data } = await shop.ask<{ order: { history: { items: { id: string; data: { note: string } }[] } } }>(
    `{ order(id: ${orderNo}) { history(options: { filter: { type: { eq: "ORDER_NOTE" }, isPublic: { eq: false } } }) { items { id data } } } }`,
  )
  return data.order.history.items
}

test('the last private note is the remark; writing one does not change the order', async () => {
  const [order] = await shop.buy({ lines: mugsAndCover })
  const { orderNo } = order!
  const add = (note: string, isPublic = false) =>
    shop.ask('mutation ($i: AddNoteToOrderInput!) { addNoteToOrder(input: $i) { id } }', {
      i: { id: orderNo, note, isPublic },
    })
  await add('加急，发顺丰 😊')
  await add('给买家看的', true)
  expect(await shop.truth(orderNo)).toMatchObject({ remark: '加急，发顺丰 😊', modifiedAt: order!.modifiedAt })
  const [entry] = await notes(orderNo)
  expect(entry!.data).toEqual({ note: '加急，发顺丰 😊' })
  await shop.ask(`mutation { updateOrderNote(input: { noteId: "${entry!.id}", note: "已加急" }) { data isPublic } }`)
  expect((await shop.truth(orderNo)).remark).toBe('已加急')
  const remove = `mutation { deleteOrderNote(id: "${entry!.id}") { result } }`
  expect((await shop.ask(remove)).data).toEqual({ deleteOrderNote: { result: 'DELETED' } })
  expect((await shop.ask(remove)).errors[0]?.extensions?.code).toBe('ENTITY_NOT_FOUND')
  expect([await notes(orderNo), (await shop.truth(orderNo)).remark]).toEqual([[], ''])
})
