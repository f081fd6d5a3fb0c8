import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { demoCatalogue } from '../../simulators/demo-catalogue.ts'
import type { ListingSeed, Purchase, StartSimulator, Truth } from '../../simulators/simulator.ts'
import type { ChannelOrder } from '../../src/core/channel/shapes.ts'
import type {
  AnyChannel,
  OrderHead,
  Page,
  ReportedLine,
  ShipmentReport,
  Span,
  StockItem,
} from '../../src/kit/channel.ts'
import { type OperationName, openRig, type Rig, type Shop } from './rig.ts'

/** What a group of questions is given: a plug-in, and a way to ask it. */
export interface Stage {
  readonly plug: AnyChannel
  /**
   * One question, asked on a fresh simulator with goods on its shelves. It is skipped, and says why, where the plug-in lacks an operation that
   * it needs or where `skip` is called.
   */
  readonly asks: (what: string, needs: readonly OperationName[], question: Question) => void
}

export type Question = (rig: Rig, skip: (reason: string) => never) => Promise<void>

/** Plenty of everything, so that no question runs out of goods. */
const goods: readonly ListingSeed[] = demoCatalogue.map((good) => ({ ...good, quantity: 5_000 }))

export function stageOf(plug: AnyChannel, start: StartSimulator): Stage {
  let rig: Rig
  beforeAll(async () => {
    rig = await openRig(plug, start)
  })
  beforeEach(async () => {
    await rig.fresh()
    await rig.controls.offer(goods)
  })
  // Whatever was asked, no call broke a published limit.
  afterEach(async () => expect((await rig.controls.counts()).violations).toBe(0))
  afterAll(() => rig.close())

  return {
    plug,
    asks: (what, needs, question) => {
      test(what, async ({ skip }) => {
        const absent = needs.filter((name) => !rig.has(name))
        if (absent.length > 0) skip(`${plug.manifest.id} does not offer ${absent.join(', ')}`)
        await question(rig, (reason) => skip(`${plug.manifest.id}: ${reason}`))
      })
    },
  }
}

/** One buyer's order. */
export async function buyOne(rig: Rig, purchase: Omit<Purchase, 'count'> = {}): Promise<Truth> {
  const [order] = await rig.controls.buy({ count: 1, seed: 1, ...purchase })
  if (order === undefined) throw new Error('nobody bought anything')
  return order
}

export const twoKinds = [
  { merchantCode: 'MB-1001', quantity: 3 },
  { merchantCode: 'MB-2001', quantity: 1 },
] as const

export async function orderOf(rig: Rig, shop: Shop, { orderNo }: Pick<Truth, 'orderNo'>): Promise<ChannelOrder> {
  return (await rig.does('orders.get')(shop, orderNo)).order
}

/** A parcel of an order as the product reports it; everything of it unless `lines` says otherwise. */
export function parcelOf(order: Truth, waybillNo: string, lines?: readonly ReportedLine[]): ShipmentReport {
  return {
    channelOrderNo: order.orderNo,
    carrier: 'zto',
    carrierName: '中通快递',
    waybillNo,
    shippedAt: order.createdAt + 3_600_000,
    lines: lines ?? order.lines.map((line) => piecesOf(line, line.quantity)),
    isWholeOrder: lines === undefined,
  }
}

export function piecesOf(line: Truth['lines'][number], quantity: number, completesLine?: boolean): ReportedLine {
  return {
    channelLineNo: line.lineNo,
    channelSkuNo: line.skuNo,
    quantity,
    isWholeLine: quantity === line.quantity,
    ...(completesLine === undefined ? {} : { completesLine }),
  }
}

/** A listing as stock is pushed to it, by the simulator's own numbers. */
export async function stockItemOf(rig: Rig, merchantCode: string): Promise<StockItem> {
  const listing = (await rig.controls.listings()).find((each) => each.merchantCode === merchantCode)
  if (listing === undefined) throw new Error(`no listing ${merchantCode}`)
  return { channelItemNo: listing.itemNo, channelSkuNo: listing.skuNo, merchantCode, quantity: listing.quantity }
}

export const waybillsOf = (order: ChannelOrder) =>
  new Set([...order.shipments, ...order.lines.flatMap((line) => line.shipments)].map(({ waybillNo }) => waybillNo))

const mostPages = 100

/** All pages of a list, one after the other. */
export async function pagesOf<Row>(ask: (cursor: string | null) => Promise<Page<Row>>): Promise<Page<Row>[]> {
  const pages: Page<Row>[] = []
  for (let cursor: string | null = null; pages.length < mostPages; ) {
    const page: Page<Row> = await ask(cursor)
    pages.push(page)
    if (page.next === null) return pages
    cursor = page.next
  }
  throw new Error(`more than ${mostPages} pages`)
}

export const rowsOf = <Row>(pages: readonly Page<Row>[]) => pages.flatMap(({ rows }) => rows)

/** Lets time pass until a span may be asked for: a list may lag behind now, and what came too late for it would be lost. */
export async function waitFor(rig: Rig, { to }: Span): Promise<void> {
  const dueAt = to + rig.plug.manifest.pulling.lagMs
  if (dueAt > rig.now()) await rig.pass(dueAt - rig.now())
}

export async function pullPages(rig: Rig, shop: Shop, span: Span, by: 'modified' | 'created' = 'modified') {
  await waitFor(rig, span)
  return pagesOf<OrderHead>((cursor) => rig.does('orders.pull')(shop, { span, by, cursor }))
}

export const numbersOf = (rows: readonly { readonly channelOrderNo: string }[]) => rows.map((row) => row.channelOrderNo)
