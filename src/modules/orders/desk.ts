import { stockKey } from '../../core/inventory/reserve.ts'
import type { WorkOrder, World } from '../../core/order/settle.ts'
import { factsNeeded, ReviewSettings, readyRules } from '../../core/review/evaluate.ts'
import type { ReviewFacts } from '../../core/review/rule.ts'
import { nearestFirst } from '../../core/routing/choose-warehouse.ts'
import type { Ctx } from '../../platform/module.ts'
import { listPlaces, lockShelves, readShelves } from '../inventory/index.ts'
import { findSetting, listRecentOf, type Twin } from './store/read.ts'

/** What tells two orders of one buyer apart or alike. */
export interface TwinKey {
  readonly key: string
  readonly orderNo: string | null
  readonly buyerId: number | null
  readonly goods: string
  readonly shopId: number
  readonly channelOrderNo: string
  readonly createdAt: number
}

export const reviewSettingName = 'review'

export async function loadReviewSettings(ctx: Ctx): Promise<ReviewSettings> {
  return ReviewSettings.parse((await findSetting(ctx.db, reviewSettingName)) ?? {})
}

const twinWindowMs = 24 * 3_600_000

/**
 * Lays out what is needed to settle a batch: the merchant's rules, warehouses nearest first, twins, and the shelves. Shelves come last
 * and locked (unless it is a preview), so that pieces are locked for as short as can be.
 */
export async function openDesk(
  ctx: Ctx,
  works: readonly WorkOrder[],
  given: { readonly twinKeys: ReadonlyMap<string, TwinKey>; readonly isPreview: boolean },
): Promise<World> {
  const settings = await loadReviewSettings(ctx)
  const rules = readyRules(settings)
  const places = await listPlaces(ctx.db)
  const twins = factsNeeded(rules).has('twin') ? await loadTwins(ctx, [...given.twinKeys.values()]) : []

  const skuIds = [
    ...new Set(works.flatMap((work) => work.lines.flatMap((line) => (line.skuId === null ? [] : [line.skuId])))),
  ].sort((a, b) => a - b)
  const rows = given.isPreview ? await readShelves(ctx.db, skuIds) : await lockShelves(ctx.db, skuIds)
  return {
    shelves: new Map(rows.map((row) => [stockKey(row.skuId, row.warehouseId), row])),
    placesFor: remembered((work) => nearestFirst(places, work.receiver)),
    rules,
    twinOf: (work) => twinOf(given.twinKeys.get(work.key), twins),
    autoApprove: settings.autoApprove,
  }
}

/** Distances are asked of many orders to few cities. */
function remembered(nearest: (work: WorkOrder) => readonly number[]): World['placesFor'] {
  const known = new Map<string, readonly number[]>()
  return (work) => {
    const city = `${work.receiver.province}${work.receiver.city}`
    const found = known.get(city) ?? nearest(work)
    known.set(city, found)
    return found
  }
}

async function loadTwins(ctx: Ctx, keys: readonly TwinKey[]): Promise<readonly Twin[]> {
  const buyerIds = [...new Set(keys.flatMap((key) => (key.buyerId === null ? [] : [key.buyerId])))]
  if (buyerIds.length === 0) return []
  const earliest = Math.min(...keys.map((key) => key.createdAt))
  const batch = keys.flatMap((key) =>
    key.buyerId === null ? [] : [{ ...key, buyerId: key.buyerId, orderNo: key.orderNo ?? key.channelOrderNo }],
  )
  return [...(await listRecentOf(ctx.db, buyerIds, earliest - twinWindowMs)), ...batch]
}

/** The latest earlier order of the same buyer for the same goods; of two at the same instant the one with the smaller number came first. */
function twinOf(mine: TwinKey | undefined, twins: readonly Twin[]): ReviewFacts['twin'] {
  if (!mine || mine.buyerId === null) return null
  const isMine = (twin: Twin) => twin.shopId === mine.shopId && twin.channelOrderNo === mine.channelOrderNo
  const isEarlier = (twin: Twin) =>
    twin.createdAt < mine.createdAt || (twin.createdAt === mine.createdAt && twin.channelOrderNo < mine.channelOrderNo)
  const earlier = twins.filter(
    (twin) => twin.buyerId === mine.buyerId && twin.goods === mine.goods && !isMine(twin) && isEarlier(twin),
  )
  const latest = earlier.reduce<Twin | null>(
    (best, twin) => (best === null || twin.createdAt > best.createdAt ? twin : best),
    null,
  )
  return latest === null
    ? null
    : { orderNo: latest.orderNo, minutes: Math.floor((mine.createdAt - latest.createdAt) / 60_000) }
}
