import type { ChannelOperations, StockItem, StockResult } from '../../../kit/channel.ts'
import { ask } from './call.ts'
import { type Credentials, stockPerCall, type VendureAccount } from './manifest.ts'
import { LevelsData, type LevelsPayload, StockData } from './payload.ts'
import { levelsQuery, setStock } from './queries.ts'

const operation = 'stock.push'

/** What stands at one location for one variant. */
interface Level {
  readonly onHand: number
  readonly allocated: number
  /** Pieces kept back from sale; below zero where more may be sold than there are. */
  readonly threshold: number
}

/**
 * What a variant has at a location; nothing where it was never stocked there. The shop's own threshold counts where
 * the variant says so. Source: own-site.md 4 [sdk V].
 */
export function levelOf(variant: LevelsPayload, { location, shopThreshold }: Standing): Level {
  const level = variant.stockLevels.find(({ stockLocationId }) => stockLocationId === location)
  return {
    onHand: level?.stockOnHand ?? 0,
    allocated: level?.stockAllocated ?? 0,
    threshold: variant.useGlobalOutOfStockThreshold ? shopThreshold : variant.outOfStockThreshold,
  }
}
interface Standing {
  readonly location: string
  readonly shopThreshold: number
}

/** What is left for sale. */
export const availableOf = ({ onHand, allocated, threshold }: Level) => onHand - allocated - threshold

/** A variant to write, by what the levels say. */
interface Row {
  readonly item: StockItem
  readonly stockOnHand: number
  /** Why the number cannot be reached; null when it can. */
  readonly reason: string | null
}

/**
 * Sets what is left for sale (库存回传) at our location, absolute numbers. Vendure keeps what is physically there, so
 * what is allocated to orders and kept back from sale is added; the levels are read first. A variant nobody knows is
 * one bad result. Source: own-site.md 4 [sdk V].
 * Throws what a call throws.
 */
export const pushStock: ChannelOperations<Credentials>['stock.push'] = async (account, items) => {
  if (items.length > stockPerCall) throw new RangeError(`at most ${stockPerCall} items a call, not ${items.length}`)
  const levels = await levelsFor(account, items)
  const rows = items.flatMap((item) => {
    const level = levels.get(item.channelSkuNo)
    return level === undefined ? [] : [rowOf(item, level)]
  })
  const written = rows.length === 0 ? new Set<string>() : await write(account, rows)
  return items.map((item) =>
    resultOf(
      item,
      rows.find((row) => row.item === item),
      written,
    ),
  )
}

function resultOf(item: StockItem, row: Row | undefined, written: ReadonlySet<string>): StockResult {
  const { channelItemNo, channelSkuNo } = item
  const reason = row !== undefined && written.has(channelSkuNo) ? row.reason : '店铺里没有这个规格'
  return { channelItemNo, channelSkuNo, ok: reason === null, reason }
}

/** Below zero there is nothing on hand: with a threshold below zero the shop goes on selling. */
function rowOf(item: StockItem, { allocated, threshold }: Level): Row {
  const wanted = Math.max(0, item.quantity) + allocated + threshold
  const reason =
    wanted < 0 ? `缺货阈值是 ${threshold}，库存已设为 0，但店铺仍会再卖 ${-threshold - allocated} 件` : null
  return { item, stockOnHand: Math.max(0, wanted), reason }
}

async function levelsFor(account: VendureAccount, items: readonly StockItem[]): Promise<ReadonlyMap<string, Level>> {
  const ids = [...new Set(items.map(({ channelSkuNo }) => channelSkuNo))].filter((id) => id !== '')
  if (ids.length === 0) return new Map()
  const o = { take: ids.length, filter: { id: { in: ids } } }
  const call = { operation, query: levelsQuery, variables: { o }, isWrite: true }
  const { productVariants, globalSettings } = await ask(account, call, LevelsData)
  const standing = { location: account.credentials.stockLocationId, shopThreshold: globalSettings }
  return new Map(productVariants.items.map((variant) => [variant.id, levelOf(variant, standing)]))
}

/** The variants that were set. */
async function write(account: VendureAccount, rows: readonly Row[]): Promise<ReadonlySet<string>> {
  const stockLocationId = account.credentials.stockLocationId
  const i = rows.map(({ item, stockOnHand }) => ({
    id: item.channelSkuNo,
    stockLevels: [{ stockLocationId, stockOnHand }],
  }))
  const call = { operation, query: setStock, variables: { i }, isWrite: true }
  const { updateProductVariants } = await ask(account, call, StockData)
  return new Set(updateProductVariants.flatMap((variant) => variant?.id ?? []))
}

/**
 * One row a variant: what is left for sale. Vendure's own import makes products anew, so this is for a script or
 * plugin. [assumed]
 */
export const stockSheet: ChannelOperations<Credentials>['export.stock'] = (items) => ({
  fileName: 'Vendure批量改库存.csv',
  encoding: 'utf-8',
  headers: ['规格ID', 'SKU', '可售库存'],
  rows: items.map(({ channelSkuNo, merchantCode, quantity }) => [
    channelSkuNo,
    merchantCode ?? '',
    String(Math.max(0, quantity)),
  ]),
})
