-- why: who bought, recognised by the channel's buyer number or, where a channel has none, by a keyed fingerprint of the phone
-- online: yes

create schema customers;

create table customers.buyer (
  id bigint generated always as identity primary key,
  channel text not null,
  buyer_key text not null,
  first_seen_at timestamptz not null,
  unique (channel, buyer_key)
);
