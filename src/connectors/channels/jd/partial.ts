import type { ShipmentReport } from '../../../kit/channel.ts'
import type { MethodCall } from './call.ts'
import { platformCarrier } from './carriers.ts'

/** Own goods, sent by an ordinary carrier. [assumed] */
const kinds = { belongType: '1', deliveryType: '1' } as const

/**
 * A parcel that holds a part of an order. The names down to the list of goods are the platform's; the shape of the goods, that numbers are
 * text, the two kinds, and that the result needs no word of success are [assumed], here and nowhere else. Pure. Source: jd.md 9.2 [doc D2].
 */
export function partialCall(report: ShipmentReport): MethodCall {
  const carrier = platformCarrier(report.carrier, report.carrierName)
  return {
    operation: 'shipments.report',
    method: 'jingdong.pop.order.partial.outship',
    isWrite: true,
    params: {
      request: {
        belongType: kinds.belongType,
        data: [
          {
            orderIds: report.channelOrderNo,
            deliveryType: kinds.deliveryType,
            deliveryNumberDtoList: [
              {
                deliveryId: carrier.id,
                deliveryName: carrier.zh,
                deliveryNums: report.waybillNo,
                partialShipmentGoodsList: report.lines.map((line) => ({
                  skuId: line.channelSkuNo,
                  num: line.quantity,
                })),
              },
            ],
          },
        ],
      },
    },
  }
}
