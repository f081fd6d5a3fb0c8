import { productUnknown, refuse, skuUnknown, stockTooSmall } from '../errors.ts'
import { setAvailable } from '../goods.ts'
import type { Sku } from '../state.ts'
import { type Branch, toSortedJson } from '../text.ts'
import {
  type Call,
  flagArgument,
  idArgument,
  idOf,
  type Operations,
  optionalId,
  optionalText,
  type Params,
  rowsArgument,
  textArgument,
  wholeOf,
  writes,
  wrong,
} from './call.ts'

/** Stock: douyin.md 5 [doc]. The answers hold nothing, as in fixture sku.syncStock. */
export const stockCalls: Operations = {
  'sku.syncStock': writes((call) => apply(call, [{ sku: skuNamed(call), row: call.params }])),
  'sku.syncStockBatch': writes((call) =>
    apply(
      call,
      rowsArgument(call, 'sku_sync_list').map((row) => ({ sku: skuOfRow(call, row), row })),
    ),
  ),
}

/** By its number, or by the merchant's code within a product; which of them wins is [assumed]. */
function skuNamed(call: Call): Sku {
  const productId = optionalId(call, 'product_id')
  const skuId = optionalId(call, 'sku_id')
  if (skuId !== undefined) return skuOf(call, skuId, productId)
  const code = optionalText(call, 'code') ?? textArgument(call, 'out_sku_id')
  const sku = call.world.skus.get(code)
  if (sku === undefined || (productId ?? sku.item.productId) !== sku.item.productId) throw refuse(skuUnknown)
  return sku
}

/** Only ordinary stock (0) is kept; by region (1) and by step (10) are refused [assumed]. */
function skuOfRow(call: Call, row: Params): Sku {
  const type = row.sku_type ?? 0
  if (type !== 0) return wrong('sku_type')
  return skuOf(call, idOf(row, 'sku_id'), idArgument(call, 'product_id'))
}

function skuOf({ world }: Call, skuId: string, productId: string | undefined): Sku {
  if (productId !== undefined && !world.items.has(productId)) throw refuse(productUnknown)
  const sku = world.skusById.get(skuId)
  if (sku === undefined || (productId ?? sku.item.productId) !== sku.item.productId) throw refuse(skuUnknown)
  return sku
}

interface Wish {
  readonly sku: Sku
  readonly row: Params
}

/** All of it or nothing. A change by a number needs an `idempotent_id`, and is done once under it. */
function apply(call: Call, wishes: readonly Wish[]): Branch {
  const { world, params, pretend } = call
  const isChange = flagArgument(call, 'incremental')
  const key = isChange ? `${call.operation}/${textArgument(call, 'idempotent_id')}` : null
  const targets = wishes.map(({ sku, row }) => {
    const available = (isChange ? sku.available : 0) + wholeOf(row, 'stock_num')
    if (available < 0) throw isChange ? refuse(stockTooSmall) : wrong('stock_num')
    return { sku, available }
  })
  if (pretend || (key !== null && world.done.has(key))) return {}
  for (const { sku, available } of targets) setAvailable(world, sku, available)
  if (key !== null) world.done.set(key, { content: toSortedJson(params), data: {} })
  return {}
}
