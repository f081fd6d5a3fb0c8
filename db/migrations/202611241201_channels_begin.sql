-- why: shops and their authorisation, pull windows with their proof, orders as seen, the inbox of pushes, what must still be told to channels, imports
-- online: yes

create schema channels;

-- 店铺. `read_to_at`: how far the sweep has read. `cursor_at`: up to where everything is proven to be stored; it stands at the first window that does not agree.
create table channels.shop (
  id bigint generated always as identity primary key,
  channel text not null,
  name text not null,
  mode text not null check (mode in ('api', 'file')),
  connection text not null unique,
  credentials bytea,
  app_key text,
  channel_shop_no text,
  history_days int not null default 30 check (history_days between 1 and 90),
  is_read_only boolean not null default false,
  paused_at timestamptz,
  stopped_at timestamptz,
  stopped_because text,
  authorised_at timestamptz,
  expires_at timestamptz,
  refreshable_until timestamptz,
  refreshed_at timestamptz,
  warned_days int,
  began_at timestamptz,
  read_to_at timestamptz,
  cursor_at timestamptz,
  cases_cursor_at timestamptz,
  deep_at timestamptz,
  span_ms bigint,
  created_at timestamptz not null,
  deleted_at timestamptz,
  check (mode = 'api' or credentials is null),
  check (cursor_at <= read_to_at)
);
create unique index shop_name on channels.shop (name) where deleted_at is null;

