import { z } from 'zod'
import type { Listing } from '../../../core/channel/shapes.ts'
import { fen } from '../../../core/money/fen.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { WechatShopAccount, WechatShopCredentials } from './manifest.ts'
import { readAs } from './nonsense.ts'
import { textOf, textOrNull, wholeOf } from './payload.ts'

/** The list gives numbers only, so a page is as many calls more. The platform's own limit is not known [assumed]. */
const pageSize = 20
const onlineData = 1
const onSale = '5'
/** In the recycle bin, and deleted. Source: wechat-shop.md 9 [doc]. */
const goneStatuses = new Set(['6', '9'])

const word = z.union([z.string(), z.number()]).nullish()
const ProductIds = z.looseObject({ product_ids: z.array(z.union([z.string(), z.number()])).nullish(), next_key: word })

const SkuRow = z.looseObject({
  sku_id: word,
  thumb_img: word,
  sale_price: word,
  stock_num: word,
  sku_code: word,
  sku_attrs: z.array(z.looseObject({ attr_key: word, attr_value: word })).nullish(),
  status: word,
})
type SkuRow = z.infer<typeof SkuRow>

const ProductRow = z.looseObject({
  product_id: word,
  title: word,
  head_imgs: z.array(z.string()).nullish(),
  status: word,
  skus: z.array(SkuRow).nullish(),
})
type ProductRow = z.infer<typeof ProductRow>

/**
 * Every SKU of every product that is not thrown away. The list does not say whether more follows: a page that is not
 * full is the last [assumed]. Source: wechat-shop.md 9 [doc].
 */
export const pullProducts: ChannelOperations<WechatShopCredentials>['products.pull'] = async (account, cursor) => {
  const { root } = await call(account, {
    operation: 'products.pull',
    path: '/channels/ec/product/list/get',
    body: { page_size: pageSize, ...(cursor === null ? {} : { next_key: cursor }) },
  })
  const page = readAs('product_ids', () => ProductIds.parse(root))
  const ids = page.product_ids ?? []
  const rows: Listing[] = []
  for (const id of ids) rows.push(...(await listingsOf(account, String(id))))
  return { rows, total: null, next: ids.length < pageSize ? null : textOrNull(page.next_key) }
}

async function listingsOf(account: WechatShopAccount, productId: string): Promise<Listing[]> {
  const { root } = await call(account, {
    operation: 'products.pull',
    path: '/channels/ec/product/get',
    body: { product_id: productId, data_type: onlineData },
  })
  const product = readAs('product', () => ProductRow.parse(root.product))
  if (goneStatuses.has(textOf(product.status))) return []
  return readAs(`product ${productId}`, () => (product.skus ?? []).map((sku) => listingOf(product, sku)))
}

function listingOf(product: ProductRow, sku: SkuRow): Listing {
  const attrs = sku.sku_attrs ?? []
  return {
    channelItemNo: textOf(product.product_id),
    channelSkuNo: textOf(sku.sku_id),
    merchantCode: textOrNull(sku.sku_code),
    barcode: null,
    title: textOf(product.title),
    specification: attrs.map((attr) => `${textOf(attr.attr_key)}:${textOf(attr.attr_value)}`).join(';'),
    imageUrl: textOrNull(sku.thumb_img) ?? product.head_imgs?.[0] ?? null,
    priceFen: fen(wholeOf(sku.sale_price)),
    quantity: wholeOf(sku.stock_num),
    // The product's status is documented, that of a SKU is seen in a sample only [assumed].
    isOnSale: textOf(product.status) === onSale && ['', onSale].includes(textOf(sku.status)),
    modifiedAt: null,
  }
}
