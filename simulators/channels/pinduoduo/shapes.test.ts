import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { minute, openStage, type Stage, sampleOf, today, twoKinds } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
beforeEach(() => stage.fresh())
afterAll(() => stage.close())

/** Paths with the kind of value at each, a list by what its rows hold: 'order_list[].order_sn: string'. */
function shapeOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((row) => shapeOf(row, `${path}[]`)))]
  if (value === null) return [`${path}: null`]
  if (typeof value !== 'object') return [`${path}: ${typeof value}`]
  return Object.entries(value).flatMap(([name, inner]) => shapeOf(inner, path === '' ? name : `${path}.${name}`))
}

interface Sample {
  readonly response: unknown
}

const window = { start_updated_at: today / 1000, end_updated_at: today / 1000 + 60, page: 1, page_size: 50 }

async function someOrder() {
  const order = await stage.buyOne({ lines: twoKinds })
  await stage.control('act', { kind: 'refund', orderNos: [(await stage.buyOne({ seed: 6 })).orderNo] })
  await stage.pass(5 * minute)
  return order.orderNo
}

const cases: readonly { readonly name: string; readonly ask: () => Promise<{ readonly text: string }> }[] = [
  {
    name: 'order.information.get',
    ask: async () => stage.text('pdd.order.information.get', { order_sn: await someOrder() }),
  },
  {
    name: 'order.number.list.increment.get',
    ask: async () => {
      await someOrder()
      const all = { is_lucky_flag: 0, order_status: 5, refund_status: 5, use_has_next: true }
      return stage.text('pdd.order.number.list.increment.get', { ...window, ...all })
    },
  },
  {
    name: 'refund.list.increment.get',
    ask: async () => {
      await someOrder()
      return stage.text('pdd.refund.list.increment.get', { ...window, after_sales_status: 1, after_sales_type: 1 })
    },
  },
  {
    name: 'logistics.online.send',
    ask: async () => {
      const order_sn = await someOrder()
      return stage.text('pdd.logistics.online.send', { order_sn, logistics_id: 44, tracking_number: 'SF1' })
    },
  },
  {
    name: 'goods.quantity.update',
    ask: async () => {
      const [one] = await stage.control<{ itemNo: string; skuNo: string }[]>('listings')
      const named = { goods_id: Number(one!.itemNo), sku_id: Number(one!.skuNo) }
      return stage.text('pdd.goods.quantity.update', { ...named, quantity: 66, update_type: 1 })
    },
  },
  {
    name: 'token.create',
    ask: async () => {
      const query = `response_type=code&client_id=${stage.credentials.clientId}&redirect_uri=https://erp.example/`
      const page = await fetch(`${stage.address}/open.html?${query}`, { redirect: 'manual' })
      const code = new URL(page.headers.get('location')!).searchParams.get('code')
      return stage.text('pdd.pop.auth.token.create', { code })
    },
  },
]

test.each(cases)('$name: every field of the fixture, of the same kind', async ({ name, ask }) => {
  const sample = sampleOf(name) as Sample & { readonly ok?: Sample }
  const wanted = shapeOf((sample.ok ?? sample).response)
  const shape = new Set(shapeOf(JSON.parse((await ask()).text)))
  expect(wanted.length).toBeGreaterThan(1)
  expect(wanted.filter((entry) => !shape.has(entry))).toEqual([])
})

interface ErrorSample extends Sample {
  readonly situation: string
}

test('errors read as in the fixture', async () => {
  const samples = sampleOf('errors') as readonly ErrorSample[]
  const method = 'pdd.logistics.companies.get'
  const known = (situation: string) => shapeOf(samples.find((one) => one.situation === situation)!.response)
  const { text } = await stage.text(method, {}, { spoil: { sign: 'X' } })
  expect(shapeOf(JSON.parse(text))).toEqual(known('bad-signature'))
  expect(JSON.parse(text).error_response).toMatchObject({ error_code: 20_004, error_msg: '签名sign校验失败' })
  await stage.control('faults', { faults: [{ kind: 'throttle', rate: 1 }] })
  const throttled = JSON.parse((await stage.text(method)).text)
  expect(throttled.error_response).toMatchObject({ error_code: 52_101, error_msg: '当前接口被限流，请稍后重试' })
})
