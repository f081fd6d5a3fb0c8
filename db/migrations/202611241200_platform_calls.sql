-- why: calls to outside systems keep their limits across processes, remember bans, and leave a record without bodies
-- online: yes

-- One place within a limit. It is free when its time has come; a place that stands for several calls counts them in `used`.
create table platform.call_place (
  scope text not null,
  name text not null,
  place int not null,
  used int not null default 0,
  out_until timestamptz,
  free_at timestamptz not null,
  primary key (scope, name, place)
);

create table platform.call_ban (
  scope text not null,
  operation text not null,
  until timestamptz not null,
  primary key (scope, operation)
);

create table platform.call (
  id bigint generated always as identity primary key,
  shop_id bigint not null,
  channel text not null,
  operation text not null,
  method text not null,
  target text not null,
  status int,
  ms int not null,
  waited_ms int not null,
  failure text,
  at timestamptz not null
);
create index call_shop on platform.call (shop_id, id desc);
create index call_failed on platform.call (id desc) where failure is not null;
create index call_at on platform.call (at);
