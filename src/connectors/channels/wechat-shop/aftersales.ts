import { z } from 'zod'
import type { ChannelCase } from '../../../core/channel/shapes.ts'
import { fen } from '../../../core/money/fen.ts'
import type { ChannelOperations, Span } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { WechatShopCredentials } from './manifest.ts'
import { readAs } from './nonsense.ts'
import { fetchAftersale } from './orders.ts'
import { idPage, secondsOf } from './paging.ts'
import { type AftersalePayload, isoOrNull, isTrue, textOf, textOrNull, wholeOf } from './payload.ts'
import { refundStateOf } from './status.ts'

type Operations = ChannelOperations<WechatShopCredentials>

/** The longest span of one list. Source: wechat-shop.md 10 [doc]. */
const longestSpanMs = 86_400_000

/** Where the reading of a span stands: the day that is read, and the key of its next page. */
const Cursor = z.strictObject({ from: z.int(), key: z.string().nullable() })
type Cursor = z.infer<typeof Cursor>

/**
 * After-sale orders changed in a span. The list gives numbers only, so each is asked for; a longer span is read a day
 * at a time. Source: wechat-shop.md 10 [doc].
 */
export const pullCases: Operations['aftersales.pull'] = async (account, { span, cursor }) => {
  const at = cursor === null ? { from: span.from, key: null } : Cursor.parse(JSON.parse(cursor))
  const day: Span = { from: at.from, to: Math.min(span.to, at.from + longestSpanMs) }
  const seconds = secondsOf(day)
  if (seconds === null) return { rows: [], total: null, next: null }

  const operation = 'aftersales.pull'
  const { root } = await call(account, {
    operation,
    path: '/channels/ec/aftersale/getaftersalelist',
    body: {
      begin_update_time: seconds.start,
      end_update_time: seconds.end,
      ...(at.key === null ? {} : { next_key: at.key }),
    },
  })
  const { ids, next } = idPage(root, 'after_sale_order_id_list')
  const rows = []
  for (const id of ids) {
    const { record, text } = await fetchAftersale(account, operation, id)
    rows.push({ case: toCase(record), raw: text })
  }
  return { rows, total: null, next: cursorAfter({ ...at, key: next }, day.to, span) }
}

/** The next page of the day, else the next day, else the end. Pure. */
function cursorAfter({ from, key }: Cursor, dayEnd: number, span: Span): string | null {
  if (key !== null) return JSON.stringify({ from, key } satisfies Cursor)
  return dayEnd < span.to ? JSON.stringify({ from: dayEnd, key: null } satisfies Cursor) : null
}

/** Throws CHANNEL_NOT_FOUND. */
export const getCase: Operations['aftersales.get'] = async (account, { channelCaseNo }) => {
  const { record, text } = await fetchAftersale(account, 'aftersales.get', channelCaseNo)
  return { case: toCase(record), raw: text }
}

/** Source: wechat-shop.md 5 [doc]. */
const kinds: Readonly<Record<string, ChannelCase['kind']>> = {
  REFUND: 'refund-only',
  RETURN: 'return-and-refund',
  EXCHANGE: 'exchange',
}

/**
 * An after-sale order in our words. It names a SKU and not the line, which the order alone tells. Pure. Throws
 * CHANNEL_NONSENSE where an amount or a time is none. Source: wechat-shop.md 10 [doc].
 */
export function toCase(record: AftersalePayload): ChannelCase {
  return readAs(`after_sale_order ${textOf(record.after_sale_order_id)}`, () => {
    const createdAt = isoOrNull(record.create_time)
    if (createdAt === null) throw new RangeError('create_time is absent')
    const count = wholeOf(record.product_info?.count)
    const kind = kinds[textOf(record.type)] ?? 'other'
    return {
      channelCaseNo: textOf(record.after_sale_order_id),
      channelOrderNo: textOf(record.order_id),
      channelLineNo: null,
      channelStatus: textOf(record.status),
      state: refundStateOf(textOf(record.status)),
      kind,
      refundFen: fen(wholeOf(record.refund_info?.amount)),
      quantity: count > 0 ? count : null,
      reason: textOf(record.reason_text) || textOf(record.reason),
      beforeShipping: isTrue(record.details?.receive_product) || kind !== 'refund-only' ? false : null,
      returnWaybillNo: textOrNull(record.return_info?.waybill_id),
      createdAt,
      modifiedAt: isoOrNull(record.update_time) ?? createdAt,
    }
  })
}
