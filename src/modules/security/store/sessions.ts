import { z } from 'zod'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { sql } from '../../../platform/db/sql.ts'
import { preset } from './roles.ts'

export interface NewSessionRow {
  readonly personId: number
  readonly secretHash: Buffer
  readonly at: Instant
  readonly endsAt: Instant
}

export const insertSession = (db: Db, session: NewSessionRow) =>
  db.run(sql`
    insert into security.session (person_id, secret_hash, began_at, last_seen_at, ends_at)
    values (${session.personId}, ${session.secretHash}, ${isoText(session.at)}, ${isoText(session.at)}, ${isoText(session.endsAt)})`)

const LiveSession = z.strictObject({
  id: z.int(),
  personId: z.int(),
  name: z.string(),
  lastSeenAt: z.int(),
  roles: z.array(z.strictObject({ preset, permissions: z.array(z.string()) })),
})

/** A session that has neither ended nor been idle since `idleSince`, of a person who is active; with what the person's roles allow now. */
export const findSession = (db: Db, secretHash: Buffer, { now, idleSince }: { now: Instant; idleSince: Instant }) =>
  db.maybe(
    LiveSession,
    sql`
    select s.id, s.person_id, p.name, s.last_seen_at,
           (select coalesce(jsonb_agg(jsonb_build_object('preset', r.preset, 'permissions', r.permissions)), '[]')
              from security.person_role pr join security.role r on r.id = pr.role_id
             where pr.person_id = p.id) as roles
      from security.session s
      join security.person p on p.id = s.person_id
     where s.secret_hash = ${secretHash} and p.is_active
       and s.ends_at > ${isoText(now)} and s.last_seen_at > ${isoText(idleSince)}`,
  )

export const touchSession = (db: Db, sessionId: number, at: Instant) =>
  db.run(sql`update security.session set last_seen_at = ${isoText(at)} where id = ${sessionId}`)

export const deleteSession = (db: Db, sessionId: number) =>
  db.run(sql`delete from security.session where id = ${sessionId}`)

/** All of a person's sessions, but for the one to keep. Gives how many ended. */
export const deleteSessionsOf = (db: Db, personId: number, keep: number | null) =>
  db.run(sql`delete from security.session where person_id = ${personId} and id is distinct from ${keep}`)

export const deleteOldSessions = (db: Db, { now, idleSince }: { now: Instant; idleSince: Instant }) =>
  db.run(sql`delete from security.session where ends_at <= ${isoText(now)} or last_seen_at <= ${isoText(idleSince)}`)
