-- why: orders in one form, their lines, receivers (sealed), history, and exact counts by state without counting rows
-- online: yes

create schema orders;

-- 订单. The order number people see is made of the key.
create table orders.sale (
  id bigint generated always as identity primary key,
  order_no text not null generated always as ('T' || lpad(id::text, 8, '0')) stored,
  shop_id bigint not null,
  channel text not null,
  channel_order_no text not null,
  channel_status text not null,
  status text not null check (status in ('unpaid', 'deposit-paid', 'on-hold', 'paid-wait-ship', 'partially-shipped', 'shipped', 'completed', 'closed-unpaid', 'closed-refunded')),
  state text not null check (state in ('unpaid', 'to-review', 'held', 'approved', 'allocated', 'shipped', 'completed', 'closed')),
  refund_state text not null check (refund_state in ('none', 'in-progress', 'partial', 'full')),
  findings text[] not null default '{}',
  hold_reason text,
  hold_until timestamptz,
  created_at timestamptz not null,
  paid_at timestamptz,
  modified_at timestamptz not null,
  ship_by timestamptz,
  currency text not null,
  paid_fen bigint not null,
  payable_fen bigint,
  freight_fen bigint not null,
  extra_fen bigint not null,
  discount_fen bigint not null,
  refunded_fen bigint not null,
  is_cod boolean not null,
  may_ship_now boolean not null,
  cancel_requested boolean not null,
  has_note boolean not null,
  has_remark boolean not null,
  flag text,
  buyer_id bigint references customers.buyer (id),
  province text not null,
  city text not null,
  district text not null,
  town text not null,
  warehouse_id bigint references inventory.warehouse (id),
  line_count smallint not null,
  piece_count int not null,
  goods text not null,
  extra jsonb,
  version int not null default 1,
  approved_at timestamptz,
  shipped_at timestamptz,
  withdrawn_at timestamptz,
  seen_id bigint,
  unique (shop_id, channel_order_no),
  constraint sale_withdrawn_is_closed check (withdrawn_at is null or state = 'closed')
) with (fillfactor = 85);
create index sale_channel_order_no on orders.sale (channel_order_no);
create index sale_state on orders.sale (state, created_at desc, id desc);
create index sale_shop on orders.sale (shop_id, created_at desc, id desc);
create index sale_province on orders.sale (province, created_at desc, id desc);
-- Among the closed one province is rare, and either index alone reads thousands of rows to fill a page.
create index sale_closed_province on orders.sale (province, created_at desc, id desc) where state = 'closed';
create index sale_findings on orders.sale using gin (findings) where findings <> '{}';
create index sale_created on orders.sale (created_at desc, id desc);
create index sale_note on orders.sale (created_at desc, id desc) where has_note;
create index sale_buyer on orders.sale (buyer_id, id desc);
create index sale_deadline on orders.sale (coalesce(ship_by, 'infinity'::timestamptz), id) where state in ('to-review', 'held', 'approved', 'allocated');
create index sale_hold_until on orders.sale (hold_until) where state = 'held' and hold_until is not null;
-- 撤销导入. Few at any time; lists leave them out by this.
create index sale_withdrawn on orders.sale (id) where withdrawn_at is not null;

create table orders.legal_move (from_state text not null, to_state text not null, primary key (from_state, to_state));
insert into orders.legal_move values
  ('unpaid', 'to-review'), ('unpaid', 'held'), ('unpaid', 'approved'), ('unpaid', 'closed'), ('unpaid', 'shipped'), ('unpaid', 'completed'),
  ('to-review', 'approved'), ('to-review', 'held'), ('to-review', 'shipped'), ('to-review', 'completed'), ('to-review', 'closed'),
  ('held', 'to-review'), ('held', 'approved'), ('held', 'shipped'), ('held', 'completed'), ('held', 'closed'),
  ('approved', 'to-review'), ('approved', 'held'), ('approved', 'allocated'), ('approved', 'shipped'), ('approved', 'completed'), ('approved', 'closed'),
  ('allocated', 'approved'), ('allocated', 'to-review'), ('allocated', 'held'), ('allocated', 'shipped'), ('allocated', 'completed'), ('allocated', 'closed'),
  ('shipped', 'completed'), ('shipped', 'closed'), ('completed', 'closed');

