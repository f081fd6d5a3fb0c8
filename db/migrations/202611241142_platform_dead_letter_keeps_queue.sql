-- why: a job retried by hand keeps its place in its shop's queue and its priority
-- online: yes

alter table platform.dead_letter
  add column queue text,
  add column priority int not null default 0;
