import { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations, StockItem, StockResult } from '../../../kit/channel.ts'
import { asFields } from '../../../kit/fields.ts'
import { call, type Reply } from './call.ts'
import { stockNoteCode } from './failure.ts'
import type { XiaohongshuAccount, XiaohongshuCredentials } from './manifest.ts'
import { readAs, strange } from './nonsense.ts'

const operation = 'stock.push'

const pieces = z.coerce.number().int().nullish()
/** Source: xiaohongshu.md 10 [doc]. */
const SkuStock = z.looseObject({
  available: pieces,
  occupiedQuantity: pieces,
  productChannelQuantity: pieces,
  productChannelOccupiedQuantity: pieces,
  activityChannelQuantity: pieces,
  activityChannelOccupiedQuantity: pieces,
})

/**
 * Sets what is left for sale (库存回传), SKU by SKU. The platform sets a total that includes what unpaid orders, channels and campaigns hold,
 * so those numbers are read first and added. What it refuses for its content is a result and not a failure. A total below what is held
 * is taken with a note, which stands in `reason`. Source: xiaohongshu.md 10 [doc].
 */
export const pushStock: ChannelOperations<XiaohongshuCredentials>['stock.push'] = async (account, items) => {
  const results: StockResult[] = []
  for (const item of items) results.push(await pushOne(account, item))
  return results
}

/** Refused for these reasons, the same call would be refused again; others stop the push and are the caller's to judge. */
const contentRefusals = new Set(['CHANNEL_REFUSED', 'CHANNEL_NOT_FOUND'])

async function pushOne(account: XiaohongshuAccount, item: StockItem): Promise<StockResult> {
  const { channelItemNo, channelSkuNo } = item
  try {
    const held = await heldOf(account, channelSkuNo)
    return { channelItemNo, channelSkuNo, ok: true, reason: await setTotal(account, item, held) }
  } catch (error) {
    if (!(error instanceof Failure) || !contentRefusals.has(error.code)) throw error
    return { channelItemNo, channelSkuNo, ok: false, reason: String(error.details.reason ?? error.code) }
  }
}

/**
 * What is not for sale of a SKU's total. Asked for as part of the write: whoever pushes cannot tell which of the two calls was lost, and
 * an absolute number may be told again.
 */
async function heldOf(account: XiaohongshuAccount, skuId: string): Promise<number> {
  const reply = await call(account, { operation, method: 'inventory.getSkuStock', params: { skuId }, isWrite: true })
  responseOf(reply)
  const stock = readAs('skuStock', () => SkuStock.parse(reply.data.skuStock))
  return [
    stock.occupiedQuantity,
    stock.productChannelQuantity,
    stock.productChannelOccupiedQuantity,
    stock.activityChannelQuantity,
    stock.activityChannelOccupiedQuantity,
  ].reduce((sum: number, each) => sum + (each ?? 0), 0)
}

/** Null, or the platform's note that occupied stock could not be taken off. */
async function setTotal(account: XiaohongshuAccount, item: StockItem, held: number): Promise<string | null> {
  const reply = await call(account, {
    operation,
    method: 'inventory.syncSkuStock',
    params: { skuId: item.channelSkuNo, qty: Math.max(0, item.quantity) + held },
    isWrite: true,
  })
  const { code, message } = responseOf(reply)
  return String(code) === stockNoteCode ? String(message) : null
}

/** The second result, inside the answer. Without it nothing says that anything was done. */
function responseOf({ data }: Reply) {
  const response = asFields(data.response)
  if (response === null) throw strange('没有 response', true)
  return response
}
