-- why: what a products file added and changed is kept, so that the import can be undone; a SKU that nothing uses may go again
-- online: yes

-- 商品表导入: `before` holds what the file changed as it was, null where it added the SKU; `after` as the file has it. A row outlives its SKU.
create table catalogue.imported (
  import_id bigint not null,
  sku_id bigint not null,
  before jsonb,
  after jsonb not null,
  primary key (import_id, sku_id)
);

-- What a listing once was stays told when the SKU goes; the indexes are for asking who refers to one.
alter table catalogue.match_history
  drop constraint match_history_sku_id_fkey,
  add constraint match_history_sku_may_go foreign key (sku_id) references catalogue.sku (id) on delete set null;
create index match_history_sku on catalogue.match_history (sku_id) where sku_id is not null;
create index listing_proposed on catalogue.listing (proposed_sku_id) where proposed_sku_id is not null;

-- Which of these SKUs other schemas refer to. It asks the references themselves, so it knows of every module there will ever be.
create function catalogue.used_elsewhere(ids bigint[]) returns setof bigint language plpgsql as $$
declare
  reference record;
begin
  for reference in
    select c.conrelid::regclass as place, a.attname as name
      from pg_constraint c
      join pg_class t on t.oid = c.conrelid
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'f' and c.confrelid = 'catalogue.sku'::regclass and t.relnamespace <> 'catalogue'::regnamespace
  loop
    return query execute
      format('select distinct %1$I from %2$s where %1$I = any($1)', reference.name, reference.place) using ids;
  end loop;
end $$;
