-- why: what a stock file changed is kept, so that the import can be undone; movements themselves are only added
-- online: yes

-- 库存表导入: what one file changed at one place. `movement_id` is the count it made, null when it set the safety stock only.
-- `safety_before` is null where none was set; `safety_after` is null where the file left it alone.
create table inventory.imported (
  import_id bigint not null,
  sku_id bigint not null,
  warehouse_id bigint not null references inventory.warehouse (id),
  change int not null,
  movement_id bigint,
  safety_before int,
  safety_after int,
  undone_at timestamptz,
  primary key (import_id, sku_id, warehouse_id),
  constraint imported_change_has_movement check ((change = 0) = (movement_id is null))
);
create index imported_movement on inventory.imported (movement_id) where undone_at is not null;
