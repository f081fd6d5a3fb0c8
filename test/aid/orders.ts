import type { ChannelLine, ChannelOrder } from '../../src/core/channel/shapes.ts'
import { type Instant, isoText } from '../../src/core/time/instant.ts'
import type { SeenOrder } from '../../src/kit/channel.ts'

const region = { province: '浙江省', city: '杭州市', district: '余杭区', town: '' }

/** An order of one mug for an invented buyer; give what matters to the test. */
export function anOrder(
  given: Partial<Omit<ChannelOrder, 'createdAt' | 'modifiedAt'>> & {
    readonly channelOrderNo: string
    readonly createdAt: Instant
    readonly modifiedAt?: Instant
  },
): ChannelOrder {
  const { createdAt, modifiedAt = createdAt, ...rest } = given
  return {
    channel: 'fake',
    channelStatus: 'WAIT_SELLER_SEND_GOODS',
    status: 'paid-wait-ship',
    createdAt: isoText(createdAt),
    paidAt: isoText(createdAt),
    modifiedAt: isoText(modifiedAt),
    shipBy: null,
    currency: 'CNY',
    paidTotalFen: 5900,
    payableTotalFen: 5900,
    freightFen: 0,
    extraFen: 0,
    discountFen: 0,
    refundedFen: 0,
    merchantReceivableFen: null,
    orderRefundState: 'none',
    isCod: false,
    cancelRequested: false,
    mayShipNow: true,
    buyer: { channelBuyerNo: 'b-1', nick: '林**' },
    buyerNote: null,
    sellerRemark: null,
    flag: null,
    receiver: {
      name: '林晓禾',
      phone: '13800004471',
      raw: { ...region, address: '溪边路 8 号' },
      standard: region,
      privacy: 'plain',
      addressKey: null,
    },
    lines: [aMug(given.channelOrderNo)],
    shipments: [],
    remainingToShip: [{ channelSkuNo: '70011', quantity: 1 }],
    promotions: [],
    invoice: null,
    warnings: [],
    ...rest,
  }
}

function aMug(channelOrderNo: string): ChannelLine {
  return {
    channelLineNo: `${channelOrderNo}-1`,
    channelItemNo: '7001',
    channelSkuNo: '70011',
    merchantCode: 'MUG',
    title: '粗陶马克杯',
    specification: '颜色:苔绿',
    imageUrl: null,
    quantity: 1,
    isGift: false,
    listFen: 5900,
    paidFen: 5900,
    unitPaidFen: [5900],
    lineStatus: 'WAIT_SELLER_SEND_GOODS',
    refundState: 'none',
    refundingQuantity: 0,
    refundedQuantity: 0,
    refundedFen: 0,
    shippedQuantity: 0,
    shipments: [],
    mayShipNow: true,
    components: [],
  }
}

export function seenOrder(order: ChannelOrder): SeenOrder {
  return { order, raw: JSON.stringify({ from: 'the channel', order }) }
}
