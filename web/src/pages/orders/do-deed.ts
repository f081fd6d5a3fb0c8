import type { BatchResult } from '../../../../src/contract/route.ts'
import { call, type Given } from '../../api.ts'

/** What can be done to many orders at once. */
export type Deed = 'approve' | 'hold' | 'release' | 'recall' | 'allocate'

export type OrderSelection = Given<'POST /orders/preview'>['selection']

export interface HoldTerms {
  readonly reason: string
  /** Released by itself then; null: by a person only. */
  readonly until: number | null
}

export interface DeedRun {
  readonly deed: Deed
  readonly selection: OrderSelection
  readonly overrule?: boolean
  readonly hold?: HoldTerms
}

/** Does it. Throws CallFailed. */
export async function doDeed({ deed, selection, overrule, hold }: DeedRun): Promise<BatchResult> {
  switch (deed) {
    case 'approve':
      return call('POST /orders/approve', { selection, overrule: overrule ?? false })
    case 'hold':
      return call('POST /orders/hold', { selection, reason: hold?.reason ?? '', until: hold?.until ?? null })
    case 'release':
      return call('POST /orders/release', { selection })
    case 'recall':
      return call('POST /orders/recall', { selection, reason: '' })
    case 'allocate':
      return call('POST /parcels/allocate', { orderIds: await ordersMeant(selection) })
  }
}

const most = 2_000
const atOnce = 200

/** The orders meant, for parcels are made of named orders or of all that are approved: those that a filter finds are looked up. */
export async function ordersMeant(selection: OrderSelection): Promise<number[] | 'all-approved'> {
  if ('ids' in selection) return selection.ids.map(Number)
  const { filter } = selection
  if (isAllApproved(filter)) return 'all-approved'
  const ids: number[] = []
  let after: string | undefined
  do {
    const page = await call('GET /orders', { ...filter, limit: atOnce, after })
    ids.push(...page.rows.map(({ id }) => id))
    after = page.next ?? undefined
  } while (after !== undefined && ids.length < most)
  return ids.slice(0, most)
}

function isAllApproved({ view, ...narrower }: Extract<OrderSelection, { filter: unknown }>['filter']): boolean {
  const isSet = (value: unknown) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
  return view === 'approved' && !Object.values(narrower).some(isSet)
}

/** What takes a deed back, or null where nothing can. `before`: the hold that a release ended. */
export function undoOf(run: DeedRun, result: BatchResult, before: HoldTerms | null): DeedRun | null {
  const selection = { ids: result.doneIds }
  if (result.doneIds.length === 0) return null
  if (run.deed === 'approve') return { deed: 'recall', selection }
  if (run.deed === 'hold') return { deed: 'release', selection }
  if (run.deed === 'recall') return { deed: 'approve', selection, overrule: true }
  return run.deed === 'release' && before !== null ? { deed: 'hold', selection, hold: before } : null
}
