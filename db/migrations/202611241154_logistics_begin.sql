-- why: which carriers a merchant uses and for where, and every waybill number there is, so that none is given twice
-- online: yes

create schema logistics;

-- What a merchant set about a carrier (快递设置). A carrier without a row is as the program knows it.
create table logistics.carrier (
  code text primary key,
  is_active boolean not null,
  priority int not null check (priority between 0 and 1000),
  provinces text[] not null default '{}'
);

-- 运单号: free ones of the pool, and those that a parcel took, from the pool or typed. A number once taken is never free again.
create table logistics.waybill (
  id bigint generated always as identity primary key,
  carrier text not null,
  waybill_no text not null,
  source text not null check (source in ('pool', 'typed')),
  added_at timestamptz not null,
  added_by text not null,
  taken_by bigint,
  taken_at timestamptz,
  constraint waybill_is_one unique (carrier, waybill_no),
  check ((taken_by is null) = (taken_at is null)),
  check (source = 'pool' or taken_by is not null)
);
create index waybill_free on logistics.waybill (carrier, id) where taken_by is null;

create function logistics.keep_taken() returns trigger language plpgsql as $$
begin
  if old.taken_by is not null and new.taken_by is distinct from old.taken_by then
    raise exception 'a waybill number once taken is never given again' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create trigger waybill_stays_taken before update on logistics.waybill
  for each row execute function logistics.keep_taken();
