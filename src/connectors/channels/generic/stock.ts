import type { ChannelOperations, StockItem, StockResult } from '../../../kit/channel.ts'
import type { Account } from '../../../kit/plug.ts'
import { ask, type Call, parsed } from './call.ts'
import { type Credentials, stockPerCall } from './manifest.ts'
import { StockAnswer } from './payload.ts'

/**
 * Sets what is left for sale (库存回传), absolute numbers, at most 200 SKUs. Each SKU has its own outcome; one that the site passes over
 * in silence has failed. Source: own-site.md 6.2 [rule]. Throws what a call throws.
 */
export async function pushStock(account: Account<Credentials>, items: readonly StockItem[]): Promise<StockResult[]> {
  if (items.length > stockPerCall) throw new RangeError(`at most ${stockPerCall} items a call, not ${items.length}`)
  if (items.length === 0) return []

  const answer = parsed(StockAnswer, await ask(account, stockCall(items)), 'answer')
  const results = new Map(answer.results.map((result) => [result.sku, result]))
  return items.map((item) => {
    const result = results.get(skuOf(item))
    const { channelItemNo, channelSkuNo } = item
    if (result?.ok) return { channelItemNo, channelSkuNo, ok: true, reason: null }
    return { channelItemNo, channelSkuNo, ok: false, reason: reasonOf(result?.error) }
  })
}

/** An oversold SKU is sent as 0: a site's shelf knows no less. Pure. */
function stockCall(items: readonly StockItem[]): Call {
  return {
    operation: 'stock.push',
    method: 'PUT',
    path: '/oms/v1/stock',
    body: { items: items.map((item) => ({ sku: skuOf(item), available: Math.max(0, item.quantity) })) },
    namesOrder: false,
  }
}

function skuOf({ channelSkuNo, merchantCode, channelItemNo }: StockItem): string {
  return channelSkuNo || merchantCode || channelItemNo
}

function reasonOf(error: string | undefined): string {
  if (error === undefined) return '网站没有回答这个商家编码'
  if (error === 'unknown_sku') return '网站没有这个商家编码（unknown_sku）'
  return error === '' ? '网站没有说原因' : error
}

/** One row a listing, absolute numbers. Columns are our own contract's. Pure. */
export const stockSheet: ChannelOperations<Credentials>['export.stock'] = (items) => ({
  fileName: '自建网站库存.csv',
  encoding: 'utf-8',
  headers: ['商品编号', 'SKU 编号', '商家编码', '库存'],
  rows: items.map(({ channelItemNo, channelSkuNo, merchantCode, quantity }) => [
    channelItemNo,
    channelSkuNo,
    merchantCode ?? '',
    String(quantity),
  ]),
})
