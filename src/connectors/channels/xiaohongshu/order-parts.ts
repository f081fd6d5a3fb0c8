import { Failure } from '../../../core/failures.ts'
import { call, type Reply } from './call.ts'
import type { XiaohongshuAccount } from './manifest.ts'
import { readAs } from './nonsense.ts'
import { listIn } from './paging.ts'
import { AfterSale, Detail, ReceiverRow, textOf } from './payload.ts'
import { isExchangeOrder, isWaiting, statusOf } from './status.ts'

const pageSize = 50

/** An after-sale with the answer it came in. */
export interface ReadCase {
  readonly record: AfterSale
  readonly text: string
}

/**
 * The after-sales of an order, whole. One that was not closed after payment and says of itself and of every line that there is none costs
 * no call. Source: xiaohongshu.md 7 [doc]: the order's own word shows one state only, amounts stand in the after-sales.
 */
export async function casesOfOrder(
  account: XiaohongshuAccount,
  operation: string,
  detail: Detail,
): Promise<ReadCase[]> {
  const words = [detail.orderAfterSalesStatus, ...(detail.skuList ?? []).map((row) => row.skuAfterSaleStatus)]
  const saysNone = words.every((word) => ['', '1'].includes(textOf(word)))
  if (saysNone && statusOf(detail).status !== 'closed-refunded') return []

  const found: ReadCase[] = []
  for (let pageNo = 1; ; pageNo += 1) {
    const { data } = await call(account, {
      operation,
      method: 'afterSale.listAfterSaleInfos',
      params: { orderId: detail.orderId, pageNo, pageSize },
    })
    const rows = listIn(data, 'afterSaleBasicInfos').map(readCase)
    for (const { returnsId } of rows) found.push(await oneCase(account, operation, returnsId))
    if (rows.length < pageSize) return found
  }
}

/** One after-sale as it is now. Throws CHANNEL_NOT_FOUND. */
export async function oneCase(account: XiaohongshuAccount, operation: string, returnsId: string): Promise<ReadCase> {
  const { data, text } = await call(account, {
    operation,
    method: 'afterSale.getAfterSaleInfo',
    params: { returnsId, needNegotiateRecord: false },
  })
  return { record: readCase(data.afterSaleInfo), text }
}

/** Throws CHANNEL_NONSENSE. */
export function readCase(value: unknown): AfterSale {
  return readAs('after-sale', () => AfterSale.parse(value))
}

export interface ReadReceiver {
  readonly row: ReceiverRow
  readonly text: string
}

/** The order as it is now. Throws CHANNEL_NOT_FOUND. */
export async function oneDetail(
  account: XiaohongshuAccount,
  operation: string,
  orderId: string,
): Promise<{ readonly detail: Detail } & Pick<Reply, 'text'>> {
  const { data, text } = await call(account, { operation, method: 'order.getOrderDetail', params: { orderId } })
  return { detail: readDetail(data), text }
}

/** Throws CHANNEL_NONSENSE. */
export function readDetail(value: unknown): Detail {
  return readAs('order', () => Detail.parse(value))
}

/** The receiver behind an order's `openAddressId`, as ciphertext; null where the platform gives none now. Source: xiaohongshu.md 8 [doc]. */
export async function askReceiver(
  account: XiaohongshuAccount,
  operation: string,
  detail: Detail,
): Promise<ReadReceiver | null> {
  const { orderId, openAddressId } = detail
  const { data, text } = await call(account, {
    operation,
    method: 'order.getOrderReceiverInfo',
    params: { receiverQueries: [{ orderId, openAddressId }], isReturn: isExchangeOrder(detail) },
  })
  const rows = listIn(data, 'receiverInfos').map((row) => readAs('receiver', () => ReceiverRow.parse(row)))
  const row = rows.find((each) => textOf(each.orderId) === orderId)
  return row === undefined ? null : { row, text }
}

/** Refused so, the order itself is none the worse: it comes without its receiver and says so. */
const refusals = new Set(['CHANNEL_REFUSED', 'CHANNEL_NOT_FOUND', 'CHANNEL_PERMISSION'])

/** The same for an order that is read: only where it waits to be sent, and `refused` with the platform's words where it said no. */
export async function receiverOfOrder(
  account: XiaohongshuAccount,
  operation: string,
  detail: Detail,
): Promise<{ readonly read: ReadReceiver | null; readonly isRefused: boolean }> {
  if (!isWaiting(detail) || textOf(detail.openAddressId) === '') return { read: null, isRefused: false }
  try {
    return { read: await askReceiver(account, operation, detail), isRefused: false }
  } catch (error) {
    if (error instanceof Failure && refusals.has(error.code)) return { read: null, isRefused: true }
    throw error
  }
}
