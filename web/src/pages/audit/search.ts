import type { Given } from '../../api.ts'
import { beijingClock } from '../../format.ts'
import { numberIn, oneIn, textIn } from '../../search.ts'

export const spans = ['today', '7d', '30d', 'days'] as const
export type Span = (typeof spans)[number]

/** All that the address says of 审计. `from` and `to` are Beijing days, both whole; they count with `span=days`. */
export interface AuditSearch {
  readonly view?: 'personal'
  readonly span?: Span
  readonly from?: string
  readonly to?: string
  readonly person?: number
  readonly token?: number
  readonly deed?: string
  readonly object?: string
  readonly id?: string
  readonly size?: number
  readonly after?: string
  readonly open?: number
}

export function readAuditSearch(raw: Readonly<Record<string, unknown>>): AuditSearch {
  return cleanAudit({
    view: oneIn(raw, 'view', ['personal']),
    span: oneIn(raw, 'span', spans),
    from: dayIn(raw, 'from'),
    to: dayIn(raw, 'to'),
    person: numberIn(raw, 'person'),
    token: numberIn(raw, 'token'),
    deed: textIn(raw, 'deed'),
    object: textIn(raw, 'object'),
    id: textIn(raw, 'id'),
    size: [20, 50, 100, 200].find((size) => size === numberIn(raw, 'size')),
    after: /^\d{1,15}$/.exec(textIn(raw, 'after') ?? '')?.[0],
    open: numberIn(raw, 'open'),
  })
}

type Unclean = { readonly [K in keyof AuditSearch]?: AuditSearch[K] | undefined }

/** Without the fields that say nothing. */
export function cleanAudit(search: Unclean): AuditSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as AuditSearch
}

export const usualSize = 50

/** What the trail is asked for, without its page; days are Beijing days. `now` is only looked at for spans that end today. */
export function auditFilter(search: AuditSearch, now: number): Given<'GET /audit/export'> {
  const { from, to } = boundsOf(search, now)
  return {
    ...(from !== undefined && { from: new Date(from).toISOString() }),
    ...(to !== undefined && { to: new Date(to).toISOString() }),
    ...(search.person !== undefined && { personId: search.person }),
    ...(search.token !== undefined && { tokenId: search.token }),
    ...(search.deed !== undefined && { deed: search.deed }),
    ...(search.object !== undefined && { object: search.object }),
    ...(search.id !== undefined && { objectId: search.id }),
    ...(search.view === 'personal' && { onlyPersonal: true }),
  }
}

function boundsOf({ span, from, to }: AuditSearch, now: number): { readonly from?: number; readonly to?: number } {
  if (span === 'today') return { from: beijingClock(now, 0, 0) }
  if (span === '7d') return { from: beijingClock(now, -6, 0) }
  if (span === '30d') return { from: beijingClock(now, -29, 0) }
  if (span !== 'days') return {}
  return {
    ...(from !== undefined && { from: Date.parse(`${from}T00:00:00+08:00`) }),
    ...(to !== undefined && { to: beijingClock(Date.parse(`${to}T00:00:00+08:00`), 1, 0) }),
  }
}

function dayIn(raw: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const text = textIn(raw, name)
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  return Number.isNaN(Date.parse(`${text}T00:00:00+08:00`)) ? undefined : text
}
