import { type FailureCode, failures, failureWords } from '../../core/failures.ts'
import { isoText } from '../../core/time/instant.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from '../security/index.ts'
import { enqueueStock } from './push-stock.ts'
import { enqueueRemarks } from './remark-orders.ts'
import { enqueueReports } from './report-shipments.ts'
import * as store from './store/unsent.ts'

/** A stored failure in words; a code this program does not know is shown as it is. */
export function troubleOf(
  code: string | null,
  details: Readonly<Record<string, string | number>> | null,
): { code: string; zh: string } | null {
  if (code === null) return null
  return { code, zh: code in failures ? failureWords(code as FailureCode, details ?? {}) : code }
}

/** What channels have not taken yet (未送达清单): what, since when, why, and when it is tried next. */
export async function listUnsent(
  ctx: Ctx,
  filter: { readonly shopId?: number | undefined; readonly kind?: store.UnsentKind | undefined },
) {
  const rows = await store.listUnsent(ctx.db, { shopId: filter.shopId ?? null, kind: filter.kind ?? null })
  const counts = await store.countUnsent(ctx.db)
  const counted = counts.filter(
    (row) => (filter.shopId ?? row.shopId) === row.shopId && (filter.kind ?? row.kind) === row.kind,
  )
  return {
    rows: rows.map((row) => ({
      kind: row.kind,
      id: row.id,
      shopId: row.shopId,
      state: row.state,
      orderId: row.orderId,
      channelOrderNo: row.channelOrderNo,
      zh: wordsOf(row),
      since: isoText(row.since),
      tried: row.tried,
      cause: troubleOf(row.code, row.details),
      nextTryAt: row.state === 'waiting' ? isoText(row.nextTryAt) : null,
    })),
    total: counted.reduce((sum, row) => sum + row.count, 0),
  }
}

function wordsOf(row: store.UnsentRow): string {
  if (row.kind === 'shipment') return `${row.carrierName ?? ''} ${row.waybillNo ?? ''}`.trim()
  return row.kind === 'stock' ? `${row.merchantCode ?? ''} 库存 ${row.quantity ?? 0}`.trim() : '卖家备注'
}

export interface UnsentRef {
  readonly kind: store.UnsentKind
  readonly id: number
}

/** Tries them again at once. */
export async function retryUnsent(outer: Ctx, items: readonly UnsentRef[]): Promise<{ done: number }> {
  return outer.tx(async (ctx) => {
    const done = await perKind(items, (kind, ids) => store.retryUnsent(ctx.db, kind, { ids, now: ctx.now() }))
    await audit(ctx, { deed: 'channels.unsent-retried', object: 'unsent', objectId: null, details: { items } })
    await enqueueOutbox(ctx)
    return { done }
  })
}

/** They are told no more; who said so and why is in the audit trail. */
export async function dismissUnsent(
  outer: Ctx,
  items: readonly UnsentRef[],
  reason: string,
): Promise<{ done: number }> {
  return outer.tx(async (ctx) => {
    const done = await perKind(items, (kind, ids) => store.dismissUnsent(ctx.db, kind, { ids, reason }))
    await audit(ctx, {
      deed: 'channels.unsent-dismissed',
      object: 'unsent',
      objectId: null,
      details: { items, reason },
    })
    return { done }
  })
}

async function perKind(
  items: readonly UnsentRef[],
  work: (kind: store.UnsentKind, ids: readonly number[]) => Promise<number>,
): Promise<number> {
  let done = 0
  for (const [kind, refs] of Map.groupBy(items, (item) => item.kind))
    done += await work(
      kind,
      refs.map((ref) => ref.id),
    )
  return done
}

/** A job for each shop and kind for which something is due. */
export async function enqueueOutbox(ctx: Ctx): Promise<void> {
  const enqueueKind = { shipment: enqueueReports, remark: enqueueRemarks, stock: enqueueStock } as const
  for (const { kind, shopId } of await store.listDueKinds(ctx.db, ctx.now())) await enqueueKind[kind](ctx, shopId)
}
