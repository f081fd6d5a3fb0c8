-- why: what the plumbing keeps: events told, jobs laid down, workers alive, schedules, limits of outgoing calls and their record
-- online: yes

create table platform.event (
  id bigint generated always as identity primary key,
  name text not null,
  data jsonb not null,
  told_at timestamptz not null
);
create index event_told_at on platform.event (told_at);

create table platform.dead_letter (
  id bigint generated always as identity primary key,
  job text not null,
  input jsonb not null,
  tried int not null,
  code text not null,
  details jsonb not null,
  because text not null check (because in ('never', 'after-authorising', 'gave-up')),
  laid_down_at timestamptz not null,
  settled_at timestamptz,
  settled_how text check (settled_how in ('retried', 'dismissed'))
);
create index dead_letter_open on platform.dead_letter (laid_down_at) where settled_at is null;

create table platform.worker (
  worker_id text primary key,
  started_at timestamptz not null
);

create table platform.schedule (
  job text primary key,
  next_at timestamptz not null
);
