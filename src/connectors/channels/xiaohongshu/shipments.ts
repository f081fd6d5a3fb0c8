import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations, ShipmentReport } from '../../../kit/channel.ts'
import { type ArkCall, call } from './call.ts'
import { platformCarrierCode } from './carriers.ts'
import type { XiaohongshuAccount, XiaohongshuCredentials } from './manifest.ts'
import { refused } from './nonsense.ts'
import { oneDetail } from './order-parts.ts'
import { type Parcel, parcelsOf } from './parcels.ts'

type Operations = ChannelOperations<XiaohongshuCredentials>

const skuNosOf = ({ lines }: Pick<ShipmentReport, 'lines'>) => [...new Set(lines.map((line) => line.channelSkuNo))]

/**
 * Tells the platform of one parcel (发货回传). It counts SKUs and not pieces, and each is sent once: the pieces of a SKU that leave in a
 * later parcel cannot be told, so a SKU goes with its first one. There is no idempotency key and no code for "sent before", so a refusal
 * is looked up in the order. Throws CHANNEL_ALREADY_DONE where everything in the parcel has left. Source: xiaohongshu.md 9 [doc].
 */
export const reportShipment: Operations['shipments.report'] = async (account, report) => {
  const hasParts = !report.isWholeOrder && report.lines.some((line) => !line.isWholeLine)
  const skuNos = hasParts ? await withoutLeft(account, report) : skuNosOf(report)
  const expressCompanyCode = await platformCarrierCode(account, 'shipments.report', report)
  try {
    await call(account, shipmentCall(report, { expressCompanyCode, skuNos, now: account.now() }))
  } catch (error) {
    if (isRefusal(error) && (await hasAllLeft(account, report))) throw alreadyDone(error)
    throw error
  }
}

interface ShipmentParts {
  readonly expressCompanyCode: string
  readonly skuNos: readonly string[]
  readonly now: number
}

/** Pure. A whole order is sent without split parameters. A moment ahead of now would be refused. */
function shipmentCall(report: ShipmentReport, { expressCompanyCode, skuNos, now }: ShipmentParts): ArkCall {
  return {
    operation: 'shipments.report',
    method: 'order.orderDeliver',
    isWrite: true,
    params: {
      orderId: report.channelOrderNo,
      expressNo: report.waybillNo,
      expressCompanyCode,
      deliveringTime: Math.min(report.shippedAt, now),
      ...(report.isWholeOrder ? {} : { unpack: true, skuIdList: skuNos }),
    },
  }
}

/** The SKUs of a parcel that the platform does not know to have left. */
async function withoutLeft(account: XiaohongshuAccount, report: ShipmentReport): Promise<string[]> {
  const left = await leftSkuNos(account, report.channelOrderNo)
  const skuNos = skuNosOf(report).filter((skuNo) => !left.has(skuNo))
  if (skuNos.length === 0) throw alreadyDone()
  return skuNos
}

async function leftSkuNos(account: XiaohongshuAccount, channelOrderNo: string): Promise<ReadonlySet<string>> {
  const { detail } = await oneDetail(account, 'shipments.report', channelOrderNo)
  return new Set(
    parcelsOf(detail)
      .filter(({ hasLeft }) => hasLeft)
      .flatMap(({ skuNos }) => [...skuNos]),
  )
}

function isRefusal(error: unknown): boolean {
  return error instanceof Failure && error.code === 'CHANNEL_REFUSED'
}

/** Whether the refused parcel has left already; where the order cannot be read the refusal stands. */
async function hasAllLeft(account: XiaohongshuAccount, report: ShipmentReport): Promise<boolean> {
  try {
    const left = await leftSkuNos(account, report.channelOrderNo)
    return skuNosOf(report).every((skuNo) => left.has(skuNo))
  } catch (error) {
    if (error instanceof Failure) return false
    throw error
  }
}

function alreadyDone(cause?: unknown): Failure {
  const reason = '这些规格在小红书上已经发货；同一规格只能填一个单号'
  return new Failure('CHANNEL_ALREADY_DONE', { channel: 'xiaohongshu', reason }, cause)
}

/**
 * Corrects carrier or number of a parcel already reported (改单号). A split order wants the parcel's place as well, which the order tells;
 * merged parcels that share the old number are corrected one by one. Source: xiaohongshu.md 9 [doc].
 */
export const changeShipment: Operations['shipments.change'] = async (account, change) => {
  const operation = 'shipments.change'
  const expressCompanyCode = await platformCarrierCode(account, operation, change)
  const indices = change.isWholeOrder ? [null] : await placesOf(account, change)
  for (const index of indices) {
    await call(account, {
      operation,
      method: 'order.modifyOrderExpressInfo',
      isWrite: true,
      params: {
        orderId: change.channelOrderNo,
        expressNo: change.waybillNo,
        expressCompanyCode,
        oldExpressNo: change.formerWaybillNo,
        ...(index === null ? {} : { deliveryOrderIndex: index }),
      },
    })
  }
}

/** The places of the parcels with the old number that hold anything of the changed one. Throws CHANNEL_REFUSED where there is none. */
async function placesOf(
  account: XiaohongshuAccount,
  change: ShipmentReport & { readonly formerWaybillNo: string },
): Promise<(number | null)[]> {
  const { detail } = await oneDetail(account, 'shipments.change', change.channelOrderNo)
  const skuNos = skuNosOf(change)
  const isMeant = (parcel: Parcel) =>
    parcel.waybillNo === change.formerWaybillNo && skuNos.some((skuNo) => parcel.skuNos.has(skuNo))
  const meant = parcelsOf(detail).filter(isMeant)
  if (meant.length === 0) throw refused(`小红书上没有单号 ${change.formerWaybillNo} 的包裹，请核对后再改`)
  return meant.map(({ index }) => (index === '' ? null : Number(index)))
}
