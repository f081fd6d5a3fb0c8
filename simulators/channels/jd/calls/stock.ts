import { type BusinessError, badParameter, reject } from '../errors.ts'
import { setStock } from '../goods.ts'
import type { Branch } from '../text.ts'
import {
  type Call,
  flag,
  type Operations,
  objectArgument,
  type Params,
  required,
  rowsIn,
  textOf,
  wholeArgument,
  writes,
} from './call.ts'

/** Stock write-back: jd.md 8. The number set is what is for sale from then on: one of two readings, [assumed]. */
export const stockCalls: Operations = {
  'jingdong.ware.stock.sku.set': writes(setSkus, ({ chinese }, call) => ({
    returnType: { success: flag(call, false), message: chinese },
  })),
  'jingdong.stock.write.updateSkuStock': writes(updateSku, (error, call) => flatFailure(error, call)),
}

/** How this call refuses is [assumed] after the others. */
function flatFailure({ chinese, english, number }: BusinessError, call: Call): Branch {
  return {
    success: flag(call, false),
    chineseErrCode: chinese,
    englishErrCode: english,
    errorCode: String(number),
  }
}

/** [assumed]: jd.md 8. */
const mostSkus = 20
const mostPieces = 100_000_000

/** Each row stands for itself. */
function setSkus(call: Call): Branch {
  const req = objectArgument(call, 'req')
  if (textOf(req.updateModel) !== 'fullStockIn') throw reject(badParameter('updateModel不支持'))
  if (textOf(req.stockRfId) === '') throw reject(badParameter('stockRfId不能为空'))
  const rows = rowsIn(req, 'skuStocks', mostSkus).map((row) => setRow(call, row))
  return { returnType: { success: flag(call, true), obj: { updateStockResult: rows } } }
}

function setRow(call: Call, row: Params): Branch {
  const data = textOf(row.skuId)
  const storeId = Number(textOf(row.storeId) || 0)
  const sku = call.world.skusById.get(data)
  const pieces = Number(textOf(row.stockNum) || Number.NaN)
  const message = refusalOf({ isKnown: sku !== undefined, pieces, storeId })
  if (message !== null) return { data, success: flag(call, false), storeId, message }
  if (sku !== undefined && !call.pretend) setStock(call.world, sku, pieces)
  return { data, success: flag(call, true), storeId }
}

interface Setting {
  readonly isKnown: boolean
  readonly pieces: number
  readonly storeId: number
}

function refusalOf({ isKnown, pieces, storeId }: Setting): string | null {
  if (!isKnown) return 'sku不存在'
  if (storeId !== 0) return '仓库不存在'
  return Number.isInteger(pieces) && pieces >= 0 && pieces <= mostPieces ? null : '库存数量不正确'
}

function updateSku(call: Call): Branch {
  const sku = call.world.skusById.get(required(call, 'skuId'))
  const pieces = wholeArgument(call, 'stockNum', { least: 0, most: mostPieces })
  wholeArgument(call, 'storeId', { least: 0, most: 0, otherwise: 0 })
  if (sku === undefined) throw reject(badParameter('sku不存在'))
  if (!call.pretend) setStock(call.world, sku, pieces)
  return { success: flag(call, true) }
}
