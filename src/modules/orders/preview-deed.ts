import type { z } from 'zod'
import type { OrderSelection, previewDeed } from '../../contract/orders.ts'
import type { BatchResult } from '../../contract/route.ts'
import { deedWords, move, stateFacts } from '../../core/order/moves.ts'
import { findings } from '../../core/review/findings.ts'
import type { Ctx } from '../../platform/module.ts'
import { listIds } from './find-orders.ts'
import { readByIds } from './load-orders.ts'
import { previewReviews } from './review-orders.ts'
import type { Loaded } from './work.ts'

const selectedAtMost = 20_000
const chunk = 500

/** The keys a selection means: those named, or all that its filter finds (选择全部). */
export async function selectedIds(ctx: Ctx, selection: OrderSelection): Promise<number[]> {
  return 'ids' in selection ? selection.ids : listIds(ctx, selection.filter, selectedAtMost)
}

/** Does a deed to a selection of any size, some hundreds at a time, each lot in a transaction of its own; results add up. */
export async function inLots(
  ctx: Ctx,
  selection: OrderSelection,
  deed: (ids: readonly number[]) => Promise<BatchResult>,
): Promise<BatchResult> {
  const ids = await selectedIds(ctx, selection)
  const total: BatchResult = { done: 0, doneIds: [], leftOut: [] }
  for (let at = 0; at < ids.length; at += chunk) {
    const part = await deed(ids.slice(at, at + chunk))
    total.done += part.done
    total.doneIds.push(...part.doneIds)
    total.leftOut.push(...part.leftOut)
  }
  return total
}

type Preview = z.input<typeof previewDeed.output>
type Group = Preview['groups'][number]

/** What a deed would do (预览): how many, for how much, and who is left out by which reason. The same decision as the deed itself. */
export async function preview(ctx: Ctx, asked: z.output<typeof previewDeed.input>): Promise<Preview> {
  const ids = await selectedIds(ctx, asked.selection)
  const groups = new Map<string, Group>()
  const sum = { done: 0, paidFen: 0 }
  const leave = (reason: Omit<Group, 'count' | 'orderNos'>, { stored }: Loaded) => {
    const group = groups.get(reason.code) ?? { ...reason, count: 0, orderNos: [] }
    group.count += 1
    if (group.orderNos.length < 50) group.orderNos.push(stored.orderNo)
    groups.set(reason.code, group)
  }

  for (let at = 0; at < ids.length; at += chunk) {
    const loaded = await readByIds(ctx, ids.slice(at, at + chunk))
    const may = loaded.filter((one) => mayMove(one, asked.deed))
    for (const one of loaded.filter((known) => !may.includes(known))) leave(stateReason(one, asked.deed), one)
    for (const one of await passing(ctx, may, { deed: asked.deed, leave })) {
      sum.done += 1
      sum.paidFen += one.stored.paidFen
    }
  }
  return { ...sum, groups: [...groups.values()].sort((a, b) => b.count - a.count) }
}

function mayMove({ stored }: Loaded, deed: z.output<typeof previewDeed.input>['deed']): boolean {
  return deed === 'approve'
    ? stored.state === 'to-review' || stored.state === 'held'
    : move(stored.state, deed) !== null
}

function stateReason(
  { stored }: Loaded,
  deed: z.output<typeof previewDeed.input>['deed'],
): Omit<Group, 'count' | 'orderNos'> {
  return {
    code: `state:${stored.state}`,
    zh: `现在是“${stateFacts[stored.state].zh}”，不能${deedWords[deed]}`,
    next: '不用处理',
  }
}

async function passing(
  ctx: Ctx,
  may: readonly Loaded[],
  given: { readonly deed: string; readonly leave: (reason: Omit<Group, 'count' | 'orderNos'>, one: Loaded) => void },
): Promise<Loaded[]> {
  if (given.deed !== 'approve' || may.length === 0) return [...may]
  const reviewed = await previewReviews(ctx, may, { kind: 'approve', overrule: false })
  return reviewed.flatMap(({ loaded, settled }) => {
    if (settled.state === 'approved') return [loaded]
    const worst = settled.findings[0]?.code
    given.leave(
      worst ? { code: worst, zh: findings[worst].zh, next: findings[worst].next } : stateReason(loaded, 'approve'),
      loaded,
    )
    return []
  })
}
