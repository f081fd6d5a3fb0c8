import type { ChannelOperations, Span } from '../../../kit/channel.ts'
import { applicationCase, isServiceNo, serviceCase, serviceCaseNo } from './cases.ts'
import type { JdAccount, JdCredentials } from './manifest.ts'
import { notFound, readAs } from './nonsense.ts'
import { applicationPage, applicationsOf, pageSizes, resultsOf, servicePage, servicesOf } from './order-refunds.ts'
import { numbersAsText } from './orders.ts'
import { type NumberedPage, secondsOf, walkBack } from './paging.ts'
import { type ApplicationRow, momentOrNull, type ServiceRow, textOf } from './payload.ts'

type Operations = ChannelOperations<JdCredentials>
type SeenCase = Awaited<ReturnType<Operations['aftersales.get']>>

const operation = 'aftersales.pull'

/**
 * The lists that together hold the cases of a span, read one after the other: applications by the time they were made, then those decided in
 * the span and made before it, then service orders by their change. Source: jd.md 10.1 [rule], 10.2.
 */
const lists = ['applied', 'checked', 'services'] as const
type List = (typeof lists)[number]

/**
 * Applications before shipping and service orders after it. The cursor names the list and the page, which is left out before the list's first
 * one. There is no common count, so `total` is null.
 */
export const pullCases: Operations['aftersales.pull'] = async (account, { span, cursor }) => {
  const seconds = secondsOf(span)
  if (seconds === null) return { rows: [], total: null, next: null }
  const [list, page] = readCursor(cursor)
  const asked = { account, span, ...seconds }
  const size = list === 'services' ? pageSizes.services : pageSizes.applications
  const { rows, next } = await walkBack(page, size, (pageNo) => readers[list](asked, pageNo))
  return { rows, total: null, next: next === null ? listAfter(list) : `${list}:${next}` }
}

function readCursor(cursor: string | null): readonly [List, number | null] {
  const [name, page] = (cursor ?? '').split(':')
  return [lists.find((list) => list === name) ?? 'applied', page ? Number(page) : null]
}

function listAfter(list: List): string | null {
  return lists[lists.indexOf(list) + 1] ?? null
}

interface Asked {
  readonly account: JdAccount
  readonly span: Span
  readonly start: string
  readonly end: string
}

const readers: Readonly<Record<List, (asked: Asked, pageNo: number) => Promise<NumberedPage<SeenCase>>>> = {
  applied: async ({ account, start, end }, pageNo) => {
    const filter = { applyTimeStart: start, applyTimeEnd: end }
    const { rows, total } = await applicationPage(account, { operation, pageNo, filter })
    return { rows: rows.map(seenApplication), total }
  },
  checked: async ({ account, span, start, end }, pageNo) => {
    const filter = { checkTimeStart: start, checkTimeEnd: end }
    const { rows, total } = await applicationPage(account, { operation, pageNo, filter })
    return { rows: rows.filter((row) => !wasMadeIn(row, span)).map(seenApplication), total }
  },
  services: async ({ account, start, end }, pageNo) => {
    const filter = { updateTimeBegin: start, updateTimeEnd: end }
    const { rows, total } = await servicePage(account, { operation, pageNo, filter })
    return { rows: await seenServices(account, operation, rows), total }
  },
}

/** Made in the span: the first list has it. */
function wasMadeIn(row: ApplicationRow, { from, to }: Span): boolean {
  const at = readAs('refundapply', () => momentOrNull(row.applyTime))
  return at !== null && from <= at && at < to
}

function seenApplication(row: ApplicationRow): SeenCase {
  return { case: applicationCase(row), raw: JSON.stringify(row, numbersAsText) }
}

/** Each with what was paid out for it. */
async function seenServices(account: JdAccount, asking: string, rows: readonly ServiceRow[]): Promise<SeenCase[]> {
  const results = await resultsOf(account, asking, rows)
  return rows.map((row) => {
    const own = results.filter((result) => textOf(result.sameOrderServiceBill?.serviceId) === textOf(row.serviceId))
    return {
      case: serviceCase(row, own),
      raw: JSON.stringify({ services: [row], results: own }, numbersAsText),
    }
  })
}

/** By the cases of its order, since those calls are known in full. Throws CHANNEL_NOT_FOUND. */
export const getCase: Operations['aftersales.get'] = async (account, { channelCaseNo, channelOrderNo }) => {
  if (!isServiceNo(channelCaseNo)) {
    return seenApplication(await readApplication(account, 'aftersales.get', { channelCaseNo, channelOrderNo }))
  }
  const services = await servicesOf(account, 'aftersales.get', channelOrderNo)
  const own = services.filter((row) => serviceCaseNo(row) === channelCaseNo)
  const [seen] = await seenServices(account, 'aftersales.get', own)
  if (seen === undefined) throw notFound(`没有售后服务单 ${channelCaseNo}`)
  return seen
}

/** One application as it is now. Throws CHANNEL_NOT_FOUND. */
export async function readApplication(
  account: JdAccount,
  asking: string,
  { channelCaseNo, channelOrderNo }: { readonly channelCaseNo: string; readonly channelOrderNo: string },
): Promise<ApplicationRow> {
  const rows = await applicationsOf(account, asking, channelOrderNo)
  const own = rows.find((row) => textOf(row.id) === channelCaseNo)
  if (own === undefined) throw notFound(`没有退款申请 ${channelCaseNo}`)
  return own
}
