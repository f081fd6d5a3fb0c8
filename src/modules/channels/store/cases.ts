import { z } from 'zod'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

export interface NewCase {
  readonly channelCaseNo: string
  readonly channelOrderNo: string
  readonly channelStatus: string
  readonly state: string
  readonly kind: string
  readonly refundFen: number
  readonly modifiedAt: Instant
  readonly content: string
  readonly caseSealed: Uint8Array
  readonly rawSealed: Uint8Array
}

const Changed = z.strictObject({ channelOrderNo: z.string() })

/** Stores after-sales cases (售后单); gives the orders whose case is new or says something new. */
export const upsertCases = (
  db: Db,
  rows: readonly NewCase[],
  about: { readonly shopId: number; readonly now: Instant },
) =>
  db.all(
    Changed,
    sql`
  with stored as (
    insert into channels.case as c (shop_id, channel_case_no, channel_order_no, channel_status, state, kind, refund_fen, modified_at, content, case_sealed, raw_sealed, seen_at)
    select ${about.shopId}::bigint, channel_case_no, channel_order_no, channel_status, state, kind, refund_fen, modified_at, content, case_sealed, raw_sealed, ${isoText(about.now)}
      from ${rowsAs('t', rows, { channelCaseNo: 'text', channelOrderNo: 'text', channelStatus: 'text', state: 'text', kind: 'text', refundFen: 'bigint', modifiedAt: 'timestamptz', content: 'bigint', caseSealed: 'bytea', rawSealed: 'bytea' })}
     order by channel_case_no
        on conflict (shop_id, channel_case_no) do update
       set channel_status = excluded.channel_status, state = excluded.state, kind = excluded.kind, refund_fen = excluded.refund_fen,
           modified_at = excluded.modified_at, content = excluded.content, case_sealed = excluded.case_sealed, raw_sealed = excluded.raw_sealed, seen_at = excluded.seen_at
     where excluded.modified_at >= c.modified_at and excluded.content <> c.content
    returning channel_order_no
  )
  select distinct channel_order_no from stored order by channel_order_no`,
  )
