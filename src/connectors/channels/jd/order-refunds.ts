import { Failure } from '../../../core/failures.ts'
import { call, resultIn } from './call.ts'
import type { JdAccount } from './manifest.ts'
import { readAs } from './nonsense.ts'
import { listIn, type NumberedPage, totalIn } from './paging.ts'
import { hasLeft } from './parcels.ts'
import { ApplicationRow, type OrderInfo, type Records, ResultRow, ServiceRow, textOf } from './payload.ts'

/** Source: jd.md 14 for applications and results; that of service orders [assumed]. */
export const pageSizes = { applications: 50, services: 20, results: 50 } as const

/** The after-sales calls want the name of an operator, whichever. Source: jd.md 10.2 [sdk Q]. */
const operator = { operatePin: 'tongdan', operateNick: '统单' } as const

interface Asked {
  readonly operation: string
  readonly pageNo?: number
  readonly filter: Readonly<Record<string, string>>
}

/** Applications before shipping, by order or by time. Source: jd.md 10.1 [doc D2]. */
export async function applicationPage(account: JdAccount, asked: Asked): Promise<NumberedPage<ApplicationRow>> {
  const root = await call(account, {
    operation: asked.operation,
    method: 'jingdong.pop.afs.soa.refundapply.queryPageList',
    params: { ...asked.filter, pageIndex: asked.pageNo ?? 1, pageSize: pageSizes.applications },
  })
  const result = resultIn(root, 'queryResult')
  return { rows: listIn(result, 'result').map(parseApplication), total: totalIn(result, 'totalCount') }
}

/** Service orders after shipping, by order or by time. Source: jd.md 10.2 [sdk Q]. */
export async function servicePage(account: JdAccount, asked: Asked): Promise<NumberedPage<ServiceRow>> {
  const { venderId } = account.credentials
  if (!venderId) throw new Failure('CHANNEL_NOT_AUTHORISED', { channel: 'jd', reason: '缺少商家编号，请重新授权' })
  const root = await call(account, {
    operation: asked.operation,
    method: 'jingdong.asc.query.list',
    params: {
      buId: venderId,
      ...operator,
      ...asked.filter,
      pageNumber: asked.pageNo ?? 1,
      pageSize: pageSizes.services,
    },
  })
  const result = resultIn(root, 'pageResult')
  return { rows: listIn(result, 'data').map(parseService), total: totalIn(result, 'totalCount') }
}

export async function applicationsOf(
  account: JdAccount,
  operation: string,
  orderId: string,
): Promise<readonly ApplicationRow[]> {
  const { rows } = await applicationPage(account, { operation, filter: { orderId } })
  return rows.filter((row) => textOf(row.orderId) === orderId)
}

export async function servicesOf(account: JdAccount, operation: string, orderId: string): Promise<ServiceRow[]> {
  const { rows } = await servicePage(account, { operation, filter: { orderId } })
  return rows.filter((row) => textOf(row.orderId) === orderId)
}

/** In these states money may have gone back. */
const mayHavePaid: ReadonlySet<string> = new Set(['10010', '10041'])

/** What was paid out for some service orders: one call for each of their orders where money may have gone back. Source: jd.md 10.2 [doc G]. */
export async function resultsOf(
  account: JdAccount,
  operation: string,
  services: readonly ServiceRow[],
): Promise<ResultRow[]> {
  const paying = services.filter((row) => mayHavePaid.has(textOf(row.serviceStatus)))
  const results: ResultRow[] = []
  for (const orderNo of new Set(paying.map((row) => textOf(row.orderId)))) {
    const root = await call(account, {
      operation,
      method: 'jingdong.asc.serviceAndRefund.view',
      params: { order_id: orderNo, pageNumber: 1, pageSize: pageSizes.results },
    })
    results.push(...listIn(resultIn(root, 'pageResult'), 'data').map(parseResult))
  }
  return results
}

/**
 * Everything that tells what goes back to the buyer of an order. Service orders exist only once goods have left; an app that may not look at
 * them still reads its orders.
 */
export async function recordsOf(account: JdAccount, info: OrderInfo): Promise<Records> {
  const operation = 'orders.get'
  const orderNo = textOf(info.orderId)
  const applications = await applicationsOf(account, operation, orderNo)
  if (!hasLeft(info)) return { applications, services: [], results: [] }
  try {
    const services = await servicesOf(account, operation, orderNo)
    return { applications, services, results: await resultsOf(account, operation, services) }
  } catch (error) {
    if (error instanceof Failure && error.code === 'CHANNEL_PERMISSION') {
      return { applications, services: null, results: [] }
    }
    throw error
  }
}

/** Throws CHANNEL_NONSENSE, as do the two below. */
export function parseApplication(value: unknown): ApplicationRow {
  return readAs('refundapply', () => ApplicationRow.parse(value))
}

export function parseService(value: unknown): ServiceRow {
  return readAs('asc', () => ServiceRow.parse(value))
}

export function parseResult(value: unknown): ResultRow {
  return readAs('asc result', () => ResultRow.parse(value))
}
