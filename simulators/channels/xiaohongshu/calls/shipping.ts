import { type Carrier, carrierByCode, carriers } from '../carriers.ts'
import {
  alreadyShipped,
  carrierUnknown,
  codesMissing,
  notFound,
  refuse,
  stateForbidsChange,
  stateForbidsShipping,
} from '../errors.ts'
import { correct, ship } from '../shipping.ts'
import { type Line, type Order, type Parcel, unshippedLines } from '../state.ts'
import {
  type Call,
  flagArgument,
  type Operations,
  objectArgument,
  optionalText,
  optionalWhole,
  orderOf,
  reads,
  textArgument,
  textsArgument,
  writes,
  wrong,
} from './call.ts'

/** Shipping: xiaohongshu.md 9 [doc]. */
export const shippingCalls: Operations = {
  'order.orderDeliver': writes(deliver),
  'order.modifyOrderExpressInfo': writes(changeExpress),
  'order.getOrderTracking': reads((call) => ({ orderTrackInfos: trackInfos(orderOf(call)) })),
  'common.getExpressCompanyList': reads(() => ({
    expressCompanyInfos: carriers.map(({ id, code, name }) => ({
      expressCompanyId: id,
      expressCompanyCode: code,
      expressCompanyName: name,
      comment: '',
    })),
  })),
}

function deliver(call: Call): undefined {
  const { world, pretend } = call
  const waybillNo = textArgument(call, 'expressNo')
  const carrier = carrierOf(call)
  const at = optionalWhole(call, 'deliveringTime') ?? world.clock.now()
  const isUnpacked = flagArgument(call, 'unpack')
  const skuIds = textsArgument(call, 'skuIdList')
  const order = orderOf(call)
  if (order.status !== 4 && order.status !== 5) throw refuse(stateForbidsShipping)
  const lines = isUnpacked ? linesOf(order, skuIds) : unshippedLines(order)
  if (order.needsCodes && optionalCode(call) === undefined) throw refuse(codesMissing)
  if (pretend) return
  if (isUnpacked && lines.length < order.lines.length) order.isUnpacked = true
  ship(world, order, { carrier, waybillNo, lines, at, isReported: true })
}

/** The named lines; each SKU leaves once and whole. */
function linesOf(order: Order, skuIds: readonly string[]): readonly Line[] {
  if (skuIds.length === 0) return wrong('skuIdList')
  const lines = [...new Set(skuIds)].map(
    (skuId) => order.lines.find(({ sku }) => sku.skuId === skuId) ?? wrong('skuIdList'),
  )
  const waiting = unshippedLines(order)
  if (!lines.every((line) => waiting.includes(line))) throw refuse(alreadyShipped)
  return lines
}

function carrierOf(call: Call): Carrier {
  const carrier = carrierByCode(textArgument(call, 'expressCompanyCode'))
  if (carrier === undefined) throw refuse(carrierUnknown)
  return { ...carrier, name: optionalText(call, 'expressCompanyName') ?? carrier.name }
}

function optionalCode(call: Call): unknown {
  return objectArgument(call, 'skuIdentifyCodeInfo')?.sNCode
}

/** While the goods are on their way [assumed]. */
function changeExpress(call: Call): undefined {
  const waybillNo = textArgument(call, 'expressNo')
  const carrier = carrierOf(call)
  const order = orderOf(call)
  if (order.status !== 5 && order.status !== 6) throw refuse(stateForbidsChange)
  const parcels = parcelsOf(call, order)
  if (call.pretend) return
  correct(call.world, order, { parcels, carrier, waybillNo })
}

/** By number all parcels with it, by number and index or by index one; without either the order must have a single parcel. */
function parcelsOf(call: Call, { parcels }: Order): readonly Parcel[] {
  const index = optionalWhole(call, 'deliveryOrderIndex')
  const former = optionalText(call, 'oldExpressNo')
  if (index === undefined && former === undefined && parcels.length > 1) return wrong('deliveryOrderIndex')
  const meant = parcels.filter(
    (parcel, place) =>
      (index === undefined || index === place + 1) && (former === undefined || former === parcel.waybillNo),
  )
  if (meant.length === 0) throw refuse(notFound)
  return meant
}

function trackInfos({ orderId, parcels }: Order) {
  return parcels.map(({ carrierCode, carrierName, waybillNo, at }, place) => ({
    orderId,
    deliveryOrderId: `${orderId}-${place + 1}`,
    currentStatusDesc: '已揽收',
    expressCompanyCode: carrierCode,
    expressCompanyName: carrierName,
    expressNo: waybillNo,
    records: [
      {
        eventAt: wallTime(at),
        eventDesc: `${carrierName}已揽收`,
        trackingPartnerSyncAt: wallTime(at),
        nodeId: 1,
        subNodeId: 1,
        trackingStatus: 1,
        trackingStatusDesc: '已揽收',
        location: { provinceName: '浙江省', cityName: '嘉兴市' },
      },
    ],
  }))
}

/** `yyyy-MM-dd HH:mm:ss` in Beijing. */
function wallTime(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}