-- Exact counts by shop and state: one row per change, folded together now and then. Reading sums a few hundred rows. An order that was
-- withdrawn with its import counts nowhere; told again it begins anew, in whatever state that is: no other closed order moves.
create table orders.tally (shop_id bigint not null, state text not null, change bigint not null);

create function orders.sale_counts_in() returns trigger language plpgsql as $$
begin
  insert into orders.tally select shop_id, state, count(*) from is_now where withdrawn_at is null group by shop_id, state;
  return null;
end $$;

create function orders.sale_moves() returns trigger language plpgsql as $$
begin
  if exists (select from was join is_now using (id)
              where was.state <> is_now.state
                and (was.withdrawn_at is null or is_now.withdrawn_at is not null)
                and not exists (select from orders.legal_move m where m.from_state = was.state and m.to_state = is_now.state)) then
    raise exception 'an order cannot make this move' using errcode = 'check_violation', constraint = 'sale_moves', schema = 'orders', table = 'sale';
  end if;
  insert into orders.tally
  select shop_id, state, sum(n) from (
    select shop_id, state, -1 as n from was where withdrawn_at is null
     union all select shop_id, state, 1 from is_now where withdrawn_at is null) d
   group by shop_id, state having sum(n) <> 0;
  return null;
end $$;

create trigger sale_counted after insert on orders.sale
  referencing new table as is_now for each statement execute function orders.sale_counts_in();
create trigger sale_moved after update on orders.sale
  referencing old table as was new table as is_now for each statement execute function orders.sale_moves();

create table orders.line (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders.sale (id),
  channel_line_no text not null,
  channel_item_no text not null,
  channel_sku_no text not null,
  merchant_code text,
  title text not null,
  specification text not null,
  image_url text,
  quantity int not null check (quantity > 0),
  is_gift boolean not null,
  list_fen bigint not null,
  paid_fen bigint not null,
  line_status text not null,
  refund_state text not null check (refund_state in ('none', 'requested', 'wait-return', 'wait-receive-return', 'success', 'rejected', 'closed')),
  refunding_quantity int not null default 0,
  refunded_quantity int not null default 0,
  refunded_fen bigint not null default 0,
  channel_shipped_quantity int not null default 0,
  may_ship_now boolean not null,
  shipped_quantity int not null default 0,
  listing_id bigint references catalogue.listing (id),
  sku_id bigint references catalogue.sku (id),
  unique (order_id, channel_line_no)
);
create index line_sku on orders.line (sku_id, order_id desc);
create index line_waits_for_match on orders.line (listing_id) where sku_id is null;

-- 收件人 and whatever else is personal: sealed as one, with keyed fingerprints to find it by.
create table orders.receiver (
  order_id bigint primary key references orders.sale (id),
  sealed bytea not null,
  privacy text not null,
  phone bigint,
  phone_tail bigint,
  address bigint,
  name_grams bigint[] not null
);
create index receiver_phone on orders.receiver (phone) where phone is not null;
create index receiver_phone_tail on orders.receiver (phone_tail, order_id desc) where phone_tail is not null;
create index receiver_name on orders.receiver using gin (name_grams);

-- Every move and change of an order: who, when, from what to what, why. Personal values are told as changed, never themselves.
create table orders.history (
  id bigint generated always as identity primary key,
  order_id bigint not null,
  at timestamptz not null,
  deed text not null,
  from_state text,
  to_state text,
  actor text not null,
  reason text,
  changes jsonb
);
create index history_order on orders.history (order_id, id);

-- Parcels of an order as they are shown and searched; `fulfilment` tells us of each change.
create table orders.shipment (
  order_id bigint not null references orders.sale (id),
  parcel_id bigint not null,
  parcel_no text not null,
  state text not null,
  carrier text,
  waybill_no text,
  shipped_at timestamptz,
  report text,
  primary key (order_id, parcel_id)
);
create index shipment_waybill on orders.shipment (waybill_no) where waybill_no is not null;
create index shipment_unsent on orders.shipment (order_id) where report is not null and report <> 'reported';

-- What happened on a Beijing day, counted as it happens; folded together like the tally.
create table orders.day_tally (day date not null, shop_id bigint not null, kind text not null, change int not null);
create index day_tally_day on orders.day_tally (day);

create table orders.setting (name text primary key, value jsonb not null);
