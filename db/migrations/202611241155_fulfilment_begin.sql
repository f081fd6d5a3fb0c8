-- why: parcels from packing to hand-over, which pieces of which order are in them, what was scanned, and exact counts by state
-- online: yes

create schema fulfilment;

-- 包裹. The number people see is made of the key. `province` to `district` are for lists and never personal.
create table fulfilment.parcel (
  id bigint generated always as identity primary key,
  parcel_no text not null generated always as ('P' || case when id < 100000000 then lpad(id::text, 8, '0') else id::text end) stored,
  state text not null check (state in ('to-print', 'printed', 'checked', 'shipped', 'stopped', 'cancelled')),
  warehouse_id bigint not null references inventory.warehouse (id),
  carrier text,
  carrier_why text not null,
  waybill_no text,
  province text not null,
  city text not null,
  district text not null,
  piece_count int not null check (piece_count > 0),
  ship_by timestamptz,
  prints int not null default 0 check (prints >= 0),
  printed_at timestamptz,
  printed_by text,
  checked_at timestamptz,
  checked_by text,
  shipped_at timestamptz,
  shipped_by text,
  stopped_because text,
  cancelled_because text,
  created_at timestamptz not null,
  created_by text not null,
  constraint parcel_waybill_is_one unique (carrier, waybill_no),
  constraint parcel_number_has_carrier check (waybill_no is null or carrier is not null),
  constraint parcel_left_with_number check (state <> 'shipped' or (waybill_no is not null and shipped_at is not null)),
  constraint parcel_stopped_says_why check (state <> 'stopped' or stopped_because is not null),
  constraint parcel_cancelled_says_why check ((state = 'cancelled') = (cancelled_because is not null)),
  constraint parcel_checked_has_time check (state <> 'checked' or checked_at is not null)
) with (fillfactor = 85);
create index parcel_open on fulfilment.parcel (coalesce(ship_by, 'infinity'::timestamptz), id) where state in ('to-print', 'printed', 'checked', 'stopped');
create index parcel_shipped on fulfilment.parcel (shipped_at desc, id desc) where state = 'shipped';
create index parcel_state on fulfilment.parcel (state, id desc);
create index parcel_waybill on fulfilment.parcel (waybill_no) where waybill_no is not null;

-- Which orders are in a parcel. `is_open` until it left or was taken apart: an order is in one open parcel at most.
create table fulfilment.parcel_order (
  parcel_id bigint not null references fulfilment.parcel (id),
  order_id bigint not null references orders.sale (id),
  order_no text not null,
  shop_id bigint not null,
  channel_order_no text not null,
  is_open boolean not null default true,
  primary key (parcel_id, order_id)
);
create unique index parcel_order_packed_once on fulfilment.parcel_order (order_id) where is_open;
create index parcel_order_of_order on fulfilment.parcel_order (order_id, parcel_id);
create index parcel_order_channel on fulfilment.parcel_order (channel_order_no);
create index parcel_order_shop on fulfilment.parcel_order (shop_id, parcel_id);

create table fulfilment.parcel_line (
  id bigint generated always as identity primary key,
  parcel_id bigint not null,
  order_id bigint not null,
  line_id bigint not null references orders.line (id),
  sku_id bigint not null references catalogue.sku (id),
  quantity int not null check (quantity > 0),
  checked int not null default 0,
  unique (parcel_id, line_id, sku_id),
  foreign key (parcel_id, order_id) references fulfilment.parcel_order (parcel_id, order_id),
  constraint parcel_line_never_overchecked check (checked between 0 and quantity)
) with (fillfactor = 85);
create index parcel_line_sku on fulfilment.parcel_line (sku_id, parcel_id);

-- 验货扫描. `key` makes a repeat harmless, also one that comes hours later from a phone that was offline.
create table fulfilment.scan (
  key text primary key,
  parcel_id bigint not null references fulfilment.parcel (id),
  code text not null,
  quantity int not null check (quantity > 0),
  at timestamptz not null,
  actor text not null
);
create index scan_parcel on fulfilment.scan (parcel_id);

create table fulfilment.legal_move (from_state text not null, to_state text not null, primary key (from_state, to_state));
insert into fulfilment.legal_move values
  ('to-print', 'printed'), ('to-print', 'checked'), ('to-print', 'shipped'), ('to-print', 'stopped'), ('to-print', 'cancelled'),
  ('printed', 'to-print'), ('printed', 'checked'), ('printed', 'shipped'), ('printed', 'stopped'), ('printed', 'cancelled'),
  ('checked', 'to-print'), ('checked', 'printed'), ('checked', 'shipped'), ('checked', 'stopped'), ('checked', 'cancelled'),
  ('stopped', 'cancelled');

-- Exact counts by state: one row per change, folded together now and then. Reading sums a few hundred rows.
create table fulfilment.tally (state text not null, change bigint not null);

create function fulfilment.parcel_counts_in() returns trigger language plpgsql as $$
begin
  insert into fulfilment.tally select state, count(*) from is_now group by state;
  return null;
end $$;

create function fulfilment.parcel_moves() returns trigger language plpgsql as $$
begin
  if exists (select from was join is_now using (id)
              where was.state <> is_now.state
                and not exists (select from fulfilment.legal_move m where m.from_state = was.state and m.to_state = is_now.state)) then
    raise exception 'a parcel cannot make this move' using errcode = 'check_violation', constraint = 'parcel_moves', schema = 'fulfilment', table = 'parcel';
  end if;
  insert into fulfilment.tally
  select state, sum(n) from (
    select state, -1 as n from was union all select state, 1 from is_now) d
   group by state having sum(n) <> 0;
  return null;
end $$;

create trigger parcel_counted after insert on fulfilment.parcel
  referencing new table as is_now for each statement execute function fulfilment.parcel_counts_in();
create trigger parcel_moved after update on fulfilment.parcel
  referencing old table as was new table as is_now for each statement execute function fulfilment.parcel_moves();
