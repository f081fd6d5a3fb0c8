import { isChanged, type Reading, type Window } from '../../core/channel/span.ts'
import { parseIso } from '../../core/time/instant.ts'
import type { OrderHead, Page, PullInput } from '../../kit/channel.ts'
import type { Ctx } from '../../platform/module.ts'
import { ask } from './ask.ts'
import { digestOf } from './digest.ts'
import { fetchOrders } from './fetch-orders.ts'
import { type Link, offers, operationOf } from './link.ts'
import { listConfirmed } from './store/missed.ts'
import type { SeenSource } from './store/seen.ts'
import * as store from './store/seen.ts'
import { storeSeen } from './store-seen.ts'

export interface WindowToRead extends Window {
  readonly by: 'modified' | 'created'
  readonly source: SeenSource
}

export interface WindowRead extends Reading {
  readonly heads: ReadonlyMap<string, OrderHead>
  /** Of these, the ones whose content was new to us. */
  readonly fresh: readonly string[]
  /** Of the order numbers listed, sorted: equal digests, equal lists. */
  readonly digest: string
}

const pagesAtMost = 10_000

/** Reads all pages of a window and stores each as seen: what is new or changed is fetched where the list does not carry it. */
export async function readWindow(ctx: Ctx, link: Link, window: WindowToRead): Promise<WindowRead> {
  const pull = operationOf(link, 'orders.pull')
  const heads = new Map<string, OrderHead>()
  const unstored: string[] = []
  const fresh: string[] = []
  const totals: (number | null)[] = []
  let cursor: string | null = null
  for (let pages = 0; pages < pagesAtMost; pages += 1) {
    const at = ctx.now()
    const input: PullInput = { span: { from: window.from, to: window.to }, by: window.by, cursor }
    const { rows, total, next }: Page<OrderHead> = await ask(ctx, link, (account) => pull(account, input))
    for (const head of rows) heads.set(head.channelOrderNo, head)
    totals.push(total)
    const page = await storePage(ctx, link, { rows, window, at })
    unstored.push(...page.unstored)
    fresh.push(...page.fresh)
    cursor = next
    if (cursor === null) break
  }
  const total = totals.at(-1) ?? (await countOf(ctx, link, window))
  return {
    heads,
    fresh,
    digest: digestOf(heads.keys()),
    total,
    isSteady: new Set(totals).size === 1,
    listed: new Set(heads.keys()),
    unstored,
    confirmed: [],
  }
}

async function countOf(ctx: Ctx, link: Link, { from, to, by }: WindowToRead): Promise<number | null> {
  if (!offers(link, 'orders.count')) return null
  return ask(ctx, link, (account) => operationOf(link, 'orders.count')(account, { span: { from, to }, by }))
}

interface ListedPage {
  readonly rows: readonly OrderHead[]
  readonly window: WindowToRead
  readonly at: number
}

interface StoredPage {
  readonly unstored: readonly string[]
  readonly fresh: readonly string[]
}

async function storePage(ctx: Ctx, link: Link, { rows, window, at }: ListedPage): Promise<StoredPage> {
  const { source, to } = window
  if (rows.length === 0) return { unstored: [], fresh: [] }
  const known = await knownOf(ctx, link, rows)
  const changed = rows.filter((head) => isChanged(head, known.get(head.channelOrderNo), to))
  const inFull = changed.flatMap((head) => (head.full === null ? [] : [head.full]))
  const { isNew } = await storeSeen(ctx, inFull, { shopId: link.shopId, source, at })

  const orderNos = [...new Set(changed.filter((head) => head.full === null).map((head) => head.channelOrderNo))]
  if (orderNos.length === 0) return { unstored: [], fresh: isNew }
  const { gone, unreadable, fresh } = await fetchOrders(ctx, link, { orderNos, source })
  return { unstored: [...gone, ...unreadable], fresh: [...isNew, ...fresh] }
}

async function knownOf(ctx: Ctx, link: Link, rows: readonly OrderHead[]) {
  const known = await store.listKnown(
    ctx.db,
    link.shopId,
    rows.map((head) => head.channelOrderNo),
  )
  return new Map(known.map(({ source, ...row }) => [row.channelOrderNo, { ...row, isFromFile: source === 'import' }]))
}

const confirmedAtOnce = 20

export interface Unlisted {
  readonly channelOrderNo: string
  readonly modifiedAt: number
  readonly createdAt: number
  readonly source: SeenSource
}

/**
 * Orders we know to lie in the window though the list did not show them (列表隐藏的订单): each is asked for by its number, unless it was
 * confirmed before in this very state and `afresh` is not asked for. Gives those that are truly there.
 */
export async function confirmUnlisted(
  ctx: Ctx,
  link: Link,
  read: { readonly window: WindowToRead; readonly listed: ReadonlySet<string>; readonly afresh: boolean },
): Promise<Unlisted[]> {
  const { window, listed, afresh } = read
  const extras = await store.listUnlisted(ctx.db, link.shopId, { ...window, listed: [...listed] })
  if (extras.length === 0) return []

  const before = await listConfirmed(
    ctx.db,
    link.shopId,
    extras.map((extra) => extra.channelOrderNo),
  )
  const confirmedFor = new Map(before.map((row) => [row.channelOrderNo, row.orderModifiedAt]))
  const isKnown = (extra: Unlisted) => !afresh && confirmedFor.get(extra.channelOrderNo) === extra.modifiedAt
  const asked = extras.filter((extra) => !isKnown(extra)).slice(0, confirmedAtOnce)
  const { orders } = await fetchOrders(ctx, link, {
    orderNos: asked.map((extra) => extra.channelOrderNo),
    source: window.source,
  })
  const there = new Set(
    orders
      .filter(({ order }) => isWithin(window, parseIso(window.by === 'modified' ? order.modifiedAt : order.createdAt)))
      .map(({ order }) => order.channelOrderNo),
  )
  return extras.filter((extra) => isKnown(extra) || there.has(extra.channelOrderNo))
}

const isWithin = ({ from, to }: Window, at: number) => from <= at && at < to
