import { Failure } from '../../../core/failures.ts'
import { beijingText } from '../../../core/time/instant.ts'
import { call } from './call.ts'
import type { TaobaoAccount } from './manifest.ts'
import { readAs } from './nonsense.ts'
import { listIn } from './paging.ts'
import { RefundRow, type Trade, textOf } from './payload.ts'

const operation = 'orders.get'
const pageSize = 100

/** Source: taobao.md 15 [doc M]. */
export const refundFields = [
  'refund_id,tid,oid,status,order_status,good_status,has_good_return,refund_fee,payment,total_fee,reason,desc,created,modified',
  'company_name,sid,refund_phase,refund_version,dispute_type,cs_status,outer_id,sku,num,title,num_iid,buyer_open_uid',
].join(',')

export interface OrderRefunds {
  /** Records of this trade, and perhaps of others of the same buyer. */
  readonly records: readonly RefundRow[]
  /** The answers they came in. */
  readonly texts: readonly string[]
  /** Refunds a line names that the platform does not know any more. */
  readonly missing: readonly string[]
}

/**
 * The refund records of a trade. A line names its latest refund only, and earlier ones may have paid money back; so the buyer's refunds
 * since the trade was made are listed, and what a line names beside them is asked for alone. A trade whose lines name none costs no call.
 * Source: taobao.md 15 [doc M]: the last sentence, and the filter by buyer.
 */
export async function refundsOf(account: TaobaoAccount, trade: Trade): Promise<OrderRefunds> {
  const named = new Set(trade.orders.map((order) => textOf(order.refund_id)).filter((no) => no !== ''))
  if (named.size === 0) return { records: [], texts: [], missing: [] }

  const { records, texts } = await buyersRefunds(account, trade)
  const missing: string[] = []
  const listed = new Set(records.map((record) => textOf(record.refund_id)))
  for (const refundNo of named) {
    if (listed.has(refundNo)) continue
    const reply = await oneRefund(account, refundNo)
    if (reply === null) missing.push(refundNo)
    else {
      records.push(reply.record)
      texts.push(reply.text)
    }
  }
  return { records, texts, missing }
}

async function buyersRefunds(account: TaobaoAccount, trade: Trade) {
  const records: RefundRow[] = []
  const texts: string[] = []
  const buyer = textOf(trade.buyer_open_uid)
  for (let pageNo = 1; buyer !== ''; pageNo += 1) {
    const { root, text } = await call(account, {
      operation,
      method: 'taobao.refunds.receive.get',
      params: {
        fields: refundFields,
        buyer_open_uid: buyer,
        start_modified: textOf(trade.created),
        end_modified: beijingText(account.now() + clockLeewayMs),
        page_no: String(pageNo),
        page_size: String(pageSize),
      },
    })
    const rows = listIn(root, 'refunds', 'refund')
    records.push(...rows.map(readRefund))
    texts.push(text)
    if (rows.length < pageSize) break
  }
  return { records, texts }
}

/** The platform's clock may be ahead of ours by as much as signatures allow. Source: taobao.md 3.1 [doc]. */
const clockLeewayMs = 600_000

/** A refund record with the answer it came in; null when the platform does not know it any more. */
async function oneRefund(account: TaobaoAccount, refundNo: string) {
  try {
    const { root, text } = await call(account, {
      operation,
      method: 'taobao.refund.get',
      params: { fields: refundFields, refund_id: refundNo },
    })
    return { record: readRefund(root.refund), text }
  } catch (error) {
    if (error instanceof Failure && error.code === 'CHANNEL_NOT_FOUND') return null
    throw error
  }
}

/** Throws CHANNEL_NONSENSE. */
export function readRefund(value: unknown): RefundRow {
  return readAs('refund', () => RefundRow.parse(value))
}
