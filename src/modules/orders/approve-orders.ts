import type { BatchResult } from '../../contract/route.ts'
import { type FailureCode, failureWords } from '../../core/failures.ts'
import { deedWords, move, type OrderDeed, type OrderState, stateFacts } from '../../core/order/moves.ts'
import { findingWords } from '../../core/review/evaluate.ts'
import type { Finding } from '../../core/review/findings.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from '../security/index.ts'
import { loadByIds } from './load-orders.ts'
import { reviewOrders } from './review-orders.ts'
import * as store from './store/settle.ts'
import { insertHistory } from './store/write.ts'
import type { Loaded } from './work.ts'

type LeftOut = BatchResult['leftOut'][number]

/**
 * Approves orders (审核通过): pieces are held, rules are asked once more, and what speaks against an order leaves it out with the reason.
 * `overrule` lets pass what a person may judge; firm findings never. `partial` sends what there is (部分发货); the rest waits.
 */
export async function approveOrders(
  ctx: Ctx,
  ids: readonly number[],
  { overrule, partial }: { readonly overrule: boolean; readonly partial?: boolean },
): Promise<BatchResult> {
  return ctx.tx(async (inner) => {
    const loaded = await loadByIds(inner, ids)
    const may = loaded.filter((one) => one.stored.state === 'to-review' || one.stored.state === 'held')
    const reviewed = await reviewOrders(
      inner,
      may.map((one) => one.stored.id),
      { kind: 'approve', overrule, partial: partial ?? false },
    )
    const done = reviewed.filter(({ settled }) => settled.state === 'approved')
    const stopped = reviewed.filter(({ settled }) => settled.state !== 'approved')
    await audit(inner, {
      deed: 'orders.approved',
      object: 'orders',
      objectId: null,
      details: { orders: done.length, overrule },
    })
    return {
      ...outcome(
        done.map(({ loaded: one }) => one),
        [
          ...stopped.map(({ loaded: one, settled }) => leftOutByFinding(one, settled.findings[0])),
          ...refused(loaded, may, 'approve'),
        ],
      ),
    }
  })
}

/** Puts orders on hold with a reason (挂起), until an instant or until somebody releases them. Pieces stay held for them. */
export async function holdOrders(
  ctx: Ctx,
  ids: readonly number[],
  hold: { readonly reason: string; readonly until: number | null },
): Promise<BatchResult> {
  return moveOrders(ctx, { ids, deed: 'hold', reason: hold.reason }, (inner, some) =>
    store.saveHold(inner.db, some, hold),
  )
}

/** Takes approvals back (反审核). A parcel already made is stopped. */
export async function recallOrders(ctx: Ctx, ids: readonly number[], reason: string): Promise<BatchResult> {
  return moveOrders(ctx, { ids, deed: 'recall', reason }, async (inner, some) => {
    await store.clearPartial(inner.db, some)
    return store.saveState(inner.db, some, 'to-review')
  })
}

/** Lets held orders be reviewed again (放行): clean ones go on, the others say what still speaks against them. */
export async function releaseOrders(ctx: Ctx, ids: readonly number[]): Promise<BatchResult> {
  return ctx.tx(async (inner) => {
    const loaded = await loadByIds(inner, ids)
    const may = loaded.filter((one) => one.stored.state === 'held')
    await store.clearHold(
      inner.db,
      may.map((one) => one.stored.id),
    )
    const reviewed = await reviewOrders(
      inner,
      may.map((one) => one.stored.id),
    )
    const still = reviewed.filter(({ settled }) => settled.state === 'held')
    return outcome(
      reviewed.filter(({ settled }) => settled.state !== 'held').map(({ loaded: one }) => one),
      [
        ...still.map(({ loaded: one, settled }) => leftOutByFinding(one, settled.findings[0])),
        ...refused(loaded, may, 'release'),
      ],
    )
  })
}

interface MoveAsked {
  readonly ids: readonly number[]
  readonly deed: 'hold' | 'recall'
  readonly reason: string
}

async function moveOrders(
  ctx: Ctx,
  asked: MoveAsked,
  save: (inner: Ctx, ids: readonly number[]) => Promise<number>,
): Promise<BatchResult> {
  return ctx.tx(async (inner) => {
    const loaded = await loadByIds(inner, asked.ids)
    const may = loaded.filter((one) => move(one.stored.state, asked.deed) !== null)
    const ids = may.map((one) => one.stored.id)
    if (ids.length > 0) {
      await save(inner, ids)
      await insertHistory(
        inner.db,
        may.map((one) => historyOf(inner, one, asked)),
        inner.now(),
      )
      await tell(inner, 'orders.changed', { orderIds: ids })
      const onTheWay = may.filter((one) => one.stored.state === 'allocated').map((one) => one.stored.id)
      if (onTheWay.length > 0) await tell(inner, 'orders.stopped', { orderIds: onTheWay })
    }
    return outcome(may, refused(loaded, may, asked.deed))
  })
}

function historyOf(ctx: Ctx, { stored }: Loaded, { deed, reason }: MoveAsked) {
  return {
    orderId: stored.id,
    deed,
    fromState: stored.state,
    toState: move(stored.state, deed),
    actor: ctx.actor.name,
    reason: reason || null,
    changes: null,
  }
}

function outcome(done: readonly Loaded[], leftOut: readonly LeftOut[]): BatchResult {
  return { done: done.length, doneIds: done.map((one) => one.stored.id), leftOut: [...leftOut] }
}

function refused(all: readonly Loaded[], may: readonly Loaded[], deed: OrderDeed): LeftOut[] {
  const allowed = new Set(may.map((one) => one.stored.id))
  return all
    .filter((one) => !allowed.has(one.stored.id))
    .map(({ stored }) => ({
      id: stored.id,
      label: stored.orderNo,
      ...stateRefusal(stored.orderNo, stored.state, deed),
    }))
}

export function stateRefusal(orderNo: string, state: OrderState, deed: OrderDeed): { code: FailureCode; zh: string } {
  return {
    code: 'ORDER_STATE_REFUSED',
    zh: failureWords('ORDER_STATE_REFUSED', { orderNo, state: stateFacts[state].zh, deed: deedWords[deed] }),
  }
}

function leftOutByFinding({ stored }: Loaded, finding: Finding | undefined): LeftOut {
  return {
    id: stored.id,
    label: stored.orderNo,
    code: finding?.code ?? 'ORDER_STATE_REFUSED',
    zh: finding ? findingWords(finding) : stateRefusal(stored.orderNo, stored.state, 'approve').zh,
  }
}
