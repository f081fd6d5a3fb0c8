-- why: how often in a row a duty failed for one reason tells how long it rests
-- online: yes

alter table channels.duty add column troubles int not null default 0 check (troubles >= 0);
