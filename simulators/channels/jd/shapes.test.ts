import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { allFields, openStage, type Stage, today, twoKinds } from './stage.ts'
import { timeText } from './text.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
beforeEach(async () => {
  await stage.fresh()
  await stage.control('settings', { textFlagShare: 0 })
})
afterAll(() => stage.close())

const sample = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`samples/${name}.json`, import.meta.url), 'utf8'))

/** Paths with the kind of value at each, a list by what its rows hold: 'orderInfoList[].orderId: string'. */
function shapeOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((row) => shapeOf(row, `${path}[]`)))]
  if (typeof value !== 'object' || value === null) return [`${path}: ${typeof value}`]
  return Object.entries(value).flatMap(([name, inner]) => shapeOf(inner, path === '' ? name : `${path}.${name}`))
}

const search = (method: string) =>
  stage.text(method, {
    start_date: timeText(today - 1000),
    end_date: timeText(today),
    order_state: 'ALL',
    optional_fields: allFields,
    page: 1,
    page_size: 50,
  })
const refundapply = 'jingdong.pop.afs.soa.refundapply'

async function withRefunds() {
  const [one, two, three] = await stage.buy({ count: 3, lines: twoKinds })
  const orderNos = [three!.orderNo]
  await stage.control('act', { kind: 'refund', orderNos: [one!.orderNo] })
  await stage.control('act', { kind: 'refund', orderNos: [two!.orderNo], outcome: 'success' })
  await stage.control('act', { kind: 'ship-in-back-office', orderNos, waybillNo: 'YT1', carrierName: '圆通' })
  await stage.control('act', { kind: 'refund', orderNos, outcome: 'success' })
  return three!
}

const someSku = async () => (await stage.control<{ skuNo: string }[]>('listings'))[0]!.skuNo

const skuFields = 'status,skuName,wareTitle,outerId,jdPrice,stockNum,logo,created,modified,saleAttrs'

const cases: readonly { readonly name: string; readonly ask: () => Promise<{ readonly text: string }> }[] = [
  { name: 'pop_order_search_page', ask: () => search('jingdong.pop.order.search') },
  { name: 'pop_order_search_split', ask: () => search('jingdong.pop.order.search') },
  { name: 'pop_order_enSearch_page', ask: () => search('jingdong.pop.order.enSearch') },
  { name: 'pop_order_search_business_error', ask: () => stage.text('jingdong.pop.order.search', {}) },
  {
    name: 'pop_order_get_full',
    ask: async () => {
      const orders = await stage.buy({ count: 10, lines: twoKinds })
      const discounted = orders.find(({ paidTotalFen, freightFen }) => paidTotalFen - freightFen < 48_700)!
      return stage.text('jingdong.pop.order.get', { order_id: discounted.orderNo, optional_fields: allFields })
    },
  },
  {
    name: 'pop_order_modifyVenderRemark_ok',
    ask: async () =>
      stage.text('jingdong.pop.order.modifyVenderRemark', { order_id: (await stage.buyOne()).orderNo, remark: '急' }),
  },
  {
    name: 'pop_order_shipment_ok',
    ask: async () => {
      const { orderNo } = await stage.buyOne()
      return stage.text('jingdong.pop.order.shipment', { orderId: orderNo, logiCoprId: '467', logiNo: 'SF1' })
    },
  },
  {
    name: 'pop_order_shipment_err',
    ask: () => stage.text('jingdong.pop.order.shipment', { orderId: '1', logiCoprId: '467', logiNo: 'SF1' }),
  },
  {
    name: 'ware_stock_sku_set_ok',
    ask: async () => {
      const skuStocks = [{ skuId: await someSku(), stockNum: 1 }]
      return stage.text('jingdong.ware.stock.sku.set', {
        req: { updateModel: 'fullStockIn', stockRfId: 'a', skuStocks },
      })
    },
  },
  {
    name: 'stock_write_updateSkuStock_ok',
    ask: async () => stage.text('jingdong.stock.write.updateSkuStock', { skuId: await someSku(), stockNum: 1 }),
  },
  {
    name: 'ware_stock_sku_set_partial',
    ask: () =>
      stage.text('jingdong.ware.stock.sku.set', {
        req: { updateModel: 'fullStockIn', stockRfId: 'a', skuStocks: [{ skuId: '1', stockNum: 1, storeId: 0 }] },
      }),
  },
  {
    name: 'sku_read_searchSkuList_page',
    ask: () => stage.text('jingdong.sku.read.searchSkuList', { field: skuFields }),
  },
  { name: 'vender_shop_query', ask: () => stage.text('jingdong.vender.shop.query') },
  { name: 'fce_alpha_getVenderCarrier', ask: () => stage.text('jingdong.fce.alpha.getVenderCarrier') },
  { name: 'refundapply_queryPageList', ask: () => stage.text(`${refundapply}.queryPageList`) },
  {
    name: 'refundapply_replyRefund_ok',
    ask: () => stage.text(`${refundapply}.replyRefund`, { id: 24_800_000_001, status: 1 }),
  },
  {
    name: 'asc_query_list',
    ask: () => stage.text('jingdong.asc.query.list', { buId: 10_915_001, operatePin: 'a', operateNick: 'a' }),
  },
  { name: 'asc_serviceAndRefund_view', ask: () => stage.text('jingdong.asc.serviceAndRefund.view') },
]

test.each(cases)('$name: every field of the fixture, of the same kind', async ({ name, ask }) => {
  await withRefunds()
  const { text } = await ask()
  const shape = new Set(shapeOf(JSON.parse(text)))
  const wanted = shapeOf(sample(name))
  expect(wanted.length).toBeGreaterThan(1)
  expect(wanted.filter((entry) => !shape.has(entry))).toEqual([])
})

test('an empty window is an empty list and a count of nothing', async () => {
  const { text } = await search('jingdong.pop.order.search')
  expect(JSON.parse(text)).toEqual(sample('pop_order_search_empty'))
})

test('gateway errors read as in the fixture', async () => {
  const known = sample('errors') as Record<string, { error_response: { code: string } }>
  const spoiled = { missing_version: 'v', missing_signature: 'sign' } as const
  for (const [name, field] of Object.entries(spoiled)) {
    const { text } = await stage.text('jingdong.vender.shop.query', {}, { change: (sent) => sent.delete(field) })
    expect(JSON.parse(text)).toEqual(known[name])
  }
})

test('every field of an order is text', async () => {
  await stage.buy({ count: 5 })
  const { text } = await search('jingdong.pop.order.search')
  const inside = shapeOf(JSON.parse(text)).filter((entry) => entry.includes('orderInfoList'))
  expect(inside.filter((entry) => !entry.endsWith(': string'))).toEqual([])
})

test('success is sometimes a word', async () => {
  await stage.control('settings', { textFlagShare: 0.5 })
  const flags = new Set<unknown>()
  for (let turn = 0; turn < 20; turn++) {
    const answer = await stage.call(`${refundapply}.queryPageList`)
    flags.add(answer.at('queryResult.success'))
  }
  expect(flags).toEqual(new Set([true, 'true']))
})
