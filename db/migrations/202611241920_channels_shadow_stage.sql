-- why: a shop goes over step by step; in the shadow stage what we would do is compared with what is done in the channel's back office
-- online: yes

alter table channels.shop
  add column shadow_since timestamptz,
  add column shadow_days int not null default 3 check (shadow_days between 1 and 30),
  add constraint shop_shadow_writes_nothing check (shadow_since is null or is_read_only);
