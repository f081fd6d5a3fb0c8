import type { ChannelCase } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call, fieldsOf } from './call.ts'
import type { DouyinCredentials } from './manifest.ts'
import { readAs } from './nonsense.ts'
import { casesOfOrder, readCase } from './order-parts.ts'
import { listIn, pageSize, secondsOf, totalIn, walkBack } from './paging.ts'
import { type AfterSale, fenOf, isoOrNull, textOf, textOrNull } from './payload.ts'
import { casePiecesOf, lineNosOf } from './refunds.ts'
import { caseStateOf } from './status.ts'

type Operations = ChannelOperations<DouyinCredentials>

/** After-sales changed in a span, whole, read from the last page to the first as orders are. Source: douyin.md 6 [doc]. */
export const pullCases: Operations['aftersales.pull'] = (account, { span, cursor }) =>
  walkBack(cursor, async (page) => {
    const { start, end } = secondsOf(span)
    const reply = await call(account, {
      operation: 'aftersales.pull',
      method: 'afterSale.List',
      params: {
        update_start_time: start,
        update_end_time: end,
        order_by: ['update_time asc'],
        page,
        size: pageSize,
      },
    })
    const fields = fieldsOf(reply)
    return { rows: listIn(fields, 'items').map((row) => seenCase(readCase(row))), total: totalIn(fields) }
  })

/** Found among those of its order, in the shape of the list, which the sheet tells in full. Throws CHANNEL_NOT_FOUND. */
export const getCase: Operations['aftersales.get'] = async (account, { channelCaseNo, channelOrderNo }) => {
  const { records } = await casesOfOrder(account, 'aftersales.get', channelOrderNo)
  const found = records.find(({ aftersale_info }) => aftersale_info.aftersale_id === channelCaseNo)
  if (found === undefined) throw new Failure('CHANNEL_NOT_FOUND', { channel: 'douyin', reason: '售后单不存在' })
  return seenCase(found)
}

function seenCase(record: AfterSale) {
  return { case: toCase(record), raw: JSON.stringify(record) }
}

/** What each kind is in our words. Source: douyin.md 6 [doc]. */
const caseKinds: Readonly<Record<string, ChannelCase['kind']>> = {
  0: 'return-and-refund',
  1: 'refund-only',
  2: 'refund-only',
  3: 'exchange',
  6: 'refund-only',
  7: 'reship',
  8: 'repair',
}

/** 2 is for goods still here, the others for goods that left; 6 does not say. Source: douyin.md 6 [doc]. */
const beforeShipping: Readonly<Record<string, boolean>> = { 0: false, 1: false, 2: true, 3: false, 7: false, 8: false }

/** An after-sale in our words. Pure. Throws CHANNEL_NONSENSE where an amount or a time is none. Source: douyin.md 6 [doc]. */
function toCase(record: AfterSale): ChannelCase {
  const { aftersale_info: info, order_info } = record
  return readAs(`after-sale ${info.aftersale_id}`, () => {
    const createdAt = isoOrNull(info.apply_time)
    if (createdAt === null) throw new RangeError('apply_time is absent')
    const type = textOf(info.aftersale_type)
    const [lineNo, ...others] = lineNosOf(record)
    return {
      channelCaseNo: info.aftersale_id,
      channelOrderNo: order_info.shop_order_id,
      channelLineNo: others.length > 0 ? null : textOrNull(lineNo),
      channelStatus: textOf(info.aftersale_status),
      state: caseStateOf(record),
      kind: caseKinds[type] ?? 'other',
      refundFen: fenOf(info.refund_amount),
      quantity: casePiecesOf(record),
      reason: '',
      beforeShipping: beforeShipping[type] ?? null,
      returnWaybillNo: null,
      createdAt,
      modifiedAt: isoOrNull(info.update_time) ?? createdAt,
    }
  })
}
