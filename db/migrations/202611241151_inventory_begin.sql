-- why: the stock ledger; movements are the only way stock changes, and the database refuses what may not be
-- online: yes

create schema inventory;

create table inventory.warehouse (
  id bigint generated always as identity primary key,
  code text not null unique,
  name text not null,
  province text not null,
  city text not null,
  district text not null default '',
  is_active boolean not null default true
);

-- On hand, reserved and incoming pieces now. Written by the trigger on inventory.movement and by nothing else.
create table inventory.stock (
  sku_id bigint not null references catalogue.sku (id),
  warehouse_id bigint not null references inventory.warehouse (id),
  on_hand int not null default 0,
  reserved int not null default 0,
  incoming int not null default 0,
  primary key (sku_id, warehouse_id),
  constraint stock_on_hand_never_negative check (on_hand >= 0),
  constraint stock_reserved_never_negative check (reserved >= 0),
  constraint stock_incoming_never_negative check (incoming >= 0),
  constraint stock_never_promised_twice check (reserved <= on_hand)
) with (fillfactor = 70);

create table inventory.safety (
  sku_id bigint primary key references catalogue.sku (id),
  pieces int not null check (pieces >= 0)
);

-- What an order line holds. A row goes when the pieces are released or leave; the movements stay.
create table inventory.reservation (
  order_id bigint not null,
  line_id bigint not null,
  sku_id bigint not null,
  warehouse_id bigint not null,
  quantity int not null check (quantity > 0),
  primary key (order_id, line_id, sku_id)
);

create table inventory.movement (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  kind text not null check (kind in ('receive', 'adjust', 'count', 'reserve', 'release', 'move', 'dispatch', 'return', 'expect')),
  sku_id bigint not null,
  warehouse_id bigint not null,
  on_hand int not null default 0,
  reserved int not null default 0,
  incoming int not null default 0,
  order_id bigint,
  actor text not null,
  reason text
);
create index movement_of_stock on inventory.movement (sku_id, warehouse_id, id);

create function inventory.apply_movements() returns trigger language plpgsql as $$
begin
  insert into inventory.stock (sku_id, warehouse_id)
  select distinct m.sku_id, m.warehouse_id
    from moved m
   where not exists (select from inventory.stock s where s.sku_id = m.sku_id and s.warehouse_id = m.warehouse_id)
      on conflict do nothing;
  update inventory.stock s
     set on_hand = s.on_hand + d.on_hand, reserved = s.reserved + d.reserved, incoming = s.incoming + d.incoming
    from (select sku_id, warehouse_id, sum(on_hand)::int as on_hand, sum(reserved)::int as reserved, sum(incoming)::int as incoming
            from moved group by sku_id, warehouse_id) d
   where s.sku_id = d.sku_id and s.warehouse_id = d.warehouse_id;
  return null;
end $$;

create trigger movement_applies after insert on inventory.movement
  referencing new table as moved for each statement execute function inventory.apply_movements();

create function inventory.refuse() returns trigger language plpgsql as $$
begin
  raise exception '% of % is refused: %', tg_op, tg_table_name, tg_argv[0] using errcode = 'restrict_violation';
end $$;

create trigger movement_is_append_only before update or delete on inventory.movement
  for each statement execute function inventory.refuse('movements are only added');

create function inventory.only_by_movement() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception 'stock changes by movements only' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;

create trigger stock_changes_by_movement before insert or update or delete on inventory.stock
  for each statement execute function inventory.only_by_movement();

-- Numbers told to channels carry a rising version, so that an older one never overwrites a newer.
create sequence inventory.told_version;
