import type { z } from 'zod'
import type { countOrders, listOrders, OrderFilter, OrderRow } from '../../contract/orders.ts'
import { maskName, maskPhone } from '../../core/address/mask.ts'
import { type OrderState, orderStates } from '../../core/order/moves.ts'
import { type FindingCode, worstFirst } from '../../core/review/findings.ts'
import { beijingDay } from '../../core/time/instant.ts'
import type { Sql } from '../../platform/db/sql.ts'
import type { Ctx } from '../../platform/module.ts'
import { grams, openPerson } from './person.ts'
import * as list from './store/list.ts'
import { findWords, type Way } from './store/search.ts'

type Asked = z.output<typeof listOrders.input>
type Page = z.input<typeof listOrders.output>

const countedUpTo = 1_000

/** One page of the order list (订单列表): filter, search, keyset paging, count and sum of all results. */
export async function findOrders(ctx: Ctx, asked: Asked): Promise<Page> {
  const now = ctx.now()
  const searched = await searchOrders(ctx, asked.search)
  const where = list.matching(asked, searched.ids, now)
  const sort = asked.sort === 'deadline' && !isOpenView(asked.view) ? 'newest' : asked.sort

  const keys = await list.listKeys(ctx.db, {
    where,
    sort,
    limit: asked.limit,
    after: readCursor(asked.after),
    before: readCursor(asked.before),
  })
  const isBack = asked.before !== undefined
  const hasMore = keys.length > asked.limit
  const page = isBack ? keys.slice(-asked.limit) : keys.slice(0, asked.limit)
  const rows = await loadRows(
    ctx,
    page.map((key) => key.id),
  )
  const sums = await sumsOf(ctx, asked, where)
  return {
    rows,
    next: isBack || hasMore ? writeCursor(page.at(-1)) : null,
    previous: (isBack ? hasMore : asked.after !== undefined) ? writeCursor(page[0]) : null,
    ...sums,
    notFound: [...searched.notFound],
    asOf: now,
  }
}

/** Count and sum of all results: counted one by one up to a bound; above it a plain view still has its exact count from the tally. */
async function sumsOf(ctx: Ctx, asked: Asked, where: Sql): Promise<Pick<Page, 'total' | 'paidFen'>> {
  const { total, paidFen } = await list.sumUpTo(ctx.db, where, countedUpTo)
  if (total <= countedUpTo) return { total, paidFen }
  const states = isPlain(asked) ? statesOf[asked.view] : undefined
  if (states === undefined) return { total: null, paidFen: null }
  const counts = await list.countByState(ctx.db, asked.shopIds)
  return { total: counts.reduce((sum, row) => (states.includes(row.state) ? sum + row.count : sum), 0), paidFen: null }
}

/** Views that are whole states, so that the tally knows them. */
const statesOf: Partial<Record<OrderFilter['view'], readonly OrderState[]>> = {
  'to-review': ['to-review'],
  approved: ['approved'],
  allocated: ['allocated'],
  unpaid: ['unpaid'],
  shipped: ['shipped', 'completed'],
  closed: ['closed'],
  all: orderStates,
}

/** True when nothing but the view and shops narrows the list. */
function isPlain({ findings, warehouseId, province, from, to, hasNote, search }: OrderFilter): boolean {
  return (
    findings.length === 0 &&
    search.trim() === '' &&
    [warehouseId, province, from, to, hasNote].every((value) => value === undefined)
  )
}

const isOpenView = (view: OrderFilter['view']) =>
  view !== 'all' && view !== 'shipped' && view !== 'closed' && view !== 'unpaid'

/** Rows for the list in the order of `ids`, receivers masked. */
export async function loadRows(ctx: Ctx, ids: readonly number[]): Promise<OrderRow[]> {
  if (ids.length === 0) return []
  const found = new Map((await list.listRows(ctx.db, ids)).map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = found.get(id)
    return row ? [orderRow(ctx, row)] : []
  })
}

function orderRow(ctx: Ctx, row: list.ListRow): OrderRow {
  const {
    sealed,
    lineCount,
    pieceCount,
    title,
    imageUrl,
    code,
    quantity,
    province,
    city,
    district,
    findings,
    ...rest
  } = row
  const { receiver } = openPerson(ctx.vault, sealed)
  return {
    ...rest,
    findings: worstFirst(findings as FindingCode[]),
    goods: { title: title ?? '', imageUrl, code, quantity: quantity ?? 0, kinds: lineCount, pieces: pieceCount },
    receiver: { name: maskName(receiver.name), phone: maskPhone(receiver.phone) },
    region: { province, city, district },
  }
}

