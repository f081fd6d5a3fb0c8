import { z } from 'zod'
import type { Proposal } from '../../../core/catalogue/propose.ts'
import { isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

const ListingFacts = z.strictObject({
  id: z.int(),
  channelItemNo: z.string(),
  channelSkuNo: z.string(),
  merchantCode: z.string().nullable(),
  barcode: z.string().nullable(),
  title: z.string(),
  specification: z.string(),
  imageUrl: z.string().nullable(),
  isIgnored: z.boolean(),
  skuId: z.int().nullable(),
  proposedSkuId: z.int().nullable(),
  proposedConfidence: z.int().nullable(),
  proposedWhy: z.string().nullable(),
})
export type ListingFacts = z.infer<typeof ListingFacts>

const columns = sql`l.id, l.channel_item_no, l.channel_sku_no, l.merchant_code, l.barcode, l.title, l.specification, l.image_url, l.is_ignored,
           l.sku_id, l.proposed_sku_id, l.proposed_confidence, l.proposed_why`

/** In order of key, so that two batches never wait in a circle. */
export const lockListings = (db: Db, ids: readonly number[]) =>
  db.all(
    ListingFacts,
    sql`select ${columns} from catalogue.listing l where l.id = any(${ids}::bigint[]) order by l.id for update`,
  )

/** Those that still want a SKU, in lots: after a key, at most `limit`. */
export const listUnmatched = (db: Db, after: number, limit: number) =>
  db.all(
    ListingFacts,
    sql`
    select ${columns} from catalogue.listing l
     where l.sku_id is null and not l.is_ignored and l.id > ${after}
     order by l.id limit ${limit}`,
  )

/** What a listing is from now on, and how that came: null is nothing we sell. */
export interface MatchRow {
  readonly id: number
  readonly skuId: number | null
  readonly how: 'hand' | 'proposal' | 'created' | 'unmatched' | 'ignored' | 'heeded'
  readonly isIgnored: boolean
}
interface By {
  readonly actor: string
  readonly at: number
}

/** Writes matches and their history. Whatever a person decided about a listing, it does not match itself behind their back. */
export const saveMatches = async (db: Db, rows: readonly MatchRow[], { actor, at }: By): Promise<void> => {
  const given = rowsAs('m', rows, { id: 'bigint', skuId: 'bigint', how: 'text', isIgnored: 'boolean' })
  await db.run(sql`
    update catalogue.listing l
       set sku_id = m.sku_id, is_ignored = m.is_ignored, may_match_itself = m.sku_id is not null or m.how = 'heeded',
           matched_how = case when m.sku_id is not null then m.how end, matched_by = case when m.sku_id is not null then ${actor} end,
           matched_at = case when m.sku_id is not null then ${isoText(at)}::timestamptz end,
           proposed_sku_id = null, proposed_confidence = null, proposed_why = null
      from ${given}
     where l.id = m.id`)
  await db.run(sql`
    insert into catalogue.match_history (listing_id, sku_id, how, actor, at)
    select id, sku_id, how, ${actor}::text, ${isoText(at)}::timestamptz from ${given} order by id`)
}

/** Keeps proposals of listings that nobody matched meanwhile; null takes one back. */
export const saveProposals = (db: Db, rows: readonly { readonly id: number; readonly proposal: Proposal | null }[]) =>
  db.run(sql`
    update catalogue.listing l set proposed_sku_id = p.sku_id, proposed_confidence = p.confidence, proposed_why = p.why
      from ${rowsAs(
        'p',
        rows.map(({ id, proposal }) => ({ id, skuId: null, confidence: null, why: null, ...proposal })),
        { id: 'bigint', skuId: 'bigint', confidence: 'int', why: 'text' },
      )}
     where l.id = p.id and l.sku_id is null and not l.is_ignored`)

const HistoryRow = z.strictObject({ at: z.int(), actor: z.string(), how: z.string(), skuCode: z.string().nullable() })

/** Newest first. */
export const listHistory = (db: Db, listingId: number) =>
  db.all(
    HistoryRow,
    sql`
    select h.at, h.actor, h.how, s.code as sku_code
      from catalogue.match_history h left join catalogue.sku s on s.id = h.sku_id
     where h.listing_id = ${listingId}
     order by h.id desc limit 200`,
  )

const Count = z.strictObject({ count: z.int() })
export const isListing = async (db: Db, id: number): Promise<boolean> =>
  (await db.one(Count, sql`select count(*) as count from catalogue.listing where id = ${id}`)).count > 0
