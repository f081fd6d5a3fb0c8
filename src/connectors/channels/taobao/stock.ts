import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations, StockItem, StockResult } from '../../../kit/channel.ts'
import { call, type TopCall } from './call.ts'
import { skusPerStockCall, type TaobaoAccount, type TaobaoCredentials } from './manifest.ts'

const operation = 'stock.push'

/**
 * Sets what is left for sale (库存回传), always as an absolute number: a repeated increment would count twice. A call sets the SKUs of one
 * item, or an item without SKUs. What the platform refuses for its content is a result and not a failure. Source: taobao.md 13 [doc M].
 */
export const pushStock: ChannelOperations<TaobaoCredentials>['stock.push'] = async (account, items) => {
  const results: StockResult[] = []
  for (const { top, of } of stockCalls(items)) results.push(...(await pushOne(account, top, of)))
  return results
}

interface StockCall {
  readonly top: TopCall
  readonly of: readonly StockItem[]
}

/** The calls for some listings, in the order of the items. Pure. */
export function stockCalls(items: readonly StockItem[]): StockCall[] {
  const byItem = Map.groupBy(items, (item) => item.channelItemNo)
  return [...byItem].flatMap(([channelItemNo, of]) => [
    ...of.filter((item) => item.channelSkuNo === '').map((item) => itemCall(item)),
    ...inChunks(
      of.filter((item) => item.channelSkuNo !== ''),
      skusPerStockCall,
    ).map((chunk) => skusCall(channelItemNo, chunk)),
  ])
}

function itemCall(item: StockItem): StockCall {
  const params = { num_iid: item.channelItemNo, quantity: String(item.quantity), type: '1' }
  return { of: [item], top: { operation, method: 'taobao.item.quantity.update', isWrite: true, params } }
}

function skusCall(channelItemNo: string, of: readonly StockItem[]): StockCall {
  const quantities = of.map((item) => `${item.channelSkuNo}:${item.quantity}`).join(';')
  const params = { num_iid: channelItemNo, skuid_quantities: quantities, type: '1' }
  return { of, top: { operation, method: 'taobao.skus.quantity.update', isWrite: true, params } }
}

/** Refused for these reasons, the same call would be refused again; others stop the push and are the caller's to judge. */
const contentRefusals = new Set(['CHANNEL_REFUSED', 'CHANNEL_NOT_FOUND'])

async function pushOne(account: TaobaoAccount, top: TopCall, of: readonly StockItem[]): Promise<StockResult[]> {
  try {
    await call(account, top)
    return of.map((item) => resultOf(item, null))
  } catch (error) {
    if (!(error instanceof Failure) || !contentRefusals.has(error.code)) throw error
    const reason = String(error.details.reason ?? error.code)
    return of.map((item) => resultOf(item, reason))
  }
}

function resultOf({ channelItemNo, channelSkuNo }: StockItem, reason: string | null): StockResult {
  return { channelItemNo, channelSkuNo, ok: reason === null, reason }
}

function inChunks<Row>(rows: readonly Row[], size: number): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size))
}
