-- why: a long import may be stopped on the way; what it brought stays, and it may go on or be taken back
-- online: yes

alter table channels.import drop constraint import_state_check;
alter table channels.import add constraint import_state_check
  check (state in ('ready', 'running', 'stopped', 'done', 'failed', 'undoing', 'undone', 'dropped'));
