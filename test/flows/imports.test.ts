import iconv from 'iconv-lite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { allModules } from '../../src/apps/modules.ts'
import { readSheet } from '../../src/connectors/channels/generic/sheets.ts'
import { channels } from '../../src/connectors/index.ts'
import { storeSeen } from '../../src/modules/channels/index.ts'
import { listDrifts } from '../../src/modules/inventory/index.ts'
import { sql } from '../../src/platform/db/sql.ts'
import { testBed } from '../aid/ctx.ts'
import { type Client, type HttpBed, httpBed } from '../aid/http.ts'

/** A merchant without an interface begins with four files, makes mistakes, and takes them back; later the interface comes. */
let bed: HttpBed
let owner: Client
let shopId: number
const modules = allModules()

beforeAll(async () => {
  const names = [...new Set(modules.flatMap((module) => Object.keys(module.listeners)))]
  const hear = (event: string) =>
    modules.flatMap((module) =>
      Object.entries(module.listeners).flatMap(([name, jobs]) => (name === event ? (jobs ?? []) : [])),
    )
  const listeners = Object.fromEntries(names.map((name) => [name, hear(name)]))
  bed = await httpBed({ modules, seed: true, bed: await testBed({ channels, listeners }) })
  owner = await bed.as('owner')
  await said(owner.call('POST', '/warehouses', { code: 'ZZ', name: '漳州主仓', province: '福建省', city: '漳州市' }))
  const shop = { channel: 'generic', name: '木白小店', mode: 'file' }
  shopId = (await said<{ shopId: number }>(owner.call('POST', '/shops', shop))).shopId
}, 120_000)
afterAll(() => bed?.close())

async function said<T>(reply: ReturnType<Client['call']>): Promise<T> {
  const { status, json, text } = await reply
  if (status !== 200) throw new Error(`${status} ${text}`)
  return json as T
}

const Waiting = z.object({ id: z.int(), name: z.string(), input: z.unknown() })
/** Works what waits, as a worker would, until nothing does. */
async function settle(): Promise<void> {
  const jobs = new Map(modules.flatMap((module) => module.jobs.map((job) => [job.name, job] as const)))
  for (;;) {
    const waiting = await bed.ctx.db.maybe(
      Waiting,
      sql`
      select j.id, t.identifier as name, j.payload -> 'input' as input
        from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id order by j.id limit 1`,
    )
    if (waiting === null) return
    await bed.ctx.db.run(sql`delete from graphile_worker._private_jobs where id = ${waiting.id}`)
    const job = jobs.get(waiting.name)
    if (job === undefined) throw new Error(`no module does ${waiting.name}`)
    await job.run(bed.ctx, waiting.input)
  }
}

interface Preview {
  readonly import: {
    readonly importId: number
    readonly kind: string
    readonly state: string
    readonly done: number
    readonly known: number
    readonly failed: number
  }
  readonly columns: readonly { readonly header: string; readonly meaningZh: string | null }[]
  readonly firstRows: readonly (readonly string[])[] | null
  readonly errors: readonly { readonly row: number; readonly column: string; readonly zh: string }[]
  readonly new: number
  readonly known: number
  readonly changed: number
}
const drop = async (text: string, who = owner, encoding = 'utf-8') => {
  bed.pass(60_000)
  return said<Preview>(
    who.call('POST', `/imports?fileName=${encodeURIComponent('表.csv')}`, iconv.encode(text, encoding)),
  )
}
const run = async ({ import: { importId } }: Preview, onlyGoodRows = false) => {
  await said(owner.call('POST', `/imports/${importId}/run`, { onlyGoodRows }))
  bed.pass(60_000)
  await settle()
  return (await said<Preview>(owner.call('GET', `/imports/${importId}`))).import
}
const undone = async (importId: number) => {
  const preview = await said<{ undone: number; left: { label: string; zh: string }[] }>(
    owner.call('GET', `/imports/${importId}/undo`),
  )
  await said(owner.call('POST', `/imports/${importId}/undo`, {}))
  await settle()
  expect((await said<Preview>(owner.call('GET', `/imports/${importId}`))).import.state).toBe('undone')
  return preview
}
interface Order {
  readonly id: number
  readonly orderNo: string
  readonly channelOrderNo: string
  readonly state: string
}
const orders = async (view = 'all') =>
  (await said<{ rows: Order[] }>(owner.call('GET', `/orders?view=${view}&sort=oldest`))).rows
