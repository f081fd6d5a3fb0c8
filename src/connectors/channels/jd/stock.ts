import { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations, StockItem, StockResult } from '../../../kit/channel.ts'
import { asFields } from '../../../kit/fields.ts'
import { hashHex } from '../../../kit/signing.ts'
import { call, type MethodCall, resultIn } from './call.ts'
import type { JdCredentials } from './manifest.ts'
import { strange } from './nonsense.ts'

const operation = 'stock.push'
const defaultStore = 0

const ResultRow = z.looseObject({
  data: z.union([z.string(), z.number()]).transform(String),
  success: z.union([z.boolean(), z.string()]),
  message: z.string().nullish(),
})

/**
 * Sets what is left for sale (库存回传), always as an absolute number of the default store: a repeated increment would count twice. Each SKU is
 * answered for itself under a success of the whole call. What the platform refuses for its content is a result and not a failure.
 * Source: jd.md 8 [doc D2]; that the number set is the one on sale is its default [rule].
 */
export const pushStock: ChannelOperations<JdCredentials>['stock.push'] = async (account, items) => {
  if (items.length === 0) return []
  try {
    const root = await call(account, stockCall(items, account.now()))
    return resultsOf(resultIn(root, 'returnType', true), items)
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'CHANNEL_REFUSED') throw error
    return items.map((item) => resultOf(item, String(error.details.reason ?? error.code)))
  }
}

/** Pure. */
function stockCall(items: readonly StockItem[], at: number): MethodCall {
  const skuStocks = items.map(({ channelSkuNo, quantity }) => ({
    skuId: channelSkuNo,
    stockNum: quantity,
    storeId: defaultStore,
  }))
  return {
    operation,
    method: 'jingdong.ware.stock.sku.set',
    isWrite: true,
    params: { req: { updateModel: 'fullStockIn', stockRfId: referenceOf(skuStocks, at), skuStocks } },
  }
}

/** The platform wants a UUID of ours; made of moment and content, since a connector draws no lots. */
function referenceOf(content: unknown, at: number): string {
  const hex = hashHex('sha256', JSON.stringify([at, content]))
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function resultsOf(result: Readonly<Record<string, unknown>>, items: readonly StockItem[]): StockResult[] {
  const read = z.array(ResultRow).safeParse(asFields(result.obj)?.updateStockResult)
  if (!read.success) throw strange('没有 updateStockResult', true, read.error)
  const said = new Map(read.data.map((row) => [row.data, row]))
  return items.map((item) => {
    const row = said.get(item.channelSkuNo)
    if (row === undefined) return resultOf(item, '平台没有给出这个 SKU 的结果')
    const isDone = row.success === true || row.success === 'true'
    return resultOf(item, isDone ? null : row.message || '平台没有说明原因')
  })
}

function resultOf({ channelItemNo, channelSkuNo }: StockItem, reason: string | null): StockResult {
  return { channelItemNo, channelSkuNo, ok: reason === null, reason }
}
