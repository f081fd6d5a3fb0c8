import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations, StockItem, StockResult } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { DouyinAccount, DouyinCredentials } from './manifest.ts'
import { refused } from './nonsense.ts'

/**
 * Sets what is left for sale (库存回传), SKU by SKU and always as an absolute number: a repeated increment would count twice. There is a call
 * for all SKUs of an item, but it is all or nothing, so that one dead SKU would keep back the others. What the platform refuses for its
 * content is a result and not a failure. Source: douyin.md 5 [doc].
 */
export const pushStock: ChannelOperations<DouyinCredentials>['stock.push'] = async (account, items) => {
  const results: StockResult[] = []
  for (const item of items) results.push(await pushOne(account, item))
  return results
}

/** Refused for these reasons, the same call would be refused again; others stop the push and are the caller's to judge. */
const contentRefusals = new Set(['CHANNEL_REFUSED', 'CHANNEL_NOT_FOUND'])

async function pushOne(account: DouyinAccount, item: StockItem): Promise<StockResult> {
  const { channelItemNo, channelSkuNo } = item
  try {
    await setStock(account, item)
    return { channelItemNo, channelSkuNo, ok: true, reason: null }
  } catch (error) {
    if (!(error instanceof Failure) || !contentRefusals.has(error.code)) throw error
    return { channelItemNo, channelSkuNo, ok: false, reason: String(error.details.reason ?? error.code) }
  }
}

/** No `idempotent_id` goes along: it belongs to increments, and a number that comes back after another one is not a repeat. */
async function setStock(account: DouyinAccount, { channelItemNo, channelSkuNo, quantity }: StockItem): Promise<void> {
  await call(account, {
    operation: 'stock.push',
    method: 'sku.syncStock',
    isWrite: true,
    params: {
      product_id: bareNumber(channelItemNo),
      sku_id: bareNumber(channelSkuNo),
      stock_num: Math.max(0, quantity),
      incremental: false,
    },
  })
}

/** The platform wants bare numbers, which may have 19 digits. Source: douyin.md 1 [doc]. */
function bareNumber(text: string): bigint {
  if (!/^\d{1,19}$/.test(text)) throw refused(`抖店的商品和规格编号全是数字，不是“${text}”`)
  return BigInt(text)
}