const counts = async () => (await said<{ views: Record<string, number> }>(owner.call('GET', '/orders/counts'))).views
const stockOf = async (code: string) =>
  (
    await said<{ rows: { code: string; onHand: number; reserved: number }[] }>(
      owner.call('GET', `/stock?search=${code}`),
    )
  ).rows[0]

const orderHead = '订单号,下单时间,修改时间,订单状态,收件人,手机,省,市,区,详细地址,商品名称,商家编码,数量,实付\r\n'
const orderLine = (no: string, quantity = '1', status = '待发货') =>
  `${no},2026-11-10 09:15:02,2026-11-10 09:20:00,${status},林晓禾,138000001${no.slice(-2)},浙江,杭州,西湖区,示例路 ${no.slice(-2)} 号,粗陶马克杯,MUG,${quantity},59.00\r\n`
const imported: Record<string, number> = {}

test('goods come by a products file, also in GBK; costs are shown to nobody without the right', async () => {
  const text = 'SKU 编码,商品名称,重量（克）,成本(元)\r\nMUG,粗陶马克杯,350,12.50\r\nRUG,羊毛地毯,,\r\n'
  const preview = await drop(text, await bed.as('purchasing'), 'gbk')
  expect(preview).toMatchObject({ import: { kind: 'products' }, new: 2, known: 0, changed: 0, errors: [] })
  expect(preview.columns.map((column) => column.meaningZh)).toEqual(['SKU 编码', '商品名称', '重量', '成本'])
  const { importId } = preview.import
  const seen = await said<Preview>((await bed.as('reviewer')).call('GET', `/imports/${importId}`))
  expect(JSON.stringify(seen)).not.toContain('12.50')
  expect(await run(preview)).toMatchObject({ state: 'done', done: 2, failed: 0 })
  imported.products = importId
})

test('pieces come by a stock file; who may not adjust stock may not run it', async () => {
  const preview = await drop('商家编码,数量,安全库存\r\nMUG,20,2\r\nRUG,3.5,\r\nVASE,9,\r\n')
  expect(preview.errors.map(({ row, column, zh }) => [row, column, zh])).toEqual([
    [2, '数量', '请填 0 到 1000000 的整数'],
    [3, '商家编码', '没有这个 SKU，请核对，或先到“商品”里新建'],
  ])
  const { importId } = preview.import
  const reviewer = await bed.as('reviewer')
  expect(await reviewer.call('POST', `/imports/${importId}/run`, { onlyGoodRows: true })).toMatchObject({
    status: 403,
    json: { code: 'PERMISSION_NEEDED' },
  })
  const cells = [{ row: 2, column: '数量', value: '3' }]
  await said(owner.call('POST', `/imports/${importId}/corrections`, { cells }))
  expect(await run(preview, true)).toMatchObject({ state: 'done', done: 2, failed: 1 })
  expect(await stockOf('MUG')).toMatchObject({ onHand: 20, reserved: 0 })
  const rows = await owner.call('GET', `/imports/${importId}/error-rows`)
  expect(rows.text).toContain('VASE,9,,商家编码：没有这个 SKU')
  imported.stock = importId
})

test('waybill numbers come by a file', async () => {
  const preview = await drop('快递公司,运单号\r\n中通,73000000000001\r\n中通,73000000000002\r\n')
  expect(preview).toMatchObject({ import: { kind: 'waybills' }, new: 2 })
  expect(await run(preview)).toMatchObject({ done: 2 })
  imported.waybills = preview.import.importId
})

