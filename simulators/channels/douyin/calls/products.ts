import { productUnknown, refuse } from '../errors.ts'
import { type Item, type Sku, specsOf } from '../state.ts'
import type { Branch } from '../text.ts'
import { beyond, type Call, idArgument, type Operations, reads } from './call.ts'
import { pageArguments } from './paging.ts'

/** Products: douyin.md 5. The sheet names methods and paging alone: everything in the answers is [assumed]. */
export const productCalls: Operations = {
  'product.listV2': reads(listProducts),
  'sku.list': reads((call) => {
    const item = call.world.items.get(idArgument(call, 'product_id'))
    if (item === undefined) throw refuse(productUnknown)
    return item.skus.map(skuFields)
  }),
}

const deepest = 10_000

function listProducts(call: Call): Branch {
  const { page, size } = pageArguments(call, 1)
  if (page * size > deepest) return beyond('page')
  const items = [...call.world.items.values()]
  const rows = items.slice((page - 1) * size, page * size)
  return { page, size, total: items.length, data: rows.map(productFields) }
}

/** On sale (status 0) and approved (check_status 3). */
function productFields({ productId, title, createdAt, updatedAt, skus }: Item): Branch {
  return {
    product_id: BigInt(productId),
    product_id_str: productId,
    name: title,
    img: `https://p3-aio.ecombdimg.com/INVENTED/${productId}.jpg`,
    status: 0,
    check_status: 3,
    market_price: Math.max(...skus.map(({ priceFen }) => priceFen)),
    discount_price: Math.min(...skus.map(({ priceFen }) => priceFen)),
    create_time: createdAt / 1000,
    update_time: updatedAt / 1000,
  }
}

/** Specifications in the order's own form and in that of the goods' pages. */
function skuFields({ item, skuId, merchantCode, specification, priceFen, available, createdAt }: Sku): Branch {
  const specs = specsOf(specification)
  return {
    id: Number(skuId),
    sku_id: Number(skuId),
    product_id: BigInt(item.productId),
    product_id_str: item.productId,
    code: merchantCode,
    out_sku_id: merchantCode,
    spec: specs,
    sell_properties: specs.map(({ name, value }) => ({ property_name: name, value_name: value })),
    price: priceFen,
    stock_num: available,
    create_time: createdAt / 1000,
  }
}
