-- why: what is sold and shipped (SKU), how each shop offers it (listing), and which is which, with its history
-- online: yes

create schema catalogue;

create table catalogue.sku (
  id bigint generated always as identity primary key,
  code text not null unique,
  product_name text not null,
  specification text not null default '',
  barcode text,
  image_url text,
  weight_g int check (weight_g > 0),
  cost_fen bigint check (cost_fen >= 0),
  is_active boolean not null default true,
  created_at timestamptz not null default now()
);
create index sku_barcode on catalogue.sku (barcode) where barcode is not null;

create table catalogue.listing (
  id bigint generated always as identity primary key,
  shop_id bigint not null,
  channel_item_no text not null,
  channel_sku_no text not null,
  merchant_code text,
  barcode text,
  title text not null,
  specification text not null default '',
  image_url text,
  price_fen bigint not null default 0,
  shown_quantity int,
  is_on_sale boolean not null default true,
  is_ignored boolean not null default false,
  vanished_at timestamptz,
  seen_at timestamptz not null,
  sku_id bigint references catalogue.sku (id),
  matched_how text check (matched_how in ('code', 'hand', 'proposal', 'created')),
  matched_by text,
  matched_at timestamptz,
  unique (shop_id, channel_item_no, channel_sku_no),
  check ((sku_id is null) = (matched_how is null))
);
create index listing_sku on catalogue.listing (sku_id) where sku_id is not null;
create index listing_open on catalogue.listing (id) where sku_id is null and not is_ignored;
create index listing_code on catalogue.listing (merchant_code) where merchant_code is not null;

create table catalogue.match_history (
  id bigint generated always as identity primary key,
  listing_id bigint not null references catalogue.listing (id),
  sku_id bigint references catalogue.sku (id),
  how text not null,
  actor text not null,
  at timestamptz not null
);
create index match_history_listing on catalogue.match_history (listing_id, id);
