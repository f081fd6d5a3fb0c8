import { z } from 'zod'
import type { Listing } from '../../../core/channel/shapes.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { XiaohongshuCredentials } from './manifest.ts'
import { readAs } from './nonsense.ts'
import { listIn, totalIn } from './paging.ts'
import { fenOf, imageUrlOf, isoOrNull, textOf, textOrNull } from './payload.ts'

/** Source: xiaohongshu.md 10 [doc]: at most 100. */
const pageSize = 50

const word = z.union([z.string(), z.number()]).nullish()
const Row = z.looseObject({
  item: z.looseObject({ id: word, name: word, images: z.array(z.string()).nullish() }),
  sku: z.looseObject({
    id: word,
    itemId: word,
    name: word,
    price: word,
    stock: z.coerce.number().int().nullish(),
    erpCode: word,
    barcode: word,
    variants: z.array(z.looseObject({ name: word, value: word })).nullish(),
    buyable: z.boolean().nullish(),
    specImage: word,
    updateTime: word,
  }),
})

/** Every SKU of every listing, page by page. Source: xiaohongshu.md 10 [doc, sdk]. */
export const pullProducts: ChannelOperations<XiaohongshuCredentials>['products.pull'] = async (account, cursor) => {
  const pageNo = cursor === null ? 1 : Number(cursor)
  const { data } = await call(account, {
    operation: 'products.pull',
    method: 'product.getDetailSkuList',
    params: { pageNo, pageSize },
  })
  const total = totalIn(data, 'total')
  const rows = listIn(data, 'data').map((row) => readAs('sku', () => listingOf(Row.parse(row))))
  const isLast = rows.length === 0 || pageNo * pageSize >= total
  return { rows, total, next: isLast ? null : String(pageNo + 1) }
}

function listingOf({ item, sku }: z.infer<typeof Row>): Listing {
  return {
    channelItemNo: textOf(sku.itemId) || textOf(item.id),
    channelSkuNo: textOf(sku.id),
    merchantCode: textOrNull(sku.erpCode),
    barcode: textOrNull(sku.barcode),
    title: textOf(item.name) || textOf(sku.name),
    specification: (sku.variants ?? []).map(({ name, value }) => `${textOf(name)}:${textOf(value)}`).join(';'),
    imageUrl: imageUrlOf(sku.specImage) ?? imageUrlOf(item.images?.[0]),
    priceFen: fenOf(sku.price),
    quantity: sku.stock ?? 0,
    isOnSale: sku.buyable === true,
    modifiedAt: isoOrNull(sku.updateTime),
  }
}
