import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations, StockItem, StockResult } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { WechatShopAccount, WechatShopCredentials } from './manifest.ts'

/**
 * The number is set, not raised or lowered. The platform's pages prefer differences, since a set may race with a sale;
 * but our number already lacks the sales of the last minutes either way, and only a set may be repeated after silence
 * without counting twice. Source: wechat-shop.md 9 [doc], the choice [rule].
 */
const setTo = 3

/** The platform's word for a number that is the same as before. Source: wechat-shop.md 9 [doc]. */
const nothingToChange = '10020218'

/**
 * Refused for these reasons, the same call would be refused again; others stop the push and are the caller's to judge.
 */
const contentRefusals = new Set(['CHANNEL_REFUSED', 'CHANNEL_NOT_FOUND'])

/**
 * Sets what is left for sale (库存回传), one SKU a call. What the platform refuses for its content is a result and not a
 * failure.
 */
export const pushStock: ChannelOperations<WechatShopCredentials>['stock.push'] = async (account, items) => {
  const results: StockResult[] = []
  for (const item of items) results.push(await pushOne(account, item))
  return results
}

async function pushOne(account: WechatShopAccount, item: StockItem): Promise<StockResult> {
  try {
    await call(account, {
      operation: 'stock.push',
      path: '/channels/ec/product/stock/update',
      body: {
        product_id: item.channelItemNo,
        sku_id: item.channelSkuNo,
        diff_type: setTo,
        // A listing knows no less than nothing.
        num: Math.max(0, item.quantity),
      },
      isWrite: true,
    })
    return resultOf(item, null)
  } catch (error) {
    if (!(error instanceof Failure) || !contentRefusals.has(error.code)) throw error
    const isSame = error.details.code === nothingToChange
    return resultOf(item, isSame ? null : String(error.details.reason ?? error.code))
  }
}

function resultOf({ channelItemNo, channelSkuNo }: StockItem, reason: string | null): StockResult {
  return { channelItemNo, channelSkuNo, ok: reason === null, reason }
}