-- 授权. One-time states; only their fingerprint is kept.
create table channels.authorisation (
  state bigint primary key,
  shop_id bigint not null references channels.shop (id) on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table channels.duty (
  shop_id bigint not null references channels.shop (id) on delete cascade,
  duty text not null,
  last_success_at timestamptz,
  last_trouble_at timestamptz,
  code text,
  details jsonb,
  primary key (shop_id, duty)
);

-- An order as a channel last told it. `order_sealed` is there until it has been taken in. `version` counts contents, not echoes.
create table channels.seen (
  id bigint generated always as identity primary key,
  shop_id bigint not null references channels.shop (id),
  channel_order_no text not null,
  channel_status text not null,
  created_at timestamptz not null,
  modified_at timestamptz not null,
  version int not null default 1,
  content bigint not null,
  order_sealed bytea,
  state text not null check (state in ('waiting', 'taken', 'withdrawn')),
  source text not null check (source in ('sweep', 'history', 'reconcile', 'push', 'aftersales', 'report', 'import')),
  import_id bigint,
  outcome text,
  version_at timestamptz not null,
  seen_at timestamptz not null,
  unique (shop_id, channel_order_no),
  check (state <> 'waiting' or order_sealed is not null)
);
create index seen_waiting on channels.seen (id) where state = 'waiting';
create index seen_modified on channels.seen (shop_id, modified_at);
create index seen_created on channels.seen (shop_id, created_at);
create index seen_import on channels.seen (import_id) where import_id is not null;

-- What an order was made from, as the channel said it, one row a version, kept for ever.
create table channels.payload (
  shop_id bigint not null references channels.shop (id),
  channel_order_no text not null,
  version int not null,
  raw_sealed bytea not null,
  seen_at timestamptz not null,
  primary key (shop_id, channel_order_no, version)
);

-- One pull window with its proof. `history` windows are laid out beforehand as `open`.
create table channels.span (
  id bigint generated always as identity primary key,
  shop_id bigint not null references channels.shop (id) on delete cascade,
  kind text not null check (kind in ('sweep', 'history', 'reconcile', 'aftersales')),
  by text not null check (by in ('modified', 'created')),
  from_at timestamptz not null,
  to_at timestamptz not null,
  channel_count int,
  seen_count int not null default 0,
  stored_count int not null default 0,
  digest text,
  state text not null check (state in ('open', 'agreed', 'disagreed')),
  tries int not null default 0,
  next_try_at timestamptz,
  closed_at timestamptz,
  check (from_at < to_at)
);
create index span_shop on channels.span (shop_id, id desc);
create index span_open on channels.span (shop_id, kind, from_at) where state <> 'agreed';
create index span_closed on channels.span (closed_at);
create unique index span_history on channels.span (shop_id, from_at) where kind = 'history';

-- 漏单. What the channel has and our list did not show; `channel_order_no` is null where only the count told.
create table channels.missed (
  id bigint generated always as identity primary key,
  shop_id bigint not null references channels.shop (id) on delete cascade,
  channel_order_no text,
  span_id bigint references channels.span (id) on delete set null,
  day date not null,
  count int not null check (count > 0),
  noticed_by text not null check (noticed_by in ('count', 'push', 'aftersales', 'created-list', 'reconcile')),
  noticed_at timestamptz not null,
  order_modified_at timestamptz,
  healed_at timestamptz,
  healed_by text check (healed_by in ('fetched', 'read-again', 'gone')),
  check ((healed_at is null) = (healed_by is null))
);
create unique index missed_order on channels.missed (shop_id, channel_order_no) where channel_order_no is not null;
create unique index missed_span on channels.missed (span_id) where channel_order_no is null;
create index missed_day on channels.missed (shop_id, day);

-- 完整性证明, one Beijing day by creation time.
create table channels.day (
  shop_id bigint not null references channels.shop (id) on delete cascade,
  day date not null,
  channel_count int not null,
  our_count int not null,
  missing int not null,
  compared_to_at timestamptz not null,
  compared_at timestamptz not null,
  primary key (shop_id, day)
);

-- 推送收件箱 and messages kept by platforms: a hint each, worked on after it is stored.
create table channels.push (
  id bigint generated always as identity primary key,
  shop_id bigint not null references channels.shop (id) on delete cascade,
  event_no text not null,
  type text not null,
  channel_order_no text,
  channel_case_no text,
  state text not null check (state in ('waiting', 'worked', 'nothing')),
  received_at timestamptz not null,
  worked_at timestamptz,
  unique (shop_id, event_no)
);
create index push_waiting on channels.push (shop_id, id) where state = 'waiting';
create index push_received on channels.push (received_at);

create table channels.push_refused (
  channel text not null,
  reason text not null,
  day date not null,
  count int not null,
  last_at timestamptz not null,
  primary key (channel, reason, day)
);

-- 售后单 as the channel last told it.
create table channels.case (
  id bigint generated always as identity primary key,
  shop_id bigint not null references channels.shop (id),
  channel_case_no text not null,
  channel_order_no text not null,
  channel_status text not null,
  state text not null,
  kind text not null,
  refund_fen bigint not null,
  modified_at timestamptz not null,
  content bigint not null,
  case_sealed bytea not null,
  raw_sealed bytea not null,
  seen_at timestamptz not null,
  unique (shop_id, channel_case_no)
);
create index case_order on channels.case (shop_id, channel_order_no);

-- 发货回传: one parcel of one order, until the channel has accepted it. `is_unclear`: look at the channel before telling it again.
create table channels.report (
  id bigint generated always as identity primary key,
  shop_id bigint not null references channels.shop (id),
  order_id bigint not null,
  parcel_id bigint not null,
  channel_order_no text not null,
  report jsonb not null,
  state text not null check (state in ('waiting', 'for-file', 'in-file', 'done', 'needs-person', 'dismissed')),
  is_unclear boolean not null default false,
  tried int not null default 0,
  next_try_at timestamptz not null,
  code text,
  details jsonb,
  since_at timestamptz not null,
  done_at timestamptz,
  done_because text,
  confirmed_at timestamptz,
  file_id bigint,
  unique (parcel_id, order_id)
);
create index report_unconfirmed on channels.report (shop_id, channel_order_no) where confirmed_at is null;
create index report_order on channels.report (order_id);
create index report_waiting on channels.report (shop_id, next_try_at, id) where state = 'waiting';
create index report_unsent on channels.report (shop_id, id) where state in ('waiting', 'for-file', 'needs-person');
create index report_file on channels.report (file_id) where file_id is not null;

create table channels.shipment_file (
  id bigint generated always as identity primary key,
  shop_id bigint not null references channels.shop (id) on delete cascade,
  file_name text not null,
  parcels int not null,
  made_at timestamptz not null,
  made_by text not null
);

-- 备注回传: the newest wanted remark of an order.
create table channels.remark (
  id bigint generated always as identity primary key,
  shop_id bigint not null references channels.shop (id),
  order_id bigint,
  channel_order_no text not null,
  remark_sealed bytea not null,
  flag text,
  version int not null default 1,
  state text not null check (state in ('waiting', 'done', 'needs-person', 'dismissed')),
  tried int not null default 0,
  next_try_at timestamptz not null,
  code text,
  details jsonb,
  since_at timestamptz not null,
  done_at timestamptz,
  done_because text,
  unique (shop_id, channel_order_no)
);
create index remark_waiting on channels.remark (shop_id, next_try_at, id) where state = 'waiting';
create index remark_unsent on channels.remark (shop_id, id) where state in ('waiting', 'needs-person');

-- 库存回传: what each listing should show. `version` rises with every new value; `told_version` is the last the channel accepted.
create table channels.stock_wish (
  id bigint generated always as identity primary key,
  shop_id bigint not null references channels.shop (id),
  listing_id bigint not null,
  channel_item_no text not null,
  channel_sku_no text not null,
  merchant_code text,
  quantity int not null check (quantity >= 0),
  version bigint not null,
  told_quantity int,
  told_version bigint,
  told_at timestamptz,
  state text not null check (state in ('waiting', 'told', 'needs-person', 'dismissed')),
  tried int not null default 0,
  next_try_at timestamptz not null,
  code text,
  details jsonb,
  since_at timestamptz not null,
  done_because text,
  unique (shop_id, listing_id)
);
create index stock_wish_listing on channels.stock_wish (listing_id);
create index stock_wish_told on channels.stock_wish (told_at) where state = 'told';
create index stock_wish_waiting on channels.stock_wish (shop_id, quantity, id) where state = 'waiting';
create index stock_wish_unsent on channels.stock_wish (shop_id, id) where state in ('waiting', 'needs-person');

-- 平台商品 as pulled, until it has been taken into the catalogue. `pulled_no` tells the last full pull that still listed it.
create table channels.listing_seen (
  id bigint generated always as identity primary key,
  shop_id bigint not null references channels.shop (id),
  channel_item_no text not null,
  channel_sku_no text not null,
  listing jsonb not null,
  pulled_no bigint not null,
  state text not null check (state in ('waiting', 'taken')),
  seen_at timestamptz not null,
  unique (shop_id, channel_item_no, channel_sku_no)
);
create index listing_seen_waiting on channels.listing_seen (id) where state = 'waiting';

-- 导入. The file is kept sealed until the import is over and its undo has lapsed.
create table channels.import (
  id bigint generated always as identity primary key,
  file_name text not null,
  digest text not null,
  kind text not null,
  channel text,
  shop_id bigint references channels.shop (id) on delete set null,
  state text not null check (state in ('ready', 'running', 'done', 'failed', 'undoing', 'undone', 'dropped')),
  encoding text not null,
  only_good_rows boolean not null default false,
  rows int not null,
  things int not null default 0,
  done int not null default 0,
  known int not null default 0,
  failed int not null default 0,
  file_sealed bytea,
  corrections_sealed bytea,
  row_errors_sealed bytea,
  code text,
  details jsonb,
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  ended_at timestamptz
);
create index import_uploaded on channels.import (uploaded_at);
