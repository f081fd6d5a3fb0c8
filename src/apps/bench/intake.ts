import { z } from 'zod'
import { storeSeen } from '../../modules/channels/index.ts'
import { listDrifts } from '../../modules/inventory/index.ts'
import { takeInOrders } from '../../modules/orders/index.ts'
import type { Connection } from '../../platform/db/open.ts'
import { sql } from '../../platform/db/sql.ts'
import { marks, readRows, writeBatch } from './bare.ts'
import { type BenchHouse, benchChannel, median, openBenchHouse } from './house.ts'
import { furnish, ordersOf } from './shop.ts'

export interface IntakeResult {
  readonly pipeline: { readonly ordersPerSecond: number; readonly rounds: readonly number[] }
  readonly bare: { readonly ordersPerSecond: number; readonly rounds: readonly number[] }
  readonly ratio: number
  readonly statementsPerBatch: number
  readonly memoryMb: number
  readonly isRight: boolean
}

interface Asked {
  readonly ordersARound: number
  readonly rounds: number
  readonly say: (text: string) => void
}

const page = 100
const batch = 200

/**
 * Seen → taken in → held → reviewed → approved, against the same rows written bare. Rounds alternate; the ratio is the median of the
 * rounds' own ratios. Afterwards the books are read: every order once, ledger balanced, nothing promised twice.
 */
export async function measureIntake(server: Connection, asked: Asked): Promise<IntakeResult> {
  const ours = await openBenchHouse(server, 'ours')
  const bare = await openBenchHouse(server, 'bare')
  const shopId = await furnish(ours.ctx, benchChannel)
  await furnish(bare.ctx, benchChannel)
  await warmUp(ours, bare, shopId)

  const rounds: { ours: number; bare: number }[] = []
  const statements = new Set<number>()
  for (let round = 0; round < asked.rounds; round += 1) {
    const from = 1_000 + round * asked.ordersARound
    const since = await marks(ours.database.pool)
    const took = await pipeline(ours, { shopId, from, to: from + asked.ordersARound, statements })
    const rows = await readRows(ours.database.pool, since, Math.ceil(asked.ordersARound / batch))
    const tookBare = await timed(async () => {
      for (const lot of rows) await writeBatch(bare.database.pool, lot)
    })
    rounds.push({ ours: (asked.ordersARound / took) * 1000, bare: (asked.ordersARound / tookBare) * 1000 })
    asked.say(
      `第 ${round + 1} 轮:我们 ${rounds.at(-1)!.ours.toFixed(0)} 单/秒,裸写 ${rounds.at(-1)!.bare.toFixed(0)} 单/秒`,
    )
  }

  const result = await conclude(ours, { rounds, statements, orders: asked.rounds * asked.ordersARound + warmOrders })
  asked.say(table(result))
  await Promise.all([ours.database.close(), bare.database.close()])
  return result
}

const warmOrders = 400

/** Plans are made and code is hot, in both houses. */
async function warmUp(ours: BenchHouse, bare: BenchHouse, shopId: number): Promise<void> {
  const since = await marks(ours.database.pool)
  await pipeline(ours, { shopId, from: 0, to: warmOrders, statements: new Set() })
  for (const lot of await readRows(ours.database.pool, since, 2)) await writeBatch(bare.database.pool, lot)
}

async function pipeline(
  { ctx, database }: BenchHouse,
  run: { readonly shopId: number; readonly from: number; readonly to: number; readonly statements: Set<number> },
): Promise<number> {
  const told = ordersOf(run.from, run.to, benchChannel)
  return timed(async () => {
    for (let at = 0; at < told.length; at += page)
      await storeSeen(ctx, told.slice(at, at + page), { shopId: run.shopId, source: 'sweep' })
    for (;;) {
      const before = database.statements()
      const done = await takeInOrders(ctx, batch)
      if (done === 0) return
      if (done === batch) run.statements.add(database.statements() - before)
    }
  })
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

const Books = z.object({ orders: z.int(), doubled: z.int(), undecided: z.int() })

async function conclude(
  { ctx }: BenchHouse,
  run: {
    readonly rounds: readonly { ours: number; bare: number }[]
    readonly statements: ReadonlySet<number>
    readonly orders: number
  },
): Promise<IntakeResult> {
  const books = await ctx.db.one(
    Books,
    sql`
    select count(*) as orders, count(*) - count(distinct (shop_id, channel_order_no)) as doubled, count(*) filter (where state not in ('approved', 'held')) as undecided from orders.sale`,
  )
  const drifts = await listDrifts(ctx.db)
  return {
    pipeline: {
      ordersPerSecond: Math.round(median(run.rounds.map((r) => r.ours))),
      rounds: run.rounds.map((r) => Math.round(r.ours)),
    },
    bare: {
      ordersPerSecond: Math.round(median(run.rounds.map((r) => r.bare))),
      rounds: run.rounds.map((r) => Math.round(r.bare)),
    },
    ratio: Number(median(run.rounds.map((r) => r.ours / r.bare)).toFixed(3)),
    statementsPerBatch: Math.max(...run.statements),
    memoryMb: Math.round(process.memoryUsage().rss / 1024 / 1024),
    isRight: books.orders === run.orders && books.doubled === 0 && books.undecided === 0 && drifts.length === 0,
  }
}

function table(result: IntakeResult): string {
  return [
    '',
    '| | 单/秒(中位) | 各轮 |',
    '|---|---|---|',
    `| 我们:看到 → 入库 → 占用 → 审核 → 通过 | ${result.pipeline.ordersPerSecond} | ${result.pipeline.rounds.join(' · ')} |`,
    `| 裸写同样的行 | ${result.bare.ordersPerSecond} | ${result.bare.rounds.join(' · ')} |`,
    '',
    `比值 ${result.ratio},每批 ${result.statementsPerBatch} 条语句(${batch} 单一批),内存 ${result.memoryMb} MB,账目${result.isRight ? '无误' : '有误'}`,
  ].join('\n')
}
