import { Failure } from '../../../core/failures.ts'
import { asFields } from '../../../kit/fields.ts'
import { call, fieldsOf, type Reply } from './call.ts'
import type { DouyinAccount } from './manifest.ts'
import { readAs } from './nonsense.ts'
import { listIn, pageSize } from './paging.ts'
import { AfterSale, Detail } from './payload.ts'
import { hasNoCase, isGivenBack } from './status.ts'

/** The order as it is now. Throws CHANNEL_NOT_FOUND, also where the platform says success and tells none. Source: douyin.md 4 [doc]. */
export async function oneDetail(
  account: DouyinAccount,
  operation: string,
  orderNo: string,
): Promise<{ readonly detail: Detail } & Pick<Reply, 'text'>> {
  const reply = await call(account, { operation, method: 'order.orderDetail', params: { shop_order_id: orderNo } })
  const told = asFields(fieldsOf(reply).shop_order_detail)
  if (!told?.order_id) throw new Failure('CHANNEL_NOT_FOUND', { channel: 'douyin', reason: '订单不存在' })
  return { detail: readDetail(told), text: reply.text }
}

/** Throws CHANNEL_NONSENSE. */
export function readDetail(value: unknown): Detail {
  return readAs('order', () => Detail.parse(value))
}

/** Throws CHANNEL_NONSENSE. */
export function readCase(value: unknown): AfterSale {
  return readAs('after-sale', () => AfterSale.parse(value))
}

/** Whether an order hints at after-sales: it has no amounts of them, those stand in the list of after-sales. Source: douyin.md 4, 6 [doc]. */
export function hintsAtCases(detail: Detail): boolean {
  return isGivenBack(detail) || (detail.sku_order_list ?? []).some((row) => !hasNoCase(row.after_sale_info))
}

/** An order's after-sales with the answers they came in. */
export interface ReadCases {
  readonly records: readonly AfterSale[]
  readonly texts: readonly string[]
}

/** All after-sales of an order. Source: douyin.md 6 [doc]; that no times need be given beside the order [assumed]. */
export async function casesOfOrder(account: DouyinAccount, operation: string, orderNo: string): Promise<ReadCases> {
  const records: AfterSale[] = []
  const texts: string[] = []
  for (let page = 0; ; page += 1) {
    const reply = await call(account, {
      operation,
      method: 'afterSale.List',
      params: { order_id: orderNo, page, size: pageSize },
    })
    const rows = listIn(fieldsOf(reply), 'items').map(readCase)
    records.push(...rows)
    texts.push(reply.text)
    if (rows.length < pageSize) return { records, texts }
  }
}
