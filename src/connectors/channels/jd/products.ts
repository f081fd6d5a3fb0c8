import { z } from 'zod'
import type { Listing } from '../../../core/channel/shapes.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call, resultIn } from './call.ts'
import type { JdCredentials } from './manifest.ts'
import { fenOf } from './money.ts'
import { readAs } from './nonsense.ts'
import { listIn, totalIn } from './paging.ts'
import { isoOrNull, textOf, textOrNull } from './payload.ts'

const pageSize = 50
const fields = 'wareId,skuId,status,skuName,wareTitle,outerId,barCode,jdPrice,stockNum,modified,saleAttrs'
const [onSale, offSale] = [1, 2] as const

const word = z.union([z.string(), z.number()]).nullish()
const SkuRow = z.looseObject({
  wareId: word,
  skuId: word,
  status: word,
  skuName: word,
  wareTitle: word,
  outerId: word,
  barCode: word,
  jdPrice: word,
  stockNum: word,
  modified: word,
  saleAttrs: z
    .array(z.looseObject({ attrValueAlias: z.array(z.union([z.string(), z.number()])).nullish(), index: word }))
    .nullish(),
})
type SkuRow = z.infer<typeof SkuRow>

/** Every SKU on sale or off it, by its number, page after page. The cursor is the number of the page. Source: jd.md 11 [doc G]. */
export const pullProducts: ChannelOperations<JdCredentials>['products.pull'] = async (account, cursor) => {
  const pageNo = Number(cursor ?? 1)
  const root = await call(account, {
    operation: 'products.pull',
    method: 'jingdong.sku.read.searchSkuList',
    params: { skuStatuValue: [onSale, offSale], orderField: ['skuId'], pageNo, page_size: pageSize, field: fields },
  })
  const page = resultIn(root, 'page')
  const total = totalIn(page, 'totalItem')
  return {
    rows: listIn(page, 'data').map((row) => readAs('sku', () => listingOf(SkuRow.parse(row)))),
    total,
    next: pageNo * pageSize < total ? String(pageNo + 1) : null,
  }
}

/** A picture is told as a path without a host, so there is none. */
function listingOf(sku: SkuRow): Listing {
  return {
    channelItemNo: textOf(sku.wareId),
    channelSkuNo: textOf(sku.skuId),
    merchantCode: textOrNull(sku.outerId),
    barcode: textOrNull(sku.barCode),
    title: textOf(sku.wareTitle) || textOf(sku.skuName),
    specification: specificationOf(sku),
    imageUrl: null,
    priceFen: fenOf(sku.jdPrice),
    quantity: Number(textOf(sku.stockNum) || 0),
    isOnSale: textOf(sku.status) === String(onSale),
    modifiedAt: isoOrNull(sku.modified),
  }
}

/** The values by which the SKUs of an item differ, in their order; the platform tells their names elsewhere. */
function specificationOf({ saleAttrs }: SkuRow): string {
  return (saleAttrs ?? [])
    .toSorted((one, other) => Number(one.index ?? 0) - Number(other.index ?? 0))
    .flatMap((attribute) => attribute.attrValueAlias ?? [])
    .join(';')
}
