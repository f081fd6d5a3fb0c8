-- why: what a listing would be matched to is kept, so that lists can count and filter by it; a match undone by hand stays undone
-- online: yes

alter table catalogue.listing
  add column may_match_itself boolean not null default true,
  add column proposed_sku_id bigint references catalogue.sku (id),
  add column proposed_confidence int check (proposed_confidence between 0 and 100),
  add column proposed_why text,
  add constraint listing_proposal_is_whole check (
    (proposed_sku_id is null) = (proposed_confidence is null) and (proposed_sku_id is null) = (proposed_why is null));
create index listing_shop on catalogue.listing (shop_id, id);
