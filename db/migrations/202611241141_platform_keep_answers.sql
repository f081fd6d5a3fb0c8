-- why: a write that carries an idempotency key is done once, and asked again it gives the same answer for a day
-- online: yes

create table platform.kept_answer (
  who text not null,
  key_hash bytea not null,
  request_hash bytea not null,
  began_at timestamptz not null,
  -- Set in the transaction that did the work: true without an answer means that the answer was lost, not the work.
  is_done boolean not null default false,
  answer_sealed bytea,
  primary key (who, key_hash)
);
create index kept_answer_began on platform.kept_answer (began_at);
