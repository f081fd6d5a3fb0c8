import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations, StockItem, StockResult } from '../../../kit/channel.ts'
import { write } from './call.ts'
import type { PinduoduoAccount, PinduoduoCredentials } from './manifest.ts'
import { asNumber } from './payload.ts'

/** 1 sets, 2 adds. Source: pinduoduo.md 5 [doc]. */
const absolute = 1

/**
 * Sets what is left for sale (库存回传), a call for each SKU. What the platform refuses for its content is a result and not a failure.
 * Source: pinduoduo.md 5 [doc].
 */
export const pushStock: ChannelOperations<PinduoduoCredentials>['stock.push'] = async (account, items) => {
  const results: StockResult[] = []
  for (const item of items) results.push(await pushOne(account, item))
  return results
}

/** Refused for these reasons, the same call would be refused again; others stop the push and are the caller's to judge. */
const contentRefusals = new Set(['CHANNEL_REFUSED', 'CHANNEL_NOT_FOUND'])

async function pushOne(account: PinduoduoAccount, item: StockItem): Promise<StockResult> {
  const { channelItemNo, channelSkuNo, merchantCode, quantity } = item
  // A listing without a SKU's number goes by the merchant's code.
  const sku = channelSkuNo === '' ? { outer_id: merchantCode } : { sku_id: asNumber(channelSkuNo) }
  try {
    await write(account, {
      operation: 'stock.push',
      method: 'pdd.goods.quantity.update',
      params: {
        goods_id: asNumber(channelItemNo),
        ...sku,
        quantity: Math.max(0, quantity),
        update_type: absolute,
      },
    })
    return { channelItemNo, channelSkuNo, ok: true, reason: null }
  } catch (error) {
    if (!(error instanceof Failure) || !contentRefusals.has(error.code)) throw error
    return { channelItemNo, channelSkuNo, ok: false, reason: String(error.details.reason ?? error.code) }
  }
}
