import { z } from 'zod'
import type { ChannelOrder } from '../../src/core/channel/shapes.ts'
import { storeSeen } from '../../src/modules/channels/index.ts'
import { allocateOrders } from '../../src/modules/fulfilment/index.ts'
import { fulfilment } from '../../src/modules/fulfilment/module.ts'
import { orders, takeInOrders } from '../../src/modules/orders/index.ts'
import { type Sql, sql } from '../../src/platform/db/sql.ts'
import type { Ctx, Job } from '../../src/platform/module.ts'
import { type TestBed, testBed } from './ctx.ts'
import { type FakeChannel, fakeChannel } from './fake-channel.ts'
import { anOrder, seenOrder } from './orders.ts'

const Key = z.object({ id: z.int() })
const Waiting = z.object({ id: z.int(), name: z.string(), input: z.unknown() })

/** A shop with orders that pass review, and stock enough: what parcels are made of. */
export interface ParcelStage extends TestBed {
  readonly channel: FakeChannel
  readonly shopId: number
  readonly warehouseId: number
  /** SKUs MUG (barcode 6901) and VASE, a hundred of each. */
  readonly mug: number
  readonly vase: number
  readonly insert: (statement: Sql) => Promise<number>
  /** The order `A<n>`, of one mug unless lines are given. */
  readonly order: (n: number, given?: Partial<ChannelOrder>) => ChannelOrder
  readonly lines: (n: number, ...goods: [code: 'MUG' | 'VASE', quantity: number][]) => ChannelOrder['lines']
  /** Takes orders in and gives the keys of all there are, in order. */
  readonly takeIn: (...told: readonly ChannelOrder[]) => Promise<number[]>
  /** Takes in `A1` to `A<count>` and packs them; gives the parcels' keys. */
  readonly packed: (count: number) => Promise<number[]>
  /** The channel tells that the buyer of `A<n>` wants money back. */
  readonly refund: (n: number) => Promise<void>
  /** Works the jobs that listeners of these modules wait with, until none is left. */
  readonly settle: () => Promise<void>
  readonly as: (name: string) => Ctx
}

const minute = (n: number) => Date.parse('2026-11-11T02:00:00Z') + n * 60_000

export async function parcelStage(): Promise<ParcelStage> {
  const channel = fakeChannel()
  const bed = await testBed({ channels: [channel.plug], listeners: { ...orders.listeners, ...fulfilment.listeners } })
  const insert = async (statement: Sql) => (await bed.ctx.db.one(Key, statement)).id
  const shopId = await insert(
    sql`insert into channels.shop (channel, name, mode, connection, created_at) values ('fake', '木白旗舰店', 'api', 'c1', now()) returning id`,
  )
  const warehouseId = await insert(
    sql`insert into inventory.warehouse (code, name, province, city) values ('ZZ', '漳州主仓', '福建省', '漳州市') returning id`,
  )
  const mug = await stockSku(bed.ctx, warehouseId, { code: 'MUG', name: '粗陶马克杯', barcode: '6901' })
  const vase = await stockSku(bed.ctx, warehouseId, { code: 'VASE', name: '手工玻璃花瓶', barcode: null })
  const takeIn: ParcelStage['takeIn'] = async (...told) => {
    await storeSeen(bed.ctx, told.map(seenOrder), { shopId, source: 'sweep' })
    while ((await takeInOrders(bed.ctx)) > 0);
    return (await bed.ctx.db.all(Key, sql`select id from orders.sale order by id`)).map((row) => row.id)
  }
  return {
    ...bed,
    channel,
    shopId,
    warehouseId,
    mug,
    vase,
    insert,
    order: orderOf,
    lines: linesOf,
    takeIn,
    packed: async (count) => {
      await takeIn(...Array.from({ length: count }, (_, i) => orderOf(i + 1)))
      return (await allocateOrders(bed.ctx, { orderIds: 'all-approved' })).parcelIds
    },
    refund: async (n) => void (await takeIn(refunding(n))),
    settle: () => settle(bed.ctx, [...orders.jobs, ...fulfilment.jobs]),
    as: (name) => bed.ctxFor({ ...bed.ctx.actor, kind: 'person', id: 1, name }),
  }
}

async function stockSku(
  ctx: Ctx,
  warehouseId: number,
  { code, name, barcode }: { readonly code: string; readonly name: string; readonly barcode: string | null },
): Promise<number> {
  const { id } = await ctx.db.one(
    Key,
    sql`insert into catalogue.sku (code, product_name, specification, barcode) values (${code}, ${name}, '苔绿', ${barcode}) returning id`,
  )
  await ctx.db.run(
    sql`insert into inventory.movement (at, kind, sku_id, warehouse_id, on_hand, actor) values (now(), 'receive', ${id}, ${warehouseId}, 1000, '测试')`,
  )
  return id
}

const linesOf: ParcelStage['lines'] = (n, ...goods) => {
  const [line] = anOrder({ channelOrderNo: `A${n}`, createdAt: minute(n) }).lines
  return goods.map(([code, quantity], i) => ({
    ...line!,
    channelLineNo: `A${n}-${i + 1}`,
    channelSkuNo: code,
    merchantCode: code,
    quantity,
    unitPaidFen: Array<number>(quantity).fill(5900 / quantity),
    paidFen: i === 0 ? 5900 : 0,
  }))
}

const orderOf: ParcelStage['order'] = (n, given = {}) => ({
  ...anOrder({ channelOrderNo: `A${n}`, createdAt: minute(n), lines: linesOf(n, ['MUG', 1]) }),
  buyer: { channelBuyerNo: `b-${n}`, nick: '林**' },
  ...given,
})

const refunding = (n: number) =>
  orderOf(n, {
    modifiedAt: new Date(minute(n) + 600_000).toISOString(),
    orderRefundState: 'in-progress',
    mayShipNow: false,
    lines: linesOf(n, ['MUG', 1]).map((line) => ({ ...line, refundState: 'requested', mayShipNow: false })),
  })

async function settle(ctx: Ctx, jobs: readonly Job[]): Promise<void> {
  const known = new Map(jobs.map((job) => [job.name, job]))
  for (;;) {
    const waiting = await ctx.db.all(
      Waiting,
      sql`
      select j.id, t.identifier as name, j.payload -> 'input' as input
        from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = any(${[...known.keys()]}::text[]) order by j.id`,
    )
    if (waiting.length === 0) return
    for (const { id, name, input } of waiting) {
      await ctx.db.run(sql`delete from graphile_worker._private_jobs where id = ${id}`)
      await known.get(name)!.run(ctx, input)
    }
  }
}
