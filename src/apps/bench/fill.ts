import { findingCodes } from '../../core/review/findings.ts'
import { sealPerson } from '../../modules/orders/index.ts'
import { rowsAs, sql } from '../../platform/db/sql.ts'
import type { BenchHouse } from './house.ts'
import { ordersOf } from './shop.ts'

/** People whose sealed rows the stored orders carry; many orders share one, which makes searches harder, not easier. */
const people = 20_000
const lot = 50_000

/** Stores `count` orders of a year as they lie there afterwards: most are done, a few in a hundred open. Fills by SQL, in lots. */
export async function fill(
  house: BenchHouse,
  given: {
    readonly shopId: number
    readonly count: number
    readonly channel: string
    readonly say: (text: string) => void
  },
): Promise<void> {
  const { db, pool } = { db: house.ctx.db, pool: house.database.pool }
  await db.run(
    sql`create table public.bench_person (n int primary key, sealed bytea, privacy text, phone bigint, phone_tail bigint, address bigint, name_grams bigint[])`,
  )
  for (let at = 0; at < people; at += 2_000) {
    const rows = ordersOf(at, at + 2_000, given.channel).map(({ order }, i) => ({
      n: at + i,
      ...sealPerson(house.ctx.vault, {
        receiver: order.receiver,
        nick: order.buyer.nick,
        buyerNote: order.buyerNote,
        sellerRemark: null,
        invoice: null,
        told: null,
      }),
    }))
    await db.run(sql`
      insert into public.bench_person
      select n, sealed, privacy, phone, phone_tail, address, name_grams::bigint[]
        from ${rowsAs('p', rows, { n: 'int', sealed: 'bytea', privacy: 'text', phone: 'bigint', phoneTail: 'bigint', address: 'bigint', nameGrams: 'bigint[]' })}`)
  }
  await db.run(
    sql`insert into customers.buyer (channel, buyer_key, first_seen_at) select ${given.channel}, 'b' || n, now() from generate_series(1, ${Math.ceil(given.count / 4)}::int) n`,
  )
  for (let from = 1; from <= given.count; from += lot) {
    await fillLot(house, { ...given, from, to: Math.min(given.count, from + lot - 1) })
    given.say(`已存 ${Math.min(given.count, from + lot - 1).toLocaleString('en')} 单`)
  }
  await pool.query('drop table public.bench_person')
  await pool.query('vacuum analyze')
}

async function fillLot(
  house: BenchHouse,
  lotOf: {
    readonly shopId: number
    readonly channel: string
    readonly count: number
    readonly from: number
    readonly to: number
  },
): Promise<void> {
  const { from, to, count, shopId, channel } = lotOf
  const codes = findingCodes.filter((code) => code !== 'changed-after-approval')
  await house.ctx.tx(async ({ db }) => {
    await db.run(sql`
      insert into orders.sale (shop_id, channel, channel_order_no, channel_status, status, state, refund_state, findings, hold_reason, created_at, paid_at, modified_at, ship_by,
             currency, paid_fen, freight_fen, extra_fen, discount_fen, refunded_fen, is_cod, may_ship_now, cancel_requested, has_note, has_remark, buyer_id,
             province, city, district, town, warehouse_id, line_count, piece_count, goods, extra)
      select ${shopId}, ${channel}, '41' || lpad(n::text, 17, '0'), 'X', k.status, k.state, 'none',
             case when k.state = 'held' and n % 3 > 0 then array[(${codes}::text[])[1 + n % ${codes.length}]] else '{}' end,
             case when k.state = 'held' and n % 3 = 0 then '等买家回复' end,
             t.at, t.at, t.at, case when k.state in ('approved', 'allocated', 'held', 'to-review') then now() + (n % 90 - 6) * interval '1 hour' end,
             'CNY', 1000 + n % 90000, 0, 0, 0, 0, false, true, false, n % 9 = 0, n % 17 = 0, 1 + n % ${Math.ceil(count / 4)},
             (array['浙江省','广东省','四川省','北京市','福建省'])[1 + n % 5], (array['杭州市','深圳市','成都市','北京市','漳州市'])[1 + n % 5], '余杭区', '', 1 + n % 2, 3, 4, '1×1', '{}'
        from generate_series(${from}::int, ${to}::int) n
        cross join lateral (select now() - (${count} - n) * (interval '365 days' / ${count}) as at) t
        cross join lateral (select case when n <= ${count} * 0.96 then case when n % 25 = 0 then 'closed' when n % 7 = 0 then 'shipped' else 'completed' end
                                        when n % 10 < 4 then 'allocated' when n % 10 < 7 then 'approved' when n % 10 < 8 then 'held' when n % 100 = 88 then 'to-review' else 'shipped' end as state) s
        cross join lateral (select s.state, case s.state when 'closed' then 'closed-refunded' when 'completed' then 'completed' when 'shipped' then 'shipped' else 'paid-wait-ship' end as status) k`)
    await db.run(sql`
      insert into orders.receiver (order_id, sealed, privacy, phone, phone_tail, address, name_grams)
      select o.id, p.sealed, p.privacy, p.phone, p.phone_tail, p.address, p.name_grams
        from orders.sale o join public.bench_person p on p.n = (o.id * 7919) % ${people} where o.id between ${from} and ${to}`)
    await db.run(sql`
      insert into orders.line (order_id, channel_line_no, channel_item_no, channel_sku_no, title, specification, quantity, is_gift, list_fen, paid_fen, line_status, refund_state, may_ship_now, sku_id, listing_id)
      select o.id, o.id || '-' || i, '70', '51', '木白家居 手工陶瓷马克杯', '颜色:青灰', 1 + i % 2, false, 5900, 5900, 'X', 'none', true, k.id, k.id
        from orders.sale o cross join generate_series(1, 3) i cross join lateral (select 1 + (o.id * 31 + i * i * 977) % 5000 as id) k where o.id between ${from} and ${to}`)
    await db.run(sql`
      insert into orders.shipment (order_id, parcel_id, parcel_no, state, carrier, waybill_no, report)
      select o.id, o.id, 'P' || o.id, 'shipped', 'zto', '735' || lpad(o.id::text, 11, '0'), 'reported' from orders.sale o where o.id between ${from} and ${to} and o.state in ('shipped', 'completed', 'allocated')`)
  })
}
