import { plainWaybillNo, waybillNosOf } from '../../core/channel/shipment.ts'
import { Failure } from '../../core/failures.ts'
import type { ShipmentReport } from '../../kit/channel.ts'
import { tell } from '../../platform/events/tell.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Ctx } from '../../platform/module.ts'
import { ask } from './ask.ts'
import { onDuty } from './duty.ts'
import { fetchOrders } from './fetch-orders.ts'
import { inParallel } from './in-parallel.ts'
import { type Link, offers, operationOf } from './link.ts'
import * as store from './store/reports.ts'
import { listNamedShops } from './store/shops.ts'
import { verdictOn } from './verdict.ts'

export interface ShipmentToReport extends ShipmentReport {
  readonly shopId: number
  readonly orderId: number
  readonly parcelId: number
}

/**
 * Puts shipments into the outbox (发货回传), in the caller's transaction: what is not committed is not told. One row a parcel, order and shop,
 * so the same twice is told once. A shop in file mode keeps them for its shipment file. Whoever stands beside a shop is told of its parcels
 * as well.
 */
export async function reportShipments(ctx: Ctx, reports: readonly ShipmentToReport[]): Promise<void> {
  if (reports.length === 0) return
  const shops = await listNamedShops(ctx.db)
  const rows = reports.flatMap(({ shopId, orderId, parcelId, ...report }) => {
    const shop = shops.find(({ id }) => id === shopId)
    if (shop === undefined) throw new Failure('SHOP_NOT_FOUND', { shopId })
    const beside = shops.filter(({ besideShopId, isDeleted }) => besideShopId === shopId && !isDeleted)
    const { channelOrderNo } = report
    const body = bodyOf(report)
    return [shop, ...beside].map(
      (told) =>
        ({ shopId: told.id, orderId, parcelId, channelOrderNo, report: body, state: tellsBy(ctx, told) }) as const,
    )
  })
  await store.upsertReports(ctx.db, rows, ctx.now())
  for (const shopId of new Set(rows.filter((row) => row.state === 'waiting').map((row) => row.shopId)))
    await enqueueReports(ctx, shopId)
}

function tellsBy(ctx: Ctx, shop: { readonly channel: string; readonly mode: 'api' | 'file' }): 'waiting' | 'for-file' {
  const { operations } = ctx.plugs.channel(shop.channel)
  return shop.mode === 'file' || operations['shipments.report'] === undefined ? 'for-file' : 'waiting'
}

function bodyOf(report: ShipmentReport): store.ReportBody {
  const { channelOrderNo, carrier, carrierName, waybillNo, shippedAt, lines, isWholeOrder, completesOrder } = report
  return {
    channelOrderNo,
    carrier,
    carrierName,
    waybillNo,
    shippedAt,
    lines: lines.map((line) => ({ ...line })),
    isWholeOrder,
    ...(completesOrder === undefined ? {} : { completesOrder }),
  }
}

export const enqueueReports = (ctx: Ctx, shopId: number) =>
  enqueue(
    ctx,
    'shipments.report',
    { shopId },
    { key: `shipments.report:${shopId}`, queue: `shop:${shopId}:reports`, priority: -20 },
  )

const atOnce = 4
const perClaim = 20
const leaseMs = 120_000
const turnMs = 20_000

/** Tells a shop's channel what was shipped, parcels of one order one after the other. What was left unclear is looked up before it is told again. */
export async function sendReports(ctx: Ctx, shopId: number): Promise<void> {
  await onDuty(ctx, { shopId, duty: 'shipments' }, async (link) => {
    if (link.shop.isReadOnly) return
    const until = performance.now() + turnMs
    for (;;) {
      const due = await store.claimReports(ctx.db, shopId, { limit: perClaim, leaseMs, now: ctx.now() })
      if (due.length === 0) return
      await sendClaimed(ctx, link, due)
      if (performance.now() > until) return enqueueReports(ctx, shopId)
    }
  })
}

