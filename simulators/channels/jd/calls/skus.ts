import { numberOf } from '../../../aid/random.ts'
import { badParameter, reject } from '../errors.ts'
import { attributeValues, type Sku, skuName, type Ware } from '../state.ts'
import { type Branch, type Tree, yuanNumber } from '../text.ts'
import {
  type Call,
  disturbed,
  listArgument,
  msArgument,
  type Operations,
  optional,
  type Params,
  reads,
  required,
  wholeArgument,
} from './call.ts'

/** SKUs and wares: jd.md 11 [doc]. Their answers have no flag, so what is wrong with a call is for the gateway to say. */
export const skuCalls: Operations = {
  'jingdong.sku.read.searchSkuList': reads(searchSkus),
  'jingdong.sku.read.findSkuById': reads(oneSku),
  'jingdong.ware.read.searchWare4Valid': reads(searchWares),
}

const onSale = '1'
/** The sheet gives no limit for SKUs; the order list's is [assumed]. */
const mostSkus = 100
const mostWares = 50
const usualRows = 20

/** Filters by attributes the simulator's listings do not have. */
const unknownFilters = ['itemNum', 'minStockNum', 'maxStockNum', 'startCreatedTime', 'endCreatedTime']

function searchSkus(call: Call): Branch {
  refuseFilters(call, unknownFilters)
  const size = wholeArgument(call, 'page_size', { least: 1, most: mostSkus, otherwise: usualRows })
  const found = [...call.world.skusById.values()].filter(skuFilter(call)).sort(skuOrder(call))
  return { page: pageTree(call, { rows: found.map((sku) => skuTree(sku, fieldsOf(call))), size }) }
}

/** A filter the simulator does not have is refused rather than ignored. */
function refuseFilters(call: Call, names: readonly string[]): void {
  for (const name of names) if (optional(call, name) !== undefined) throw reject(badParameter(`模拟器不支持${name}`))
}

function skuFilter(call: Call): (sku: Sku) => boolean {
  const [wareIds, skuIds, codes] = ['wareId', 'skuId', 'outId'].map((name) => listArgument(call, name))
  const statuses = listArgument(call, 'skuStatuValue')
  const title = optional(call, 'wareTitle')
  const from = msArgument(call, 'startModifiedTime') ?? 0
  const to = msArgument(call, 'endModifiedTime') ?? Number.MAX_SAFE_INTEGER
  return (sku) =>
    (wareIds?.has(sku.ware.wareId) ?? true) &&
    (skuIds?.has(sku.skuId) ?? true) &&
    (codes?.has(sku.merchantCode) ?? true) &&
    (statuses?.has(onSale) ?? true) &&
    (title === undefined || sku.title.includes(title)) &&
    sku.modifiedAt >= from &&
    sku.modifiedAt <= to
}

/** By SKU id unless asked otherwise; `orderField` and `orderType` are arrays of which the first counts. */
function skuOrder(call: Call): (a: Sku, b: Sku) => number {
  const [field = 'skuId'] = listArgument(call, 'orderField') ?? []
  const [direction = 'asc'] = listArgument(call, 'orderType') ?? []
  if (field !== 'skuId' && field !== 'stockNum') throw reject(badParameter('orderField不正确'))
  const sign = direction.toLowerCase() === 'desc' ? -1 : 1
  const keyOf = (sku: Sku) => (field === 'stockNum' ? sku.quantity : Number(sku.skuId))
  return (a, b) => sign * (keyOf(a) - keyOf(b))
}

interface Listed {
  readonly rows: readonly Branch[]
  readonly size: number
}

function pageTree(call: Call, { rows, size }: Listed): Branch {
  const page = wholeArgument(call, 'pageNo', { least: 1, most: 1_000_000, otherwise: 1 })
  const skip = (page - 1) * size
  return { pageNo: page, pageSize: size, totalItem: rows.length, data: disturbed(call, rows.slice(skip, skip + size)) }
}

/** Fields beyond the ids are shown only when they are listed. */
function fieldsOf(call: Call): ReadonlySet<string> {
  return new Set([...(listArgument(call, 'field') ?? []), 'wareId', 'skuId'])
}

function oneSku(call: Call): Branch {
  const sku = call.world.skusById.get(required(call, 'skuId'))
  return { sku: sku === undefined ? null : skuTree(sku, fieldsOf(call)) }
}

function skuTree(sku: Sku, wanted: ReadonlySet<string>): Branch {
  return pick(wanted, {
    wareId: Number(sku.ware.wareId),
    skuId: Number(sku.skuId),
    status: Number(onSale),
    skuName: skuName(sku),
    wareTitle: sku.title,
    outerId: sku.merchantCode,
    barCode: '',
    jdPrice: yuanNumber(sku.priceFen),
    stockNum: sku.quantity,
    logo: `jfs/t1/${sku.skuId.slice(0, 6)}/1.jpg`,
    created: sku.createdAt,
    modified: sku.modifiedAt,
    saleAttrs: attributeValues(sku.specification).map((value, place) => ({
      attrId: String(1_000_001 + place),
      attrValues: [String(900_000 + (numberOf(value) % 90_000))],
      attrValueAlias: [value],
      index: place + 1,
    })),
  })
}

function searchWares(call: Call): Branch {
  refuseFilters(call, ['searchKey', 'startCreatedTime', 'endCreatedTime'])
  const wareIds = listArgument(call, 'wareId')
  if ((wareIds?.size ?? 0) > 20) throw reject(badParameter('wareId不能超过20个'))
  const statuses = listArgument(call, 'wareStatusValue')
  const from = msArgument(call, 'startModifiedTime') ?? 0
  const to = msArgument(call, 'endModifiedTime') ?? Number.MAX_SAFE_INTEGER
  const size = wholeArgument(call, 'pageSize', { least: 1, most: mostWares, otherwise: usualRows })
  const found = [...call.world.wares.values()].filter(
    (ware) =>
      (wareIds?.has(ware.wareId) ?? true) &&
      (statuses?.has(String(wareOnSale)) ?? true) &&
      changedAt(ware) >= from &&
      changedAt(ware) <= to,
  )
  return { page: pageTree(call, { rows: found.map((ware) => wareTree(ware, fieldsOf(call))), size }) }
}

const wareOnSale = 8

function changedAt({ skus }: Ware): number {
  return Math.max(...skus.map(({ modifiedAt }) => modifiedAt))
}

function wareTree(ware: Ware, wanted: ReadonlySet<string>): Branch {
  const [first] = ware.skus
  return pick(wanted, {
    wareId: Number(ware.wareId),
    title: first?.title ?? '',
    wareStatus: wareOnSale,
    outerId: '',
    itemNum: '',
    stockNum: ware.skus.reduce((all, { quantity }) => all + quantity, 0),
    jdPrice: yuanNumber(Math.min(...ware.skus.map(({ priceFen }) => priceFen))),
    created: ware.createdAt,
    modified: changedAt(ware),
  })
}

function pick(wanted: ReadonlySet<string>, all: Params & Branch): Branch {
  return Object.fromEntries(Object.entries(all).filter(([name]) => wanted.has(name))) as Record<string, Tree>
}
