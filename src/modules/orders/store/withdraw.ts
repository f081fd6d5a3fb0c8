import { z } from 'zod'
import { type OrderState, orderStates } from '../../../core/order/moves.ts'
import { isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { sql } from '../../../platform/db/sql.ts'

const Imported = z.object({
  id: z.int(),
  channelOrderNo: z.string(),
  state: z.enum(orderStates) as z.ZodType<OrderState>,
})
export type Imported = z.infer<typeof Imported>

/** These orders of a shop, locked in order of key; those we do not know, and those withdrawn already, are absent. */
export const lockImported = (db: Db, shopId: number, channelOrderNos: readonly string[]) =>
  db.all(
    Imported,
    sql`
    select id, channel_order_no, state
      from orders.sale
     where shop_id = ${shopId} and channel_order_no = any(${channelOrderNos}::text[]) and withdrawn_at is null
     order by id
       for update`,
  )

const Past = z.object({
  orderId: z.int(),
  at: z.int(),
  deed: z.string(),
  actor: z.string(),
  toldOfShipping: z.boolean(),
})
export type Past = z.infer<typeof Past>

/** What was done to these orders since they came, or came back; oldest first. */
export const listPast = (db: Db, orderIds: readonly number[]) =>
  db.all(
    Past,
    sql`
    select h.order_id, h.at, h.deed, h.actor,
           coalesce(jsonb_path_exists(h.changes, '$[*] ? (@.field like_regex "^line:.*:shipped$")'), false) as told_of_shipping
      from orders.history h
     where h.order_id = any(${orderIds}::bigint[])
       and h.id > coalesce((select max(w.id) from orders.history w where w.order_id = h.order_id and w.deed = 'withdraw'), 0)
     order by h.order_id, h.id`,
  )

/** Takes orders off the books. The tallies follow by themselves. */
export const saveWithdrawn = (db: Db, ids: readonly number[], at: number) =>
  db.run(sql`
    update orders.sale
       set state = 'closed', withdrawn_at = ${isoText(at)}::timestamptz, findings = '{}', hold_reason = null, hold_until = null,
           approved_at = null, version = version + 1
     where id = any(${ids}::bigint[])`)
