import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations, StockItem, StockResult } from '../../../kit/channel.ts'
import { ask, type Call, parsed } from './call.ts'
import { type Credentials, stockPerCall, type WooAccount } from './manifest.ts'
import { BatchAnswer, WrittenPayload } from './payload.ts'

const operation = 'stock.push'

/**
 * Sets what is left for sale (库存回传), absolute numbers: a product's variations in one batch, a product without variations by itself. Each
 * has its own outcome; one that the shop passes over in silence has failed. Source: own-site.md 2.3 [doc], errors of elements [assumed].
 */
export const pushStock: ChannelOperations<Credentials>['stock.push'] = async (account, items) => {
  if (items.length > stockPerCall) throw new RangeError(`at most ${stockPerCall} items a call, not ${items.length}`)
  const results: StockResult[] = items
    .filter((item) => !isNumbered(item))
    .map((item) => resultOf(item, '编号应全是数字'))
  for (const group of Map.groupBy(items.filter(isNumbered), (item) => item.channelItemNo).values()) {
    const variations = group.filter((item) => item.channelSkuNo !== '')
    for (const item of group.filter((each) => each.channelSkuNo === ''))
      results.push(...(await pushProduct(account, item)))
    if (variations.length > 0) results.push(...(await pushVariations(account, variations)))
  }
  return results
}

async function pushProduct(account: WooAccount, item: StockItem): Promise<StockResult[]> {
  const path = `/wc/v3/products/${item.channelItemNo}`
  const call: Call = { operation, method: 'PUT', path, body: stockOf(item), isWrite: true }
  return resultsOf([item], async () => {
    const { id } = parsed(WrittenPayload, (await ask(account, call)).value, { what: 'product', isWrite: true })
    return () => (id === item.channelItemNo ? null : unanswered)
  })
}

async function pushVariations(account: WooAccount, items: readonly StockItem[]): Promise<StockResult[]> {
  const call: Call = {
    operation,
    method: 'POST',
    path: `/wc/v3/products/${items[0]?.channelItemNo}/variations/batch`,
    body: { update: items.map((item) => ({ id: Number(item.channelSkuNo), ...stockOf(item) })) },
    isWrite: true,
  }
  return resultsOf(items, async () => {
    const { value } = await ask(account, call)
    const { update } = parsed(BatchAnswer, value, { what: 'batch', isWrite: true })
    const outcomes = new Map(update.map(({ id, error }) => [id, error === null ? null : wordsOf(error)]))
    return (item) => (outcomes.has(item.channelSkuNo) ? (outcomes.get(item.channelSkuNo) ?? null) : unanswered)
  })
}

const unanswered = '网店没有回答这个商品'

/** An oversold item is sent as 0: a shop's shelf knows no less. */
function stockOf({ quantity }: StockItem) {
  return { manage_stock: true, stock_quantity: Math.max(0, quantity) }
}

/** Refused for these reasons, the same call would be refused again; others stop the push and are the caller's to judge. */
const contentRefusals = new Set(['CHANNEL_REFUSED', 'CHANNEL_NOT_FOUND'])

/** `push` gives for each item why it failed, or null. */
async function resultsOf(
  items: readonly StockItem[],
  push: () => Promise<(item: StockItem) => string | null>,
): Promise<StockResult[]> {
  try {
    const reasonOf = await push()
    return items.map((item) => resultOf(item, reasonOf(item)))
  } catch (error) {
    if (!(error instanceof Failure) || !contentRefusals.has(error.code)) throw error
    const reason = String(error.details.reason ?? error.code)
    return items.map((item) => resultOf(item, reason))
  }
}

function wordsOf({ code, message }: { readonly code: string; readonly message: string }): string {
  if (code.endsWith('_invalid_id')) return `网店没有这个编号（${code}）`
  return message || code || '网店没有说原因'
}

function resultOf({ channelItemNo, channelSkuNo }: StockItem, reason: string | null): StockResult {
  return { channelItemNo, channelSkuNo, ok: reason === null, reason }
}

/** The platform counts its things with numbers that fit a JSON number. */
function isNumbered({ channelItemNo, channelSkuNo }: StockItem): boolean {
  return /^\d{1,15}$/.test(channelItemNo) && /^\d{0,15}$/.test(channelSkuNo)
}
