import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations, StockItem, StockResult } from '../../../kit/channel.ts'
import { ask, type Call, parsed } from './call.ts'
import { type Credentials, type MedusaAccount, stockPerCall } from './manifest.ts'
import { InventoryAnswer, type InventoryItem, LevelsAnswer } from './payload.ts'

const operation = 'stock.push'

/**
 * Sets what is left for sale (库存回传), absolute numbers, at the location we send from. The platform keeps what stands on the shelf and
 * takes off what is reserved, so both are added up; a level that is not there yet is made. One batch is taken as a whole or not at all.
 * Source: own-site.md 5.3 [sdk M]. Listings with one SKU code share one shelf: the last number holds.
 */
export const pushStock: ChannelOperations<Credentials>['stock.push'] = async (account, items) => {
  if (items.length > stockPerCall) throw new RangeError(`at most ${stockPerCall} items a call, not ${items.length}`)
  const codes = [...new Set(items.flatMap(({ merchantCode }) => merchantCode || []))]
  const shelves = codes.length === 0 ? new Map<string, InventoryItem>() : await shelvesOf(account, codes)
  const wanted = new Map<string, Level>()
  for (const item of items) {
    const shelf = shelves.get(item.merchantCode ?? '')
    if (shelf !== undefined) wanted.set(shelf.id, levelOf(account, shelf, item))
  }
  const outcome = wanted.size === 0 ? () => null : await pushLevels(account, [...wanted.values()])
  return items.map((item) => {
    const shelf = shelves.get(item.merchantCode ?? '')
    if (!item.merchantCode) return resultOf(item, '商品没有 SKU 编码，Medusa 按 SKU 编码认库存')
    return resultOf(item, shelf === undefined ? `网店没有 SKU 编码 ${item.merchantCode} 的库存` : outcome(shelf.id))
  })
}

async function shelvesOf(account: MedusaAccount, sku: readonly string[]): Promise<Map<string, InventoryItem>> {
  const query = { sku, fields: '*location_levels', limit: String(stockPerCall), offset: '0' }
  const value = await ask(account, { operation, method: 'GET', path: '/inventory-items', query, isWrite: true })
  const { inventory_items } = parsed(InventoryAnswer, value, { what: 'inventory', isWrite: true })
  return new Map(inventory_items.map((item) => [item.sku, item]))
}

interface Level {
  readonly isThere: boolean
  readonly body: {
    readonly inventory_item_id: string
    readonly location_id: string
    readonly stocked_quantity: number
  }
}

/** An oversold item is sent as nothing but what is reserved: a shop's shelf knows no less. */
function levelOf({ credentials }: MedusaAccount, shelf: InventoryItem, { quantity }: StockItem): Level {
  const location = credentials.stockLocationId
  const level = shelf.location_levels.find(({ location_id }) => location_id === location)
  const stocked_quantity = Math.max(0, quantity) + (level?.reserved_quantity ?? 0)
  return {
    isThere: level !== undefined,
    body: { inventory_item_id: shelf.id, location_id: location, stocked_quantity },
  }
}

/** Refused for these reasons, the same call would be refused again; others stop the push and are the caller's to judge. */
const contentRefusals = new Set(['CHANNEL_REFUSED', 'CHANNEL_NOT_FOUND'])

/** Why a level was not set, or null. A level that the shop passes over in silence has failed. */
async function pushLevels(
  account: MedusaAccount,
  levels: readonly Level[],
): Promise<(inventoryItemId: string) => string | null> {
  const bodies = (isThere: boolean) => levels.filter((level) => level.isThere === isThere).map(({ body }) => body)
  const call: Call = {
    operation,
    method: 'POST',
    path: '/inventory-items/location-levels/batch',
    body: { create: bodies(false), update: bodies(true), delete: [] },
    isWrite: true,
  }
  try {
    const answered = parsed(LevelsAnswer, await ask(account, call), { what: 'levels', isWrite: true })
    const set = new Set([...answered.created, ...answered.updated].map((level) => level.inventory_item_id))
    return (inventoryItemId) => (set.has(inventoryItemId) ? null : '网店没有回答这个商品')
  } catch (error) {
    if (!(error instanceof Failure) || !contentRefusals.has(error.code)) throw error
    const reason = String(error.details.reason ?? error.code)
    return () => reason
  }
}

function resultOf({ channelItemNo, channelSkuNo }: StockItem, reason: string | null): StockResult {
  return { channelItemNo, channelSkuNo, ok: reason === null, reason }
}