async function sendClaimed(ctx: Ctx, link: Link, due: readonly store.DueReport[]): Promise<void> {
  const begun = new Set<number>()
  const done: store.DueReport[] = []
  const troubles: (store.Trouble & Pick<store.DueReport, 'orderId'>)[] = []
  const groups = Map.groupBy(due, (row) => row.channelOrderNo)
  try {
    await inParallel([...groups.values()], atOnce, async (group) => {
      for (const row of group) {
        begun.add(row.id)
        const trouble = await sendOne(ctx, link, row)
        if (trouble === null) done.push(row)
        else troubles.push({ ...trouble, orderId: row.orderId })
      }
    })
  } finally {
    await settle(ctx, { done, troubles, notBegun: due.filter((row) => !begun.has(row.id) && !row.isUnclear) })
  }
}

interface Sent {
  readonly done: readonly store.DueReport[]
  readonly troubles: readonly (store.Trouble & Pick<store.DueReport, 'orderId'>)[]
  readonly notBegun: readonly store.DueReport[]
}

/** Also after a failure of the shop: what was told is told, and what was not begun is due again at once. The rest stays in doubt. */
async function settle(ctx: Ctx, { done, troubles, notBegun }: Sent): Promise<void> {
  const idsOf = (rows: readonly { readonly id: number }[]) => rows.map((row) => row.id)
  await ctx.tx(async (inner) => {
    if (done.length > 0) await store.saveReported(inner.db, idsOf(done), inner.now())
    if (troubles.length > 0) await store.saveReportTroubles(inner.db, troubles)
    if (notBegun.length > 0) await store.releaseReports(inner.db, idsOf(notBegun), inner.now())
    const orderIds = [...new Set([...done, ...troubles].map((row) => row.orderId))]
    if (orderIds.length > 0) await tell(inner, 'channels.shipment-reported', { orderIds })
  })
}

type About = Parameters<typeof verdictOn>[1]

/** Null when the channel knows the parcel. */
async function sendOne(ctx: Ctx, link: Link, row: store.DueReport): Promise<store.Trouble | null> {
  const about = { id: row.id, tried: row.tried, now: ctx.now() }
  if (row.isUnclear) {
    const found = await lookUp(ctx, link, row, about)
    if (found !== 'not-there') return found
  }
  try {
    await ask(ctx, link, (account) => operationOf(link, 'shipments.report')(account, row.report))
    return null
  } catch (error) {
    if (!(error instanceof Failure) || error.retry !== 'after-checking') return verdictOn(error, about)
    // It may have happened: the order at the channel tells. One that is done with another parcel is for a person to decide.
    const found = await lookUp(ctx, link, row, about)
    if (found !== 'not-there') return found
    const trouble = verdictOn(error, about)
    return error.code === 'CHANNEL_ALREADY_DONE' ? { ...trouble, state: 'needs-person', isUnclear: false } : trouble
  }
}

/** Null when the order at the channel shows the parcel. A look that fails leaves the doubt as it was: nothing is told before the next. */
async function lookUp(
  ctx: Ctx,
  link: Link,
  row: store.DueReport,
  about: About,
): Promise<store.Trouble | 'not-there' | null> {
  try {
    return (await isThere(ctx, link, row.report)) ? null : 'not-there'
  } catch (error) {
    return { ...verdictOn(error, about), isUnclear: true }
  }
}

async function isThere(ctx: Ctx, link: Link, { channelOrderNo, waybillNo }: store.ReportBody): Promise<boolean> {
  const parcel = { channelOrderNo, waybillNo: plainWaybillNo(waybillNo) }
  if (offers(link, 'shipments.find')) {
    const known = await ask(ctx, link, (account) => operationOf(link, 'shipments.find')(account, channelOrderNo))
    if (!known.some((no) => plainWaybillNo(no) === parcel.waybillNo)) return false
    await store.confirmReports(ctx.db, link.shopId, { parcels: [parcel], now: ctx.now() })
    return true
  }
  const { orders, gone } = await fetchOrders(ctx, link, { orderNos: [channelOrderNo], source: 'report' })
  if (gone.length > 0) throw new Failure('CHANNEL_NOT_FOUND', { channel: link.plug.manifest.zh })
  const [seen] = orders
  if (seen === undefined)
    throw new Failure('CHANNEL_NONSENSE', { channel: link.plug.manifest.zh, reason: `订单 ${channelOrderNo}` })
  return waybillNosOf(seen.order).has(parcel.waybillNo)
}
