import { refuse } from '../errors.ts'
import { changeStock, findSku } from '../goods.ts'
import { moveFields, stockFields } from '../product-fields.ts'
import type { Sku } from '../state.ts'
import { seconds } from '../world.ts'
import {
  type Branch,
  badArgument,
  type Call,
  type Operation,
  type Operations,
  optionalWhole,
  reads,
  textOf,
  wholeOf,
  writes,
} from './call.ts'
import { keyFor, pageSizeOf, placeIn } from './paging.ts'

const skuIn = (body: Branch): string | null => (typeof body.sku_id === 'string' ? body.sku_id : null)
const moves = (run: Operation['run']): Operation => ({ ...writes(run), skuOf: skuIn })

/** Source: wechat-shop.md 9. */
export const stockCalls: Operations = {
  'product/stock/update': moves(update),
  'warehouse/stock/update': moves(updateWarehouse),
  'product/stock/get': reads((call) => ({ data: stockFields(call.world, known(call)) })),
  'product/stock/batchget': reads(getMany),
  'product/stock/getflow': reads(flow),
}

const badStockArgument = 10020051
const skuUnknown = 10020052
const badDiffType = 10020055
const inReview = 10020217
const noChange = 10020218
const notEnough = 10020219
const neverListed = 10020289

function known({ world, body }: Call): Sku {
  const sku = findSku(world, textOf(body, 'product_id', badStockArgument), textOf(body, 'sku_id', badStockArgument))
  if (sku === undefined) throw refuse(skuUnknown)
  return sku
}

/** Only what was listed once and is not in review has a stock that can be moved. */
function movable(call: Call): Sku {
  const sku = known(call)
  if (sku.product.status === 0) throw refuse(neverListed)
  if (sku.product.editStatus === 2) throw refuse(inReview)
  return sku
}

/** diff_type 1 adds, 2 takes away, 3 sets; by how much the number of pieces then changes. */
function changeIn(body: Branch, has: number): number {
  const { diff_type, num } = body
  if (diff_type !== 1 && diff_type !== 2 && diff_type !== 3) throw refuse(badDiffType)
  if (typeof num !== 'number' || !Number.isInteger(num) || num < 0) throw refuse(badStockArgument)
  if (diff_type === 3) return num - has
  if (num === 0) throw refuse(noChange)
  const by = diff_type === 1 ? num : -num
  if (has + by < 0) throw refuse(notEnough)
  return by
}

function update(call: Call): Branch {
  const sku = movable(call)
  const by = changeIn(call.body, sku.quantity)
  if (!call.pretend) changeStock(call.world, sku, by)
  return {}
}

function updateWarehouse(call: Call): Branch {
  const sku = movable(call)
  const warehouse = textOf(call.body, 'out_warehouse_id', badStockArgument)
  if (!call.world.settings.warehouses.includes(warehouse)) throw refuse(badStockArgument)
  const has = sku.warehouses.get(warehouse) ?? 0
  const by = changeIn(call.body, has)
  if (!call.pretend) sku.warehouses.set(warehouse, has + by)
  return {}
}

/** Products nobody knows are left out [assumed]. */
function getMany({ world, body }: Call): Branch {
  const { product_id } = body
  if (!Array.isArray(product_id) || product_id.length === 0) throw refuse(badArgument)
  const products = product_id.map((id) => world.products.get(String(id))).filter((product) => product !== undefined)
  return {
    data: {
      spu_stock_list: products.map(({ productId, skus }) => ({
        product_id: productId,
        sku_stock: skus.map((sku) => ({ sku_id: sku.skuId, ...stockFields(world, sku) })),
      })),
    },
  }
}

const flowName = 'product/stock/getflow'

/** The latest 200 moves of a SKU, oldest first. */
function flow(call: Call): Branch {
  const { world, body } = call
  const sku = known(call)
  optionalWhole(body, 'stock_type')
  const most = Number.MAX_SAFE_INTEGER
  const from = wholeOf(body, 'begin_time', { least: 0, most, usual: 0 })
  const to = wholeOf(body, 'end_time', { least: from, most, usual: most })
  const place = placeIn(flowName, body)
  const skip = Number.isFinite(place) ? place : 0
  const size = pageSizeOf(world, body)
  const found = sku.moves.filter(({ at }) => seconds(at) >= from && seconds(at) <= to)
  const rows = found.slice(skip, skip + size)
  return { data: { stock_flow_info_list: rows.map(moveFields), next_key: keyFor(flowName, body, skip + rows.length) } }
}
