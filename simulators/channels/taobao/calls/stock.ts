import { invalidArgument, itemNotExist, missingArgument, refuse } from '../errors.ts'
import { setStock, totalOf } from '../goods.ts'
import type { Item, Sku } from '../state.ts'
import { type Branch, list, timeText, whole } from '../text.ts'
import { type Call, type Operations, optional, required, wholeArgument, writes } from './call.ts'

/** Stock write-back: taobao.md 13 [doc]. */
export const stockCalls: Operations = {
  'taobao.item.quantity.update': { ...writes(updateItem), item: (params) => params.get('num_iid') ?? null },
  'taobao.skus.quantity.update': { ...writes(updateSkus), item: (params) => params.get('num_iid') ?? null },
}

const mostSkus = 20
const full = 1
const mostPieces = 100_000_000

interface Setting {
  readonly sku: Sku
  readonly quantity: number
}

/** Increments below nothing are an error here, other than in `skus.quantity.update`. */
function updateItem(call: Call): Branch {
  const item = itemOf(call)
  const quantity = wholeArgument(call, 'quantity', { least: -mostPieces, most: mostPieces })
  const isFull = kindOf(call) === full
  if (isFull && quantity < 0) throw refuse(negative)
  const sku = skuOf(call, item)
  const target = isFull ? quantity : sku.quantity + quantity
  if (target < 0) throw refuse(invalidArgument('quantity', '增量更新后库存不能小于0'))
  return apply(call, item, [{ sku, quantity: target }])
}

/** Increments below nothing end at nothing here, other than in `item.quantity.update`. */
function updateSkus(call: Call): Branch {
  const item = itemOf(call)
  const isFull = kindOf(call) === full
  const settings = quantitiesOf(call, item).map(({ sku, quantity }) => {
    if (isFull && quantity < 0) throw refuse(negative)
    return { sku, quantity: isFull ? quantity : Math.max(0, sku.quantity + quantity) }
  })
  return apply(call, item, settings)
}

const negative = invalidArgument('quantity', '全量更新时库存不能为负数')

function kindOf(call: Call): number {
  return wholeArgument(call, 'type', { least: 1, most: 2, otherwise: full })
}

function itemOf(call: Call): Item {
  const item = call.world.items.get(required(call, 'num_iid'))
  if (item === undefined) throw refuse(itemNotExist)
  return item
}

/** `sku_id` wins over `outer_id`; an item without SKUs needs neither. The spelling of a missing SKU's error is [assumed]. */
function skuOf(call: Call, item: Item): Sku {
  const skuNo = optional(call, 'sku_id')
  const code = optional(call, 'outer_id')
  if (skuNo !== undefined) return found(item.skus.find((sku) => sku.skuNo === skuNo))
  if (code !== undefined) return found(item.skus.find(({ merchantCode }) => merchantCode === code))
  const only = item.skus.find((sku) => sku.skuNo === '')
  if (only === undefined) throw refuse(missingArgument('sku_id'))
  return only
}

function found(sku: Sku | undefined): Sku {
  if (sku === undefined) throw refuse(invalidArgument('sku_id', 'SKU不存在'))
  return sku
}

/** `outerid_quantities` counts only where `skuid_quantities` is empty. */
function quantitiesOf(call: Call, item: Item): readonly Setting[] {
  const bySku = optional(call, 'skuid_quantities')
  const name = bySku === undefined ? 'outerid_quantities' : 'skuid_quantities'
  const parts = (bySku ?? required(call, name)).split(';').filter((part) => part !== '')
  if (parts.length === 0 || parts.length > mostSkus) throw refuse(invalidArgument(name))
  return parts.flatMap((part) => {
    const [, key, text] = /^(.+):(-?\d{1,9})$/.exec(part) ?? []
    if (key === undefined || text === undefined) throw refuse(invalidArgument(name))
    const skus = item.skus.filter((sku) => (bySku === undefined ? sku.merchantCode === key : sku.skuNo === key))
    if (skus.length === 0) throw refuse(invalidArgument(name, 'SKU不存在'))
    return skus.map((sku) => ({ sku, quantity: Number(text) }))
  })
}

/** Answers with what holds after the change. */
function apply(call: Call, item: Item, settings: readonly Setting[]): Branch {
  const wanted = new Map(settings.map(({ sku, quantity }) => [sku, quantity]))
  if (!call.pretend) for (const [sku, quantity] of wanted) setStock(call.world, sku, quantity)
  const shown = (sku: Sku) => wanted.get(sku) ?? sku.quantity
  const rows = [...wanted.keys()].filter(({ skuNo }) => skuNo !== '')
  return {
    item: {
      iid: item.itemNo,
      num_iid: whole(item.itemNo),
      num: call.pretend ? item.skus.reduce((all, sku) => all + shown(sku), 0) : totalOf(item),
      modified: timeText(item.modifiedAt),
      skus: list(
        'sku',
        rows.map((sku) => ({ sku_id: whole(sku.skuNo), quantity: shown(sku), modified: timeText(sku.modifiedAt) })),
      ),
    },
  }
}
