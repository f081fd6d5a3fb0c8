-- why: numbers that a file brought are known by their import, so that those not used can be taken out of the pools again
-- online: yes

alter table logistics.waybill add column import_id bigint;
create index waybill_import on logistics.waybill (import_id) where import_id is not null;
