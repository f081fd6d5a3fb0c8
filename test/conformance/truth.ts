import type { Truth, TruthLine } from '../../simulators/simulator.ts'
import type { ChannelLine, ChannelOrder } from '../../src/core/channel/shapes.ts'
import type { ChannelAid } from './channel-aid.ts'

/**
 * An order as far as both sides can tell it. A personal text counts as told when the plain one could stand behind its stars, so what
 * the order says is put beside what is true and both come out the same.
 */
export function asTrue(truth: Truth): Told {
  return {
    orderNo: truth.orderNo,
    status: truth.status,
    refundState: truth.refundState,
    createdAt: truth.createdAt,
    paidAt: truth.paidAt,
    modifiedAt: truth.modifiedAt,
    paidTotalFen: truth.paidTotalFen,
    freightFen: truth.freightFen,
    refundedFen: truth.refundedFen,
    note: truth.note,
    remark: truth.remark,
    receiver: truth.receiver,
    lines: truth.lines.map(lineAsTrue),
  }
}

/**
 * What a channel order says, with plain texts of `truth` in the place of masked ones that fit them, or of none at all where the channel
 * keeps the receiver back.
 */
export function asTold(order: ChannelOrder, truth: Truth, { keepsReceiverBack }: Keeping = {}): Told {
  const { name, phone, raw, standard } = order.receiver
  const { province, city, district } = standard
  const isKeptBack = keepsReceiverBack?.(truth) ?? false
  const hides = isKeptBack ? (told: string) => told === '' : couldHide
  const unmasked = (told: string, plain: string) => (hides(told, plain) ? plain : told)
  return {
    orderNo: order.channelOrderNo,
    status: order.status,
    refundState: order.orderRefundState,
    createdAt: Date.parse(order.createdAt),
    paidAt: order.paidAt === null ? null : Date.parse(order.paidAt),
    modifiedAt: Date.parse(order.modifiedAt),
    paidTotalFen: order.paidTotalFen,
    freightFen: order.freightFen,
    refundedFen: order.refundedFen,
    note: order.buyerNote ?? '',
    remark: order.sellerRemark ?? '',
    receiver: {
      name: unmasked(name, truth.receiver.name),
      phone: unmasked(phone, truth.receiver.phone),
      province,
      city,
      district,
      address: unmasked(raw.address, truth.receiver.address),
    },
    lines: order.lines.map(lineAsTold),
  }
}

type Keeping = Pick<ChannelAid, 'keepsReceiverBack'>
type Told = Omit<Truth, 'hidden' | 'lines'> & { readonly lines: readonly TruthLine[] }

function lineAsTrue(line: TruthLine): TruthLine {
  return { ...line }
}

function lineAsTold(line: ChannelLine): TruthLine {
  return {
    lineNo: line.channelLineNo,
    itemNo: line.channelItemNo,
    skuNo: line.channelSkuNo,
    merchantCode: line.merchantCode ?? '',
    title: line.title,
    quantity: line.quantity,
    isGift: line.isGift,
    paidFen: line.paidFen,
    refundedFen: line.refundedFen,
    refundState: line.refundState,
    shippedQuantity: line.shippedQuantity,
  }
}

/** Whether `plain` may stand behind `masked`: a run of stars hides any characters. Text without stars is no mask. */
function couldHide(masked: string, plain: string): boolean {
  if (!masked.includes('*')) return false
  const parts = masked.split(/\*+/).map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 'u').test(plain)
}
