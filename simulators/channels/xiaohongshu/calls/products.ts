import { notFound, refuse } from '../errors.ts'
import { barcodeOf } from '../order-fields.ts'
import { itemFields, skuFields } from '../product-fields.ts'
import type { Sku } from '../state.ts'
import {
  anyWhole,
  type Call,
  flagArgument,
  isObject,
  type Operations,
  objectArgument,
  optionalFlag,
  optionalText,
  optionalWhole,
  reads,
  rowsArgument,
  textArgument,
  wholeArgument,
  writes,
  wrong,
} from './call.ts'

/** Products: xiaohongshu.md 10 [doc]. */
export const productCalls: Operations = {
  'product.getDetailSkuList': reads(detailSkuList),
  'product.searchItemList': reads(searchItems),
  'product.getItemInfo': reads(itemInfo),
  'product.updateSkuAvailable': writes(updateAvailable),
  'product.updateSkuPrice': writes(updatePrice),
}

const mostRows = 100

function pageArguments(call: Call) {
  return {
    pageNo: wholeArgument(call, 'pageNo', { least: 1, most: 1_000_000, otherwise: 1 }),
    pageSize: wholeArgument(call, 'pageSize', { least: 1, most: mostRows, otherwise: 50 }),
  }
}

/** By `lastId` the list goes on after that SKU, whatever the page says [assumed]. */
function detailSkuList(call: Call) {
  const { pageNo, pageSize } = pageArguments(call)
  const found = [...call.world.skusById.values()].filter(filterOf(call))
  const lastId = optionalText(call, 'lastId')
  const skip = lastId === undefined ? (pageNo - 1) * pageSize : found.findIndex(({ skuId }) => skuId === lastId) + 1
  const rows = found.slice(skip, skip + pageSize)
  // `pageNO` is spelled so by the platform.
  const data = rows.map((sku) => ({ item: itemFields(sku.item), sku: skuFields(sku) }))
  return { data, pageNO: pageNo, pageSize, total: found.length }
}

function filterOf(call: Call): (sku: Sku) => boolean {
  const [id, barcode] = [optionalText(call, 'id'), optionalText(call, 'barcode')]
  const [buyable, isChannel] = [optionalFlag(call, 'buyable'), optionalFlag(call, 'isChannel')]
  const bound = (name: string) => optionalWhole(call, name)
  const [least, most] = [bound('stockGte') ?? 0, bound('stockLte') ?? Number.MAX_SAFE_INTEGER]
  const created = [bound('createTimeFrom') ?? 0, bound('createTimeTo') ?? Number.MAX_SAFE_INTEGER] as const
  const updated = [bound('updateTimeFrom') ?? 0, bound('updateTimeTo') ?? Number.MAX_SAFE_INTEGER] as const
  const isSinglePack = flagArgument(call, 'singlePackOnly')
  const isWithin = (at: number, [from, to]: readonly [number, number]) => at >= from && at <= to
  return (sku) =>
    (id === undefined || sku.skuId === id) &&
    (barcode === undefined || barcodeOf(sku) === barcode) &&
    (buyable === undefined || sku.isBuyable === buyable) &&
    isChannel !== true &&
    isWithin(sku.available, [least, most]) &&
    isWithin(sku.createdAt, created) &&
    isWithin(sku.updatedAt, updated) &&
    (!isSinglePack || sku.parts.length === 0)
}

function searchItems(call: Call) {
  const { pageNo, pageSize } = pageArguments(call)
  const { keyword = '', buyable } = objectArgument(call, 'searchParam') ?? {}
  if (typeof keyword !== 'string') return wrong('searchParam.keyword')
  const found = [...call.world.items.values()].filter(
    ({ skus }) =>
      skus.some(({ title }) => title.includes(keyword)) &&
      (typeof buyable !== 'boolean' || skus.some(({ isBuyable }) => isBuyable === buyable)),
  )
  const rows = found.slice((pageNo - 1) * pageSize, pageNo * pageSize)
  return { currentPage: pageNo, pageSize, total: found.length, itemDetailV3s: rows.map(itemFields) }
}

function itemInfo(call: Call) {
  const { pageNo, pageSize } = pageArguments(call)
  const item = call.world.items.get(textArgument(call, 'itemId'))
  if (item === undefined) throw refuse(notFound)
  const skus = item.skus.slice((pageNo - 1) * pageSize, pageNo * pageSize)
  return { itemInfo: itemFields(item), skuInfos: skus.map(skuFields), total: item.skus.length }
}

function updateAvailable(call: Call): undefined {
  const sku = skuOf(call, textArgument(call, 'skuId'))
  if (typeof call.params.available !== 'boolean') return wrong('available')
  const isBuyable = flagArgument(call, 'available')
  if (call.pretend) return
  sku.isBuyable = isBuyable
  changed(call, sku)
  const { item, skuId, updatedAt } = sku
  call.world.pushes.tell('msg_sku_buyable', {
    buyable: isBuyable,
    itemId: item.itemId,
    skuId,
    updateTime: updatedAt,
  })
}

function updatePrice(call: Call): undefined {
  const wishes = rowsArgument(call, 'price', mostRows).map((row) => {
    if (!isObject(row) || typeof row.skuId !== 'string') return wrong('price')
    const { price } = row
    if (typeof price !== 'number' || !Number.isInteger(price) || price <= 0) return wrong('price')
    return { sku: skuOf(call, row.skuId), price }
  })
  const main = skuOf(call, textArgument(call, 'skuId'))
  const originalPrice = wholeArgument(call, 'originalPrice', { ...anyWhole, otherwise: main.originalPriceFen })
  if (call.pretend) return
  main.originalPriceFen = originalPrice
  for (const { sku, price } of wishes) {
    sku.priceFen = price
    changed(call, sku)
  }
}

function skuOf(call: Call, skuId: string): Sku {
  const sku = call.world.skusById.get(skuId)
  if (sku === undefined) throw refuse(notFound)
  return sku
}

function changed({ world }: Call, sku: Sku): void {
  sku.updatedAt = world.clock.now()
  sku.item.updatedAt = sku.updatedAt
}
