import { goodsUnknown, refuse, skuUnknown, stockShort } from '../errors.ts'
import { setStock } from '../goods.ts'
import { type Item, type Sku, specOf } from '../state.ts'
import {
  type Call,
  idArgument,
  type Operations,
  optional,
  pagingOf,
  reads,
  required,
  wholeArgument,
  writes,
} from './call.ts'

/** Goods and their stock: pinduoduo.md 5. */
export const goodsCalls: Operations = {
  'pdd.goods.list.get': reads('goods_list_get_response', listGoods),
  'pdd.goods.quantity.update': writes('goods_quantity_update_response', updateQuantity),
}

function listGoods(call: Call): object {
  const { page, size } = pagingOf(call)
  const items = [...call.world.items.values()]
  return { goods_list: items.slice((page - 1) * size, page * size).map(itemTree), total_count: items.length }
}

function itemTree({ goodsId, title, skus }: Item) {
  return {
    goods_id: goodsId,
    goods_name: title,
    goods_quantity: skus.reduce((all, { quantity }) => all + quantity, 0),
    is_onsale: 1,
    sku_list: skus.map(({ skuId, merchantCode, quantity, specification }) => ({
      sku_id: skuId,
      outer_id: merchantCode,
      sku_quantity: quantity,
      spec: specOf(specification),
      is_sku_onsale: 1,
    })),
  }
}

const mostPieces = 100_000_000

/** Set by 1, which is what holds where nothing is said [assumed]; changed by 2, never below nothing. */
function updateQuantity(call: Call): object {
  const sku = skuOf(call)
  const isDelta = wholeArgument(call, 'update_type', { least: 1, most: 2, otherwise: 1 }) === 2
  const given = wholeArgument(call, 'quantity', { least: isDelta ? -mostPieces : 0, most: mostPieces })
  const quantity = isDelta ? sku.quantity + given : given
  if (quantity < 0) throw refuse(stockShort)
  if (!call.pretend) setStock(call.world, sku, quantity)
  return { is_success: true }
}

function skuOf(call: Call): Sku {
  const item = call.world.items.get(idArgument(call, 'goods_id'))
  if (item === undefined) throw refuse(goodsUnknown)
  const skuId = optional(call, 'sku_id')
  const code = skuId === undefined ? required(call, 'outer_id') : undefined
  const sku = item.skus.find((one) => (code === undefined ? String(one.skuId) === skuId : one.merchantCode === code))
  if (sku === undefined) throw refuse(skuUnknown)
  return sku
}
