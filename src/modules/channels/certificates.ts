import type { z } from 'zod'
import type { CertificateDay } from '../../contract/channels.ts'
import { type Comparison, certificateState, certificateWords } from '../../core/channel/certificate.ts'
import { type Instant, isoText, startOfBeijingDay } from '../../core/time/instant.ts'
import type { Ctx } from '../../platform/module.ts'
import * as store from './store/days.ts'
import { listMissed, type MissedRow } from './store/missed.ts'

const dayMs = 24 * 3_600_000

export type Certificate = z.input<typeof CertificateDay>

/**
 * The certificates of some shops for some Beijing days (完整性证明), with a handful of statements. A day is counted anew unless it was found
 * complete; what is missing by name or by count shows at once.
 */
export async function certificatesOf(
  ctx: Ctx,
  shopIds: readonly number[],
  days: readonly string[],
): Promise<ReadonlyMap<number, Certificate[]>> {
  const range = { from: days[0] ?? '', to: days.at(-1) ?? '' }
  const compared = byKey(await store.listDays(ctx.db, shopIds, range))
  const missed = byKey(await store.countMissed(ctx.db, shopIds, range))
  const stretches = shopIds.flatMap((shopId) =>
    days.flatMap((day) => {
      const known = compared.get(keyOf({ shopId, day }))
      if (known !== undefined && known.missing === 0) return []
      const fromAt = startOfBeijingDay(day)
      return [{ shopId, day, fromAt, toAt: known?.comparedTo ?? fromAt + dayMs }]
    }),
  )
  const counted = byKey(stretches.length === 0 ? [] : await store.countDays(ctx.db, stretches))
  return new Map(
    shopIds.map((shopId) => [
      shopId,
      days.map((day) => {
        const key = keyOf({ shopId, day })
        const { open, healed } = missed.get(key) ?? { open: 0, healed: 0 }
        return certificate({
          day,
          compared: compared.get(key) ?? null,
          counted: counted.get(key)?.count ?? null,
          open,
          healed,
        })
      }),
    ]),
  )
}

interface Facts {
  readonly day: string
  readonly compared: (Omit<Comparison, 'day'> & { readonly comparedAt: Instant }) | null
  /** What we hold now; null when the day was found complete. */
  readonly counted: number | null
  readonly open: number
  readonly healed: number
}

function certificate({ day, compared, counted, open, healed }: Facts): Certificate {
  const ourCount = counted ?? compared?.ourCount ?? 0
  const missing = Math.max(open, (compared?.channelCount ?? 0) - ourCount, 0)
  const comparison = compared === null ? null : { day, ...compared, ourCount, missing }
  const state = missing > 0 ? 'missing' : certificateState(comparison, day)
  return {
    day,
    state,
    channelCount: compared?.channelCount ?? null,
    ourCount,
    missing,
    healed,
    comparedAt: compared === null ? null : isoText(compared.comparedAt),
    zh: certificateWords(comparison, { day, ourCount, healed }),
  }
}

const keyOf = (row: { readonly shopId: number; readonly day: string }) => `${row.shopId} ${row.day}`

function byKey<Row extends { readonly shopId: number; readonly day: string }>(
  rows: readonly Row[],
): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [keyOf(row), row]))
}

/** Certificates of one shop with what was missed on each day. Days from `from` to `to`, at most a hundred. */
export async function readCertificates(
  ctx: Ctx,
  { shopId, from, to }: { readonly shopId: number; readonly from: string; readonly to: string },
) {
  const days = daysBetween(from, to)
  const certificates = (await certificatesOf(ctx, [shopId], days)).get(shopId) ?? []
  const missed = await listMissed(ctx.db, shopId, { from, to })
  return {
    days: certificates.map((one) => ({
      ...one,
      missedOrders: missed.filter((row) => row.day === one.day).map(missedOrder),
    })),
  }
}

const daysAtMost = 100

function daysBetween(from: string, to: string): string[] {
  const days: string[] = []
  for (
    let at = Date.parse(`${from}T00:00:00Z`);
    at <= Date.parse(`${to}T00:00:00Z`) && days.length < daysAtMost;
    at += dayMs
  ) {
    days.push(new Date(at).toISOString().slice(0, 10))
  }
  return days
}

function missedOrder({ channelOrderNo, count, noticedBy, noticedAt, healedAt, healedBy }: MissedRow) {
  return {
    channelOrderNo,
    count,
    noticedBy,
    noticedAt: isoText(noticedAt),
    healedAt: healedAt === null ? null : isoText(healedAt),
    healedBy,
  }
}
