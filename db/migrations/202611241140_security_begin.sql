-- why: who may do what (people, roles, sessions, tokens), and the trail of who did or saw what
-- online: yes

create schema security;

-- The one company of this installation; its row says that set-up is done.
create table security.company (
  is_only boolean primary key default true check (is_only),
  name text not null,
  answers jsonb,
  set_up_at timestamptz not null
);

create table security.role (
  id bigint generated always as identity primary key,
  preset text unique,
  name text not null,
  permissions text[] not null,
  version int not null default 1
);
create unique index role_name on security.role (lower(name));

create table security.person (
  id bigint generated always as identity primary key,
  login_name text not null,
  name text not null,
  password_hash text not null,
  is_active boolean not null default true,
  must_change_password boolean not null default false,
  language text not null default 'zh' check (language in ('zh', 'en')),
  theme text not null default 'system' check (theme in ('light', 'dark', 'system')),
  created_at timestamptz not null,
  last_signed_in_at timestamptz,
  version int not null default 1
);
create unique index person_login_name on security.person (lower(login_name));

create table security.person_role (
  person_id bigint not null references security.person (id),
  role_id bigint not null references security.role (id),
  primary key (person_id, role_id)
);
create index person_role_role on security.person_role (role_id);

-- Only the SHA-256 of a session's or token's secret is kept: a stolen copy opens nothing.
create table security.session (
  id bigint generated always as identity primary key,
  person_id bigint not null references security.person (id),
  secret_hash bytea not null unique,
  began_at timestamptz not null,
  last_seen_at timestamptz not null,
  ends_at timestamptz not null
);
create index session_person on security.session (person_id);
create index session_ends on security.session (ends_at);

create table security.token (
  id bigint generated always as identity primary key,
  name text not null,
  start text not null,
  secret_hash bytea not null unique,
  permissions text[] not null,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);

-- Failed tries to sign in, by the hash of what was tried from where; neither can be read from it.
create table security.sign_in_attempt (
  key_hash bytea primary key,
  failed int not null,
  last_at timestamptz not null,
  wait_until timestamptz
);
create index sign_in_attempt_last on security.sign_in_attempt (last_at);

-- 审计日志.
create table security.audit (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('person', 'token', 'system')),
  actor_id bigint,
  actor_name text not null,
  deed text not null,
  words text not null,
  object text not null,
  object_id text,
  purpose text,
  details jsonb not null default '{}'
);
create index audit_at on security.audit (at);
create index audit_actor on security.audit (actor_kind, actor_id, id desc);
create index audit_object on security.audit (object, object_id, id desc);
create index audit_deed on security.audit (deed, id desc);
create index audit_personal on security.audit (id desc) where purpose is not null;

create function security.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is only added to: % refused', tg_op using errcode = 'restrict_violation';
end $$;

create trigger audit_is_append_only before update or delete or truncate on security.audit
  for each statement execute function security.refuse_change();
