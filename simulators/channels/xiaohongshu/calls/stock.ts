import { elsewhere, setAvailable } from '../goods.ts'
import type { Sku } from '../state.ts'
import {
  type Call,
  type Operations,
  objectArgument,
  reads,
  textArgument,
  wholeArgument,
  writes,
  wrong,
} from './call.ts'

/** Stock: xiaohongshu.md 10 [doc]. */
export const stockCalls: Operations = {
  'inventory.getSkuStock': reads((call) => answerV1(textArgument(call, 'skuId'), { sku: skuOf(call), outcome: fine })),
  'inventory.syncSkuStock': writes((call) =>
    writeV1(call, (sku) => wholeArgument(call, 'qty', anyTotal) - elsewhere(sku)),
  ),
  'inventory.incSkuStock': writes((call) =>
    writeV1(call, (sku) => sku.available + wholeArgument(call, 'qty', anyChange)),
  ),
  'inventory.getSkuStockV2': reads((call) => {
    const sku = skuOf(call)
    const answer = answerV2(textArgument(call, 'skuId'), { sku, outcome: sku === undefined ? unknownSku : fine })
    return { ...answer, skuStockInfoWithWhcode: Object.values(answer.data) }
  }, 'new'),
  'inventory.syncSkuStockV2': writes(writeV2, 'new'),
}

const mostPieces = 10_000_000
const anyTotal = { least: 0, most: mostPieces }
const anyChange = { least: 0 - mostPieces, most: mostPieces }
/** The one warehouse there is. Source: xiaohongshu.md 10 [doc]. */
const warehouse = 'CPartner'

/** The second result inside `data`. The codes besides -9028 are [assumed]. */
interface Outcome {
  readonly success: boolean
  readonly message: string
  readonly code: number
}
const fine: Outcome = { success: true, message: '', code: 0 }
const unknownSku: Outcome = { success: false, message: '规格不存在', code: -9001 }
const manyWarehouses: Outcome = { success: false, message: '商品已开启多仓，请使用多仓库存接口', code: -9002 }
const unknownWarehouse: Outcome = { success: false, message: '仓库不存在', code: -9003 }
const stillOccupied: Outcome = {
  success: true,
  message: '同步成功，但有占用库存未扣减，请检查独立库存占用情况和用户待支付订单占用库存情况',
  code: -9028,
}

interface Shown {
  readonly sku: Sku | undefined
  readonly outcome: Outcome
  /** What a lying platform shows instead of what is for sale. */
  readonly available?: number
}

function skuOf(call: Call): Sku | undefined {
  return call.world.skusById.get(textArgument(call, 'skuId'))
}

/** `wish` gives what is to be for sale; below nothing it is nothing, with a warning. */
function writeV1(call: Call, wish: (sku: Sku) => number) {
  const sku = skuOf(call)
  const skuId = textArgument(call, 'skuId')
  wholeArgument(call, 'qty', anyChange)
  if (sku === undefined) return answerV1(skuId, { sku, outcome: unknownSku })
  if (sku.hasManyWarehouses) return answerV1(skuId, { sku, outcome: manyWarehouses })
  return answerV1(skuId, setTo(call, sku, wish(sku)))
}

function writeV2(call: Call) {
  const sku = skuOf(call)
  const skuId = textArgument(call, 'skuId')
  const wished = Object.entries(objectArgument(call, 'qtyWithWhcode') ?? wrong('qtyWithWhcode'))
  if (sku === undefined) return answerV2(skuId, { sku, outcome: unknownSku })
  const [[code, quantity] = ['', 0], ...others] = wished
  if (code !== warehouse || others.length > 0) return answerV2(skuId, { sku, outcome: unknownWarehouse })
  if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 0) return wrong('qtyWithWhcode')
  return answerV2(skuId, setTo(call, sku, quantity - elsewhere(sku)))
}

function setTo(call: Call, sku: Sku, wish: number): Shown {
  const available = Math.max(0, wish)
  const outcome = wish < 0 ? stillOccupied : fine
  if (!call.pretend) setAvailable(call.world, sku, available)
  return { sku, outcome, available }
}

function answerV1(skuId: string, shown: Shown) {
  const { sku, outcome } = shown
  const skuStock = numbersOf(shown)
  return {
    skuId,
    apiVersion: 'V1',
    skuStock,
    skuStockInfoWithWhcode: [{ skuId, whcode: warehouse, skuStock }],
    response: sku === undefined ? unknownSku : outcome,
  }
}

function answerV2(skuId: string, shown: Shown) {
  const { success, message, code } = shown.outcome
  const skuStockInfo = numbersOf(shown)
  return {
    response: { success, msg: message, code },
    apiVersion: 'V1',
    skuStockInfo: { skuId, skuStockInfo },
    data: { [warehouse]: { skuId, whcode: warehouse, skuStockInfo } },
  }
}

/** All zero for a SKU that nobody knows, as in the fixture. */
function numbersOf({ sku, available = sku?.available ?? 0 }: Shown) {
  return {
    available,
    standalone: 0,
    reserved: 0,
    total: sku === undefined ? 0 : available + elsewhere(sku),
    occupiedQuantity: sku?.occupied ?? 0,
    productChannelQuantity: sku?.productChannel ?? 0,
    productChannelOccupiedQuantity: sku?.productChannelOccupied ?? 0,
    activityChannelQuantity: sku?.activityChannel ?? 0,
    activityChannelOccupiedQuantity: sku?.activityChannelOccupied ?? 0,
  }
}