/** Every order a filter means, newest first, for deeds on all results; at most `limit`. */
export async function listIds(ctx: Ctx, filter: OrderFilter, limit: number): Promise<number[]> {
  const searched = await searchOrders(ctx, filter.search)
  const where = list.matching(filter, searched.ids, ctx.now())
  return (await list.listKeys(ctx.db, { where, sort: 'newest', limit, after: null, before: null }))
    .slice(0, limit)
    .map((key) => key.id)
}

/** Counts of all views and reasons, exact (各视图单数). */
export async function countViews(ctx: Ctx, shopIds: readonly number[]): Promise<z.input<typeof countOrders.output>> {
  const given = { shopIds, now: ctx.now() }
  const states = new Map((await list.countByState(ctx.db, shopIds)).map((row) => [row.state, row.count]))
  const of = (...names: Parameters<typeof states.get>[0][]) =>
    names.reduce((sum, name) => sum + (states.get(name) ?? 0), 0)
  const exceptions = await list.countView(ctx.db, 'exceptions', given)
  const days = new Map(
    (await list.countDayKinds(ctx.db, beijingDay(given.now), shopIds)).map((row) => [row.kind, row.count]),
  )
  return {
    views: {
      'to-review': of('to-review'),
      exceptions,
      held: of('held') - exceptions,
      approved: of('approved'),
      allocated: of('allocated'),
      'late-today': await list.countView(ctx.db, 'late-today', given),
      unpaid: of('unpaid'),
      shipped: of('shipped', 'completed'),
      closed: of('closed'),
      all: [...states.values()].reduce((sum, count) => sum + count, 0),
    },
    findings: Object.fromEntries((await list.countFindings(ctx.db, shopIds)).map((row) => [row.finding, row.count])),
    approvedToday: (days.get('approved') ?? 0) + (days.get('auto-approved') ?? 0),
  }
}

const wordsAtMost = 200

/** The orders a search means; null ids without a search. Words without any order are named. */
export async function searchOrders(
  ctx: Ctx,
  search: string,
): Promise<{ readonly ids: number[] | null; readonly notFound: readonly string[] }> {
  const words = [...new Set(search.split(/[\s,，、;；]+/).filter(Boolean))].slice(0, wordsAtMost)
  if (words.length === 0) return { ids: null, notFound: [] }
  const found = await findWords(
    ctx.db,
    words.map((word) => waysOf(ctx, word)),
  )
  const hit = new Set(found.map((row) => row.word))
  return { ids: [...new Set(found.map((row) => row.id))], notFound: words.filter((_, i) => !hit.has(i)) }
}

function waysOf(ctx: Ctx, word: string): Way[] {
  const ways: Way[] = []
  const ours = /^[Tt](\d{8,15})$/.exec(word)
  if (ours) ways.push({ kind: 'order', id: Number(ours[1]) })
  if (/^[\w-]{5,}$/.test(word)) ways.push({ kind: 'number', text: word })
  if (/^\d{4}$/.test(word)) ways.push({ kind: 'tail', fingerprint: ctx.vault.fingerprint('tail', word) })
  if (/^1\d{10}$/.test(word)) ways.push({ kind: 'phone', fingerprint: ctx.vault.fingerprint('phone', word) })
  if (/^\p{L}[\p{L}·]{0,9}$/u.test(word))
    ways.push({ kind: 'name', grams: nameGrams(word).map((gram) => ctx.vault.fingerprint('name', gram)) })
  if (word.length >= 2) ways.push({ kind: 'goods', text: word })
  return ways.length > 0 ? ways : [{ kind: 'number', text: word }]
}

/** One character is looked for alone, more by their pairs. */
const nameGrams = (word: string) =>
  [...word].length === 1 ? [word] : grams(word).filter((gram) => [...gram].length === 2)

function writeCursor(key: list.Cursor | undefined): string | null {
  return key === undefined ? null : Buffer.from(JSON.stringify([key.at, key.id])).toString('base64url')
}

function readCursor(text: string | undefined): list.Cursor | null {
  if (text === undefined) return null
  try {
    const [at, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
    return typeof at === 'string' && typeof id === 'number' ? { at, id } : null
  } catch {
    return null
  }
}
