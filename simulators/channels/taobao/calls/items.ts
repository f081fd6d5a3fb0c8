import { numberOf } from '../../../aid/random.ts'
import { invalidArgument, refuse } from '../errors.ts'
import { type Fields, write } from '../fields.ts'
import { totalOf } from '../goods.ts'
import type { Item, Sku } from '../state.ts'
import { type Branch, list, timeText, whole, yuan } from '../text.ts'
import { seller } from '../tokens.ts'
import {
  type Call,
  fieldsOf,
  type Operations,
  optional,
  reads,
  refuseFilters,
  required,
  timeArgument,
  wholeArgument,
} from './call.ts'

/** The seller's items: taobao.md 14 [doc]. */
export const itemCalls: Operations = {
  'taobao.items.onsale.get': reads(onSale),
  'taobao.items.inventory.get': reads(inWarehouse),
  'taobao.item.skus.get': reads(skusOf),
}

const mostItems = 20_000
const mostPages = 101
const mostNumIids = 40

/** An item is on sale while it has anything left. */
function onSale(call: Call): Branch {
  refuseFilters(call, ['cid', 'is_combine'])
  return itemPage(call, (item) => totalOf(item) > 0)
}

const banners = ['regular_shelved', 'never_on_shelf', 'off_shelf', 'for_shelved', 'sold_out', 'violation_off_shelf']

/** Of all that may lie in the warehouse, this shop has only what is sold out. */
function inWarehouse(call: Call): Branch {
  refuseFilters(call, ['cid', 'is_combine'])
  const banner = optional(call, 'banner') ?? 'for_shelved'
  if (!banners.includes(banner)) throw refuse(invalidArgument('banner'))
  wholeArgument(call, 'page_no', { least: 1, most: mostPages, otherwise: 1 })
  return itemPage(call, (item) => banner === 'sold_out' && totalOf(item) === 0)
}

function itemPage(call: Call, accepts: (item: Item) => boolean): Branch {
  const { own } = fieldsOf(call)
  const size = wholeArgument(call, 'page_size', { least: 1, most: 200, otherwise: 40 })
  const number = wholeArgument(call, 'page_no', { least: 1, most: mostItems, otherwise: 1 })
  if (size * number > mostItems) throw refuse(invalidArgument('page_no'))
  const from = timeArgument(call, 'start_modified') ?? 0
  const to = timeArgument(call, 'end_modified') ?? Number.MAX_SAFE_INTEGER
  const word = optional(call, 'q')?.toLowerCase() ?? ''
  const found = [...call.world.items.values()]
    .filter((item) => item.modifiedAt >= from && item.modifiedAt <= to && accepts(item))
    .filter((item) => titleOf(item).toLowerCase().includes(word))
    .sort(orderOf(call))
  const rows = found.slice((number - 1) * size, number * size)
  return {
    total_results: found.length,
    items: list(
      'item',
      rows.map((item) => write(itemFields, own, item)),
    ),
  }
}

/** Latest change first unless `order_by=modified:asc`; the default is [assumed]. */
function orderOf(call: Call): (a: Item, b: Item) => number {
  const order = optional(call, 'order_by') ?? 'modified:desc'
  if (order !== 'modified:desc' && order !== 'modified:asc') throw refuse(invalidArgument('order_by'))
  const sign = order === 'modified:asc' ? 1 : -1
  return (a, b) => sign * (a.modifiedAt - b.modifiedAt || Number(a.itemNo) - Number(b.itemNo))
}

function skusOf(call: Call): Branch {
  const { own } = fieldsOf(call)
  const numbers = required(call, 'num_iids').split(',')
  if (numbers.length > mostNumIids || numbers.some((number) => !/^\d+$/.test(number)))
    throw refuse(invalidArgument('num_iids'))
  const items = numbers.map((number) => call.world.items.get(number)).filter((item) => item !== undefined)
  const skus = items.flatMap((item) => item.skus).filter(({ skuNo }) => skuNo !== '')
  return {
    skus: list(
      'sku',
      skus.map((sku) => write(skuFields, own, sku)),
    ),
  }
}

function titleOf(item: Item): string {
  return item.skus[0]?.title ?? item.product
}

const listedDays = 7

const itemFields: Fields<Item> = {
  num_iid: ({ itemNo }) => whole(itemNo),
  title: titleOf,
  nick: () => seller.nick,
  type: () => 'fixed',
  cid: ({ category }) => whole(category),
  num: totalOf,
  price: ({ skus }) => yuan(Math.min(...skus.map(({ priceFen }) => priceFen))),
  outer_id: ({ outerCode }) => outerCode,
  approve_status: (item) => (totalOf(item) > 0 ? 'onsale' : 'instock'),
  pic_url: ({ itemNo }) => `https://img.example.com/i1/${itemNo}.jpg`,
  list_time: ({ createdAt }) => timeText(createdAt),
  delist_time: ({ createdAt }) => timeText(createdAt + listedDays * 86_400_000),
  modified: ({ modifiedAt }) => timeText(modifiedAt),
  sold_quantity: ({ soldQuantity }) => soldQuantity,
}

const skuFields: Fields<Sku> = {
  sku_id: ({ skuNo }) => whole(skuNo),
  num_iid: ({ item }) => whole(item.itemNo),
  properties: ({ specification }) => propertiesOf(specification, false),
  properties_name: ({ specification }) => propertiesOf(specification, true),
  quantity: ({ quantity }) => quantity,
  price: ({ priceFen }) => yuan(priceFen),
  outer_id: ({ merchantCode }) => merchantCode,
  created: ({ createdAt }) => timeText(createdAt),
  modified: ({ modifiedAt }) => timeText(modifiedAt),
  status: () => 'normal',
}

/** '颜色:苔绿;尺寸:1.8m' as `pid:vid;…`, or `pid:vid:name:value;…` with the names. */
function propertiesOf(specification: string, named: boolean): string {
  return specification
    .split(';')
    .map((pair) => {
      const [name = '', value = ''] = pair.split(':')
      const ids = `${10_000 + (numberOf(name) % 1_000_000)}:${numberOf(value) % 100_000_000}`
      return named ? `${ids}:${name}:${value}` : ids
    })
    .join(';')
}
