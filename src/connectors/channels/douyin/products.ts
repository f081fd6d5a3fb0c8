import { z } from 'zod'
import type { Listing } from '../../../core/channel/shapes.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call, fieldsOf } from './call.ts'
import type { DouyinAccount, DouyinCredentials } from './manifest.ts'
import { readAs, refused, strange } from './nonsense.ts'
import { listIn, totalIn } from './paging.ts'
import { fenOf, isoOrNull, specificationOf, textOf, textOrNull } from './payload.ts'

const operation = 'products.pull'
/** Small, since each product costs a call of its own. */
const pageSize = 50
/** Source: douyin.md 5 [doc]: page × size. */
const mostProducts = 10_000
/** 商品在店铺中状态. Source: douyin.md 5 [doc]. */
const [onSale, deleted] = ['0', '2'] as const

const word = z.union([z.string(), z.number()]).nullish()
/** Source: douyin.md 5 [doc]. */
const ProductRow = z.looseObject({
  product_id: z
    .union([z.string(), z.number()])
    .transform(String)
    .pipe(z.string().regex(/^\d{1,19}$/)),
  name: word,
  img: word,
  status: word,
  update_time: word,
})
type ProductRow = z.infer<typeof ProductRow>
const SkuRow = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  code: word,
  price: word,
  stock_num: z.coerce.number().int().nullish(),
  sell_properties: z.array(z.looseObject({ property_name: word, value_name: word })).nullish(),
  spec_detail_name1: word,
  spec_detail_name2: word,
  spec_detail_name3: word,
})
type SkuRow = z.infer<typeof SkuRow>

/** Every SKU of every listing that is not deleted, product by product. Source: douyin.md 5 [doc]. */
export const pullProducts: ChannelOperations<DouyinCredentials>['products.pull'] = async (account, cursor) => {
  const page = cursor === null ? 1 : Number(cursor)
  const reply = await call(account, { operation, method: 'product.listV2', params: { page, size: pageSize } })
  const fields = fieldsOf(reply)
  if (totalIn(fields) > mostProducts) throw refused(`商品超过 ${mostProducts} 个，抖店不再列出；请先删除不卖的商品`)

  const products = listIn(fields, 'data').map((row) => readAs('product', () => ProductRow.parse(row)))
  const rows: Listing[] = []
  for (const product of products.filter(({ status }) => textOf(status) !== deleted)) {
    rows.push(...(await listingsOf(account, product)))
  }
  const isLast = products.length === 0 || page * pageSize >= totalIn(fields)
  // The platform counts products and not SKUs.
  return { rows, total: null, next: isLast ? null : String(page + 1) }
}

async function listingsOf(account: DouyinAccount, product: ProductRow): Promise<Listing[]> {
  const params = { product_id: BigInt(product.product_id) }
  const { data } = await call(account, { operation, method: 'sku.list', params })
  if (!Array.isArray(data)) throw strange('data 不是列表')
  return data.map((row) => readAs('sku', () => listingOf(product, SkuRow.parse(row))))
}

function listingOf({ product_id, name, img, status, update_time }: ProductRow, sku: SkuRow): Listing {
  return {
    channelItemNo: product_id,
    channelSkuNo: sku.id,
    merchantCode: textOrNull(sku.code),
    barcode: null,
    title: textOf(name),
    specification: specificationOf(pairsOf(sku)),
    imageUrl: textOrNull(img),
    priceFen: fenOf(sku.price),
    quantity: sku.stock_num ?? 0,
    isOnSale: textOf(status) === onSale,
    modifiedAt: isoOrNull(update_time),
  }
}

/** The newer list of properties, else up to three values without names. */
function pairsOf({ sell_properties, spec_detail_name1, spec_detail_name2, spec_detail_name3 }: SkuRow) {
  if (sell_properties?.length) {
    return sell_properties.map(({ property_name, value_name }) => ({ name: property_name, value: value_name }))
  }
  return [spec_detail_name1, spec_detail_name2, spec_detail_name3]
    .filter((value) => textOf(value) !== '')
    .map((value) => ({ value }))
}
