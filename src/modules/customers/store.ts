import { z } from 'zod'
import type { Db } from '../../platform/db/open.ts'
import { rowsAs, sql } from '../../platform/db/sql.ts'

export interface BuyerKey {
  readonly channel: string
  /** The channel's buyer number, or a keyed fingerprint of the phone where the channel has none. */
  readonly buyerKey: string
}

const Buyer = z.object({ id: z.int(), channel: z.string(), buyerKey: z.string() })
const columns = { channel: 'text', buyerKey: 'text' } as const

export const findBuyers = (db: Db, keys: readonly BuyerKey[]) =>
  db.all(
    Buyer,
    sql`
    select b.id, b.channel, b.buyer_key
      from ${rowsAs('k', keys, columns)}
      join customers.buyer b using (channel, buyer_key)
     order by b.id`,
  )

/** Sorted by key, so that two intakes which add the same buyers do not wait for each other in a circle. */
export const insertBuyers = (db: Db, keys: readonly BuyerKey[], at: number) =>
  db.run(sql`
    insert into customers.buyer (channel, buyer_key, first_seen_at)
    select channel, buyer_key, ${new Date(at).toISOString()}::timestamptz
      from ${rowsAs('k', keys, columns)}
     order by channel, buyer_key
        on conflict (channel, buyer_key) do nothing`)
