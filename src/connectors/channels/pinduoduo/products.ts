import { z } from 'zod'
import type { Listing } from '../../../core/channel/shapes.ts'
import { fen } from '../../../core/money/fen.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { PinduoduoCredentials } from './manifest.ts'
import { readAs } from './nonsense.ts'
import { listIn, totalIn } from './paging.ts'
import { textOf, textOrNull } from './payload.ts'

/** Nothing is said of goods; that of orders is careful enough [assumed]. */
const pageSize = 50

const word = z.union([z.string(), z.number()]).nullish()
const truth = z.union([z.string(), z.number(), z.boolean()]).nullish()
const Sku = z.looseObject({
  sku_id: word,
  outer_id: word,
  sku_quantity: z.coerce.number().int().nullish(),
  spec: word,
  is_sku_onsale: truth,
})
type Sku = z.infer<typeof Sku>
const Goods = z.looseObject({
  goods_id: z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1)),
  goods_name: word,
  is_onsale: truth,
  sku_list: z.array(Sku).nullish(),
})
type Goods = z.infer<typeof Goods>

/** Every SKU of every listing, page by page; the platform counts listings and not SKUs. Source: pinduoduo.md 5 [doc]. */
export const pullProducts: ChannelOperations<PinduoduoCredentials>['products.pull'] = async (account, cursor) => {
  const page = cursor === null ? 1 : Number(cursor)
  const params = { page, page_size: pageSize }
  const { response } = await call(account, { operation: 'products.pull', method: 'pdd.goods.list.get', params })
  const goods = listIn(response, 'goods_list').map((row) => readAs('goods', () => Goods.parse(row)))
  const isLast = goods.length === 0 || page * pageSize >= totalIn(response)
  const rows = goods.flatMap((each) => (each.sku_list ?? []).map((sku) => listingOf(each, sku)))
  return { rows, total: null, next: isLast ? null : String(page + 1) }
}

/** The list tells neither price nor picture, so the price is 0. */
function listingOf({ goods_id, goods_name, is_onsale }: Goods, sku: Sku): Listing {
  return {
    channelItemNo: goods_id,
    channelSkuNo: textOf(sku.sku_id),
    merchantCode: textOrNull(sku.outer_id),
    barcode: null,
    title: textOf(goods_name),
    specification: textOf(sku.spec),
    imageUrl: null,
    priceFen: fen(0),
    quantity: sku.sku_quantity ?? 0,
    isOnSale: isTrue(is_onsale) && isTrue(sku.is_sku_onsale),
    modifiedAt: null,
  }
}

function isTrue(value: string | number | boolean | null | undefined): boolean {
  return ['1', 'true'].includes(String(value))
}
