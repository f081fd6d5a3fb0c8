-- why: a shop may stand beside another one and tell its platform of that one's parcels (微信发货信息管理 beside one's own mall)
-- online: yes

alter table channels.shop add column beside_shop_id bigint references channels.shop (id);
create index shop_beside on channels.shop (beside_shop_id) where beside_shop_id is not null;

alter table channels.report drop constraint report_parcel_id_order_id_key;
alter table channels.report add constraint report_once unique (parcel_id, order_id, shop_id);
