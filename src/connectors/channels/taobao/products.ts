import { z } from 'zod'
import type { Listing } from '../../../core/channel/shapes.ts'
import { beijingText, parseBeijing } from '../../../core/time/instant.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { TaobaoAccount, TaobaoCredentials } from './manifest.ts'
import { fenOf } from './money.ts'
import { readAs } from './nonsense.ts'
import { listIn } from './paging.ts'
import { isoOrNull, textOf, textOrNull } from './payload.ts'

/** One page is as many items as one call for SKUs takes. Source: taobao.md 14 [doc M]. */
const pageSize = 40
const itemFields = 'num_iid,title,num,price,outer_id,approve_status,pic_url,modified'
const skuFields = 'sku_id,num_iid,properties_name,quantity,price,outer_id,barcode,status,modified'

/**
 * The lists that together hold every listing, read one after the other: on sale, taken off sale, sold out. The platform lets a list be
 * paged only so far. Source: taobao.md 14 [doc M]; that `for_shelved` holds all that is off sale and not sold out [assumed].
 */
const lists = [
  { method: 'taobao.items.onsale.get', banner: null, lastPage: 500 },
  { method: 'taobao.items.inventory.get', banner: 'for_shelved', lastPage: 101 },
  { method: 'taobao.items.inventory.get', banner: 'sold_out', lastPage: 101 },
] as const

/** Where the walk through the lists stands. `since` is the change time from which pages are counted. */
const Cursor = z.strictObject({ list: z.int().min(0), page: z.int().min(1), since: z.string().nullable() })
type Cursor = z.infer<typeof Cursor>
const start: Cursor = { list: 0, page: 1, since: null }

const word = z.union([z.string(), z.number()]).nullish()
const ItemRow = z.looseObject({
  num_iid: word,
  title: word,
  num: word,
  price: word,
  outer_id: word,
  approve_status: word,
  pic_url: word,
  modified: word,
})
type ItemRow = z.infer<typeof ItemRow>
const SkuRow = z.looseObject({
  sku_id: word,
  num_iid: word,
  properties_name: word,
  quantity: word,
  price: word,
  outer_id: word,
  barcode: word,
  status: word,
  modified: word,
})
type SkuRow = z.infer<typeof SkuRow>

/** Every SKU of every listing, item by item; an item without SKUs is one listing with an empty SKU number. Source: taobao.md 14 [doc M]. */
export const pullProducts: ChannelOperations<TaobaoCredentials>['products.pull'] = async (account, cursor) => {
  const at = cursor === null ? start : Cursor.parse(JSON.parse(cursor))
  const items = await itemPage(account, at)
  const skus = await skusOf(account, items)
  const next = cursorAfter(at, items)
  return {
    rows: items.flatMap((item) => listingsOf(item, skus.get(textOf(item.num_iid)) ?? [])),
    total: null,
    next: next === null ? null : JSON.stringify(next),
  }
}

async function itemPage(account: TaobaoAccount, { list, page, since }: Cursor): Promise<ItemRow[]> {
  const { method, banner } = lists[list] ?? lists[0]
  const { root } = await call(account, {
    operation: 'products.pull',
    method,
    params: {
      fields: itemFields,
      banner,
      page_no: String(page),
      page_size: String(pageSize),
      order_by: 'modified:asc',
      start_modified: since,
    },
  })
  return listIn(root, 'items', 'item').map((row) => readAs('item', () => ItemRow.parse(row)))
}

async function skusOf(account: TaobaoAccount, items: readonly ItemRow[]): Promise<Map<string, SkuRow[]>> {
  if (items.length === 0) return new Map()
  const { root } = await call(account, {
    operation: 'products.pull',
    method: 'taobao.item.skus.get',
    params: { fields: skuFields, num_iids: items.map((item) => textOf(item.num_iid)).join(',') },
  })
  const rows = listIn(root, 'skus', 'sku').map((row) => readAs('sku', () => SkuRow.parse(row)))
  return Map.groupBy(
    rows.filter((sku) => textOf(sku.status) !== 'delete'),
    (sku) => textOf(sku.num_iid),
  )
}

/**
 * The place after a page, null at the very end. At the last page the platform allows, counting begins anew from the change time of the
 * last item, which then comes twice and does no harm. Pure.
 */
export function cursorAfter(at: Cursor, items: readonly Pick<ItemRow, 'modified'>[]): Cursor | null {
  if (items.length < pageSize) {
    return at.list + 1 < lists.length ? { list: at.list + 1, page: 1, since: null } : null
  }
  if (at.page < (lists[at.list] ?? lists[0]).lastPage) return { ...at, page: at.page + 1 }
  const last = textOf(items.at(-1)?.modified)
  // A whole block changed within one second would be begun for ever; then the next second is taken.
  const since = last === at.since ? beijingText(parseBeijing(last) + 1000) : last
  return { list: at.list, page: 1, since }
}

function listingsOf(item: ItemRow, skus: readonly SkuRow[]): Listing[] {
  return readAs(`item ${textOf(item.num_iid)}`, () =>
    skus.length === 0 ? [listingOf(item, null)] : skus.map((sku) => listingOf(item, sku)),
  )
}

function listingOf(item: ItemRow, sku: SkuRow | null): Listing {
  return {
    channelItemNo: textOf(item.num_iid),
    channelSkuNo: textOf(sku?.sku_id),
    merchantCode: textOrNull(sku?.outer_id) ?? textOrNull(item.outer_id),
    barcode: textOrNull(sku?.barcode),
    title: textOf(item.title),
    specification: specificationOf(textOf(sku?.properties_name)),
    imageUrl: textOrNull(item.pic_url),
    priceFen: fenOf(sku?.price ?? item.price),
    quantity: Number(sku ? (sku.quantity ?? 0) : (item.num ?? 0)),
    isOnSale: textOf(item.approve_status) === 'onsale',
    modifiedAt: isoOrNull(sku?.modified ?? item.modified),
  }
}

/** `1627207:3232481:颜色分类:苔绿;…` as orders write it: `颜色分类:苔绿;…`. Source: taobao.md 7.2, 14 [doc M]. */
export function specificationOf(propertiesName: string): string {
  return propertiesName
    .split(';')
    .map((property) => property.split(':').slice(2).join(':'))
    .filter((words) => words !== '')
    .join(';')
}
