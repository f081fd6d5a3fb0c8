import { listOrders, type OrderView, orderViews } from '../../contract/orders.ts'
import { countViews, findAnything, findOrders, readOrder } from '../../modules/orders/index.ts'
import type { Connection } from '../../platform/db/open.ts'
import type { Ctx } from '../../platform/module.ts'
import { fill } from './fill.ts'
import { benchChannel, openBenchHouse, quantile } from './house.ts'
import { furnish } from './shop.ts'

export interface SizeResult {
  readonly orders: number
  readonly queries: readonly {
    readonly query: string
    readonly p50: number
    readonly p95: number
    readonly times: number
  }[]
  readonly worstP95Ms: number
  readonly memoryMb: number
}

const times = 60

/** Lists, counts and searches with many orders stored, in milliseconds at the server's use cases: SQL, opening, masking and all. */
export async function measureSize(
  server: Connection,
  asked: { readonly orders: number; readonly say: (text: string) => void },
): Promise<SizeResult> {
  const house = await openBenchHouse(server, 'size')
  const shopId = await furnish(house.ctx, benchChannel)
  await fill(house, { shopId, count: asked.orders, channel: benchChannel, say: asked.say })

  const queries: { query: string; p50: number; p95: number; times: number }[] = []
  for (const [query, run] of questions(house.ctx, shopId, asked.orders)) {
    for (let i = 0; i < 5; i += 1) await run(i)
    const took: number[] = []
    for (let i = 0; i < times; i += 1) {
      const began = performance.now()
      await run(i)
      took.push(performance.now() - began)
    }
    queries.push({ query, p50: round(quantile(took, 0.5)), p95: round(quantile(took, 0.95)), times })
  }
  await house.database.close()
  const result = {
    orders: asked.orders,
    queries,
    worstP95Ms: Math.max(...queries.map((q) => q.p95)),
    memoryMb: Math.round(process.memoryUsage().rss / 1_048_576),
  }
  asked.say(
    [
      '',
      '| 查询 | p50 ms | p95 ms |',
      '|---|---|---|',
      ...queries.map((q) => `| ${q.query} | ${q.p50} | ${q.p95} |`),
      '',
      `${asked.orders.toLocaleString('en')} 单，最差 p95 ${result.worstP95Ms} ms，内存 ${result.memoryMb} MB`,
    ].join('\n'),
  )
  return result
}

const round = (ms: number) => Math.round(ms * 10) / 10

type Question = readonly [query: string, run: (i: number) => Promise<unknown>]

function questions(ctx: Ctx, shopId: number, count: number): Question[] {
  const page = (given: object) => findOrders(ctx, listOrders.input.parse(given))
  const any = (i: number) => 1 + ((i * 104_729) % count)
  const no = (id: number) => `T${String(id).padStart(8, '0')}`
  const filters: Record<string, (i: number) => object> = {
    无: () => ({}),
    店铺: () => ({ shopIds: [shopId] }),
    '原因 缺货': () => ({ findings: ['stock-short'] }),
    省份: (i) => ({ province: ['浙江省', '广东省', '四川省'][i % 3] }),
    仓库: (i) => ({ warehouseId: 1 + (i % 2) }),
    '日期 7 天': (i) => ({ from: day(i + 7), to: day(i) }),
    有留言: () => ({ hasNote: 'true' }),
  }
  const lists = orderViews.flatMap((view: OrderView) =>
    Object.entries(filters).map(
      ([name, filter]): Question => [`列表 ${view} · ${name}`, (i) => page({ view, ...filter(i) })],
    ),
  )
  return [
    ...lists,
    ['第 200 页', (i) => page({ view: 'all', after: deepCursor(count, i) })],
    ['各视图单数', () => countViews(ctx, [])],
    ['各视图单数 · 一个店铺', () => countViews(ctx, [shopId])],
    ['订单详情', (i) => readOrder(ctx, no(any(i)))],
    ['查 系统单号', (i) => page({ search: no(any(i)) })],
    ['查 平台单号', (i) => page({ search: `41${String(any(i)).padStart(17, '0')}` })],
    ['查 运单号', (i) => page({ search: `735${String(any(i)).padStart(11, '0')}` })],
    ['查 手机后四位', (i) => page({ search: String(1_000 + i * 97).slice(0, 4) })],
    ['查 姓名两个字', (i) => page({ search: ['晓禾', '伟芳', '王伟', '李娜', '子涵'][i % 5] })],
    ['查 SKU', (i) => page({ search: `MB-${1_000 + i * 31}` })],
    ['全局查找 姓名', (i) => findAnything(ctx, { q: ['晓禾', '王伟'][i % 2]! })],
  ]
}

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)

/** A place deep in the list, as a page before it would have told. */
function deepCursor(count: number, i: number): string {
  const id = Math.max(1, Math.floor(count / 2) - i)
  const at = new Date(Date.now() - (count - id) * ((365 * 86_400_000) / count)).toISOString()
  return Buffer.from(JSON.stringify([at, id])).toString('base64url')
}
