import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations, StockItem, StockResult } from '../../../kit/channel.ts'
import { hashHex } from '../../../kit/signing.ts'
import { ask, askRows } from './call.ts'
import type { UserError } from './failure.ts'
import { type Credentials, manifest, type ShopifyAccount, stockPerCall } from './manifest.ts'
import { InventoryItemsData, LocationsData, QuantitiesData } from './payload.ts'
import { inventoryItemsQuery, locationsQuery, setQuantities } from './queries.ts'

const operation = 'stock.push'

interface Row {
  readonly item: StockItem
  readonly inventoryItemId: string
}

/**
 * Sets what is left for sale (库存回传) at one location, absolute numbers. Shopify keeps stock on a variant's inventory item, so these are looked
 * up first. A batch is taken whole or not at all: where rows are refused the rest is sent once more without them, and each refused row says
 * why. Source: own-site.md 3 [doc S]; that a batch is one whole [assumed]. Throws what a call throws.
 */
export const pushStock: ChannelOperations<Credentials>['stock.push'] = async (account, items) => {
  if (items.length > stockPerCall) throw new RangeError(`at most ${stockPerCall} items a call, not ${items.length}`)
  const known = items.filter(({ channelSkuNo }) => variantNo.test(channelSkuNo))
  const inventoryItems = known.length === 0 ? new Map<string, string>() : await inventoryItemsOf(account, known)
  const rows = known.flatMap((item) => {
    const inventoryItemId = inventoryItems.get(item.channelSkuNo)
    return inventoryItemId === undefined ? [] : [{ item, inventoryItemId }]
  })
  const refusals = rows.length === 0 ? new Map<StockItem, string>() : await setAll(account, rows)
  const sent = new Set(rows.map(({ item }) => item))
  return items.map((item) => resultOf(item, sent.has(item) ? (refusals.get(item) ?? null) : '店铺里没有这个规格'))
}

const variantNo = /^gid:\/\/shopify\/ProductVariant\/\d+$/

function resultOf({ channelItemNo, channelSkuNo }: StockItem, reason: string | null): StockResult {
  return { channelItemNo, channelSkuNo, ok: reason === null, reason }
}

/** Inventory items by variant; one the shop does not have is left out. */
async function inventoryItemsOf(
  account: ShopifyAccount,
  items: readonly StockItem[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(items.map(({ channelSkuNo }) => channelSkuNo))]
  const call = { operation, query: inventoryItemsQuery, variables: { ids }, isWrite: true }
  const { nodes } = await ask(account, call, InventoryItemsData)
  return new Map(
    nodes.flatMap((node) => (node?.id && node.inventoryItem ? [[node.id, node.inventoryItem.id] as const] : [])),
  )
}

/** The rows that were refused, with the reason. */
async function setAll(account: ShopifyAccount, rows: readonly Row[]): Promise<ReadonlyMap<StockItem, string>> {
  const locationId = account.credentials.locationId || (await firstLocation(account))
  const errors = await setOnce(account, { rows, locationId })
  const refused = new Map(rows.flatMap(({ item }, index) => reasonFor(item, errors, index)))
  const rest = rows.filter(({ item }) => !refused.has(item))
  if (errors.length === 0 || rest.length === 0) return refused

  const again = refused.size > 0 ? await setOnce(account, { rows: rest, locationId }) : errors
  const [first] = again
  if (first !== undefined) for (const { item } of rest) refused.set(item, wordsOf(first))
  return refused
}

function reasonFor(item: StockItem, errors: readonly UserError[], index: number): (readonly [StockItem, string])[] {
  const own = errors.find(({ field }) => field.at(-3) === 'quantities' && field.at(-2) === String(index))
  const whole = errors.find(({ field }) => field.at(-2) === 'quantities' && field.at(-1) === String(index))
  const error = own ?? whole
  return error === undefined ? [] : [[item, wordsOf(error)]]
}

function wordsOf({ message, code }: UserError): string {
  return [message, code === '' ? '' : `（${code}）`].join('') || 'Shopify 没有说原因'
}

interface Batch {
  readonly rows: readonly Row[]
  readonly locationId: string
}

async function setOnce(account: ShopifyAccount, batch: Batch): Promise<readonly UserError[]> {
  return askRows(account, stockCall(batch, account.now()), QuantitiesData)
}

/**
 * Pure. An oversold variant is set to 0. `changeFromQuantity` null overwrites, since our number was reckoned without knowing Shopify's; it must
 * be there all the same. The key is the same only for the same numbers at the same moment. Source: own-site.md 3 [sdk X].
 */
function stockCall({ rows, locationId }: Batch, at: number) {
  const quantities = rows.map(({ item, inventoryItemId }) => ({
    inventoryItemId,
    locationId,
    quantity: Math.max(0, item.quantity),
    changeFromQuantity: null,
  }))
  const key = uuidFrom(JSON.stringify([at, quantities]))
  const referenceDocumentUri = `gid://tongdan/StockPush/${key}`
  const input = { name: 'available', reason: 'correction', referenceDocumentUri, quantities }
  return { operation, query: setQuantities, variables: { input, key }, isWrite: true }
}

function uuidFrom(content: string): string {
  const hex = hashHex('sha256', content)
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

const locationsAsked = 20

async function firstLocation(account: ShopifyAccount): Promise<string> {
  const call = { operation, query: locationsQuery, variables: { first: locationsAsked }, isWrite: true }
  const { locations } = await ask(account, call, LocationsData)
  const active = locations.nodes.find(({ isActive }) => isActive !== false)
  if (active) return active.id
  throw new Failure('CHANNEL_MISCONFIGURED', { channel: manifest.id, reason: '店铺没有启用的库存地点' })
}

/** One row a variant. Shopify's own inventory file wants handles and options that a listing does not tell; this is for apps. [assumed] */
export const stockSheet: ChannelOperations<Credentials>['export.stock'] = (items) => ({
  fileName: 'shopify-inventory.csv',
  encoding: 'utf-8',
  headers: ['Variant ID', 'SKU', 'Available'],
  rows: items.map(({ channelSkuNo, merchantCode, quantity }) => [
    channelSkuNo,
    merchantCode ?? '',
    String(Math.max(0, quantity)),
  ]),
})
