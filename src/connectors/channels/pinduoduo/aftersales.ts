import type { ChannelCase } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import type { PinduoduoCredentials } from './manifest.ts'
import { readAs } from './nonsense.ts'
import { casePage, casesOf, oneOrder } from './order-parts.ts'
import { walkBack } from './paging.ts'
import { type AfterSale, isoOrNull, piecesOf, textOf, textOrNull, yuanOf } from './payload.ts'
import { caseStateOf } from './status.ts'

type Operations = ChannelOperations<PinduoduoCredentials>

/** After-sales changed in a span, whole, read from the last page to the first as orders are. Source: pinduoduo.md 5 [doc]. */
export const pullCases: Operations['aftersales.pull'] = (account, { span, cursor }) =>
  walkBack(cursor, async (page) => {
    const { rows, total } = await casePage(account, { operation: 'aftersales.pull', span, page })
    return { rows: rows.map(seenCase), total }
  })

/**
 * Found among those of its order, in the shape of the list: the sheet does not tell the answer of the call for one, and
 * public clients give it other units and kinds. Throws CHANNEL_NOT_FOUND, also of one that ended long before its order changed again.
 */
export const getCase: Operations['aftersales.get'] = async (account, { channelCaseNo, channelOrderNo }) => {
  const { order } = await oneOrder(account, 'aftersales.get', channelOrderNo)
  for await (const record of casesOf(account, 'aftersales.get', order)) {
    if (record.id === channelCaseNo) return seenCase(record)
  }
  const reason = '售后单不存在，或订单后来又有变动'
  throw new Failure('CHANNEL_NOT_FOUND', { channel: 'pinduoduo', reason })
}

function seenCase(record: AfterSale) {
  return { case: toCase(record), raw: JSON.stringify(record) }
}

/** What each kind is in our words. Source: pinduoduo.md 5 [doc]. */
const caseKinds: Readonly<Record<string, ChannelCase['kind']>> = {
  2: 'refund-only',
  3: 'return-and-refund',
  4: 'exchange',
  5: 'reship',
  6: 'repair',
}

/** An after-sale in our words. Pure. Throws CHANNEL_NONSENSE where an amount or a time is none. Source: pinduoduo.md 5 [doc]. */
function toCase(record: AfterSale): ChannelCase {
  return readAs(`after-sale ${record.id}`, () => {
    const createdAt = isoOrNull(record.created_time)
    if (createdAt === null) throw new RangeError('created_time is absent')
    const pieces = textOf(record.goods_number)
    return {
      channelCaseNo: record.id,
      channelOrderNo: record.order_sn,
      channelLineNo: textOrNull(record.sku_id),
      channelStatus: textOf(record.after_sales_status),
      state: caseStateOf(record),
      kind: caseKinds[textOf(record.after_sales_type)] ?? 'other',
      refundFen: yuanOf(record.refund_amount),
      quantity: ['', '0'].includes(pieces) ? null : piecesOf(pieces),
      reason: textOf(record.after_sale_reason),
      beforeShipping: null,
      returnWaybillNo: textOrNull(record.tracking_number),
      createdAt,
      modifiedAt: isoOrNull(record.updated_time) ?? createdAt,
    }
  })
}
