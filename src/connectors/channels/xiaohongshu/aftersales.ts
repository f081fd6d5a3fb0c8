import { z } from 'zod'
import type { ChannelCase } from '../../../core/channel/shapes.ts'
import type { ChannelOperations, Span } from '../../../kit/channel.ts'
import { asFields, parseFields } from '../../../kit/fields.ts'
import { call } from './call.ts'
import type { XiaohongshuAccount, XiaohongshuCredentials } from './manifest.ts'
import { readAs } from './nonsense.ts'
import { oneCase, type ReadCase, readCase } from './order-parts.ts'
import { listIn, type Pages, totalIn, walkBack } from './paging.ts'
import { type AfterSale, isoOrNull, textOf, textOrNull } from './payload.ts'
import { caseFenOf, casePiecesOf } from './refunds.ts'
import { caseStateOf } from './status.ts'

type Operations = ChannelOperations<XiaohongshuCredentials>

/** Page × size is at most 50000. Pages are small, since each row costs a call of its own. Source: xiaohongshu.md 10 [doc]. */
const pages: Pages = { size: 20, most: 2_500 }

/**
 * After-sales changed in a span, read from the last page to the first as orders are [assumed]. A list row has neither SKUs nor what went
 * back, so each is read whole. Source: xiaohongshu.md 10 [doc]; both ends inside [assumed].
 */
export const pullCases: Operations['aftersales.pull'] = (account, { span, cursor }) =>
  walkBack(cursor, pages, (pageNo) => casePage(account, span, pageNo))

async function casePage(account: XiaohongshuAccount, { from, to }: Span, pageNo: number) {
  const operation = 'aftersales.pull'
  const { data } = await call(account, {
    operation,
    method: 'afterSale.listAfterSaleInfos',
    params: { pageNo, pageSize: pages.size, startTime: from, endTime: Math.max(from, to - 1), timeType: 2 },
  })
  const listed = listIn(data, 'afterSaleBasicInfos').map(readCase)
  const rows = []
  for (const { returnsId } of listed) rows.push(seenCase(await oneCase(account, operation, returnsId)))
  return { rows, total: totalIn(data, 'totalCount') }
}

/** Throws CHANNEL_NOT_FOUND. */
export const getCase: Operations['aftersales.get'] = async (account, { channelCaseNo }) =>
  seenCase(await oneCase(account, 'aftersales.get', channelCaseNo))

function seenCase({ record, text }: ReadCase) {
  return { case: toCase(record, returnWaybillIn(text)), raw: text }
}

/** What each kind is in our words. Source: xiaohongshu.md 7 [doc]. */
const caseKinds: Readonly<Record<string, ChannelCase['kind']>> = {
  1: 'return-and-refund',
  2: 'exchange',
  4: 'refund-only',
  5: 'refund-only',
  6: 'refund-only',
}

/** 5 is for goods still here, 1, 2 and 4 for goods that left; 6 does not say. Source: xiaohongshu.md 7 [doc]. */
const beforeShipping: Readonly<Record<string, boolean>> = { 1: false, 2: false, 4: false, 5: true }

/** An after-sale in our words. Pure. Throws CHANNEL_NONSENSE where an amount or a time is none. Source: xiaohongshu.md 7, 10 [doc]. */
export function toCase(record: AfterSale, returnWaybillNo: string | null): ChannelCase {
  return readAs(`after-sale ${record.returnsId}`, () => {
    const createdAt = isoOrNull(record.applyTime)
    if (createdAt === null) throw new RangeError('applyTime is absent')
    const type = textOf(record.returnType)
    const [sku, ...others] = record.skus ?? []
    return {
      channelCaseNo: record.returnsId,
      channelOrderNo: record.orderId,
      channelLineNo: others.length > 0 ? null : textOrNull(sku?.skuId),
      channelStatus: textOf(record.status),
      state: caseStateOf(record),
      kind: caseKinds[type] ?? 'other',
      refundFen: caseFenOf(record),
      quantity: casePiecesOf(record),
      reason: textOf(record.reasonNameZh),
      beforeShipping: beforeShipping[type] ?? null,
      returnWaybillNo,
      createdAt,
      modifiedAt: isoOrNull(record.updatedAt) ?? createdAt,
    }
  })
}

const Leg = z.looseObject({ expressNo: z.union([z.string(), z.number()]).nullish() })

/** The number under which the buyer sends back; it stands beside the after-sale and not in it. Source: xiaohongshu.md 10 [doc]. */
function returnWaybillIn(text: string): string | null {
  const ways = asFields(asFields(parseFields(text)?.data)?.logisticsInfo)
  const leg = Leg.safeParse(ways?.afterSale)
  return leg.success ? textOrNull(leg.data.expressNo) : null
}
