-- why: a shop without keys takes its stock by a file too; a shop that changes to files keeps its keys
-- online: yes

alter table channels.stock_wish
  drop constraint stock_wish_state_check,
  add constraint stock_wish_state_check check (state in ('waiting', 'told', 'needs-person', 'dismissed', 'for-file', 'in-file'));
create index stock_wish_for_file on channels.stock_wish (shop_id, id) where state in ('for-file', 'in-file');

alter table channels.shop drop constraint shop_check;