test('orders come by a file, once, however often it is dropped', async () => {
  const text = orderHead + ['T-7301', 'T-7302', 'T-7303', 'T-7304'].map((no) => orderLine(no)).join('')
  const preview = await drop(text)
  expect(preview).toMatchObject({ import: { kind: 'orders' }, new: 4, known: 0, errors: [] })
  expect(await run(preview)).toMatchObject({ state: 'done', done: 4, known: 0 })
  expect(await counts()).toMatchObject({ all: 4, approved: 4 })
  expect(await stockOf('MUG')).toMatchObject({ onHand: 20, reserved: 4 })

  const again = await drop(text)
  expect(again).toMatchObject({ new: 0, known: 4, changed: 0 })
  expect(await run(again)).toMatchObject({ state: 'done', done: 0, known: 4 })
  expect(await counts()).toMatchObject({ all: 4 })
  imported.orders = preview.import.importId
})

test('an undo takes orders back but those that somebody touched, and the counts are right at once', async () => {
  const [first, second] = await orders()
  await said(owner.call('POST', '/orders/hold', { selection: { ids: [first!.id] }, reason: '等买家回复', until: null }))
  await said(owner.call('POST', '/parcels/allocate', { orderIds: [second!.id] }))
  expect(await undone(imported.orders!)).toEqual({
    undone: 2,
    left: [
      { label: 'T-7301', zh: '店主 已挂起' },
      { label: 'T-7302', zh: '已配过货' },
    ],
  })
  expect((await orders()).map((order) => order.channelOrderNo)).toEqual(['T-7301', 'T-7302'])
  expect(await counts()).toMatchObject({ all: 2, held: 1, allocated: 1, approved: 0, closed: 0 })
  expect(await stockOf('MUG')).toMatchObject({ onHand: 20, reserved: 2 })
})

test('when the interface comes, each order is there once: those kept, those taken back, and new ones', async () => {
  const headers = orderHead.trim().split(',')
  const rows = ['T-7301', 'T-7302', 'T-7303', 'T-7304', 'T-7305'].map((no) => orderLine(no, '2').trim().split(','))
  const told = readSheet({ fileName: '', headers, rows }, bed.ctx.now())!.orders
  bed.pass(60_000)
  await storeSeen(bed.ctx, told, { shopId, source: 'sweep' })
  await settle()
  const listed = await orders()
  expect(listed.map((order) => order.channelOrderNo).sort()).toEqual(['T-7301', 'T-7302', 'T-7303', 'T-7304', 'T-7305'])
  expect(await counts()).toMatchObject({ all: 5, approved: 3, closed: 0 })
  expect(await stockOf('MUG')).toMatchObject({ onHand: 20, reserved: 10 })
  expect(await listDrifts(bed.ctx.db)).toEqual([])
  const back = listed.find((order) => order.channelOrderNo === 'T-7303')!
  const { history } = await said<{ history: { zh: string }[] }>(owner.call('GET', `/orders/${back.orderNo}`))
  expect(history.map((row) => row.zh)).toContain('撤销导入后重新进入系统')
})

test('what orders and parcels use stays when stock, numbers and goods are taken back', async () => {
  expect(await undone(imported.stock!)).toEqual({
    undone: 1,
    left: [{ label: 'MUG（漳州主仓）', zh: '要减 20 件，没被订单占用的只有 10 件' }],
  })
  expect(await stockOf('MUG')).toMatchObject({ onHand: 20, reserved: 10 })
  expect(await stockOf('RUG')).toMatchObject({ onHand: 0 })
  expect(await undone(imported.waybills!)).toEqual({
    undone: 1,
    left: [{ label: '73000000000001', zh: '中通快递，已用在包裹上' }],
  })
  expect((await undone(imported.products!)).left.map((one) => [one.label, one.zh])).toEqual([
    ['MUG', '已有库存、订单或包裹用到它'],
    ['RUG', '已有库存、订单或包裹用到它'],
  ])
  expect(await listDrifts(bed.ctx.db)).toEqual([])
})
