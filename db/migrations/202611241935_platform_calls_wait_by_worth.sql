-- why: among processes too, whoever has the more worthy call to make goes first when a limit has no place left
-- online: yes

-- Who waits for a place, in which limits. It is what is known for a moment and worth nothing after a crash, so it is not logged.
create unlogged table platform.call_turn (
  id bigint primary key,
  stuck_on text[] not null,
  rank int not null,
  since timestamptz not null,
  until timestamptz not null
);
