import { z } from 'zod'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { sql } from '../../../platform/db/sql.ts'

const TokenRow = z.strictObject({
  id: z.int(),
  name: z.string(),
  start: z.string(),
  permissions: z.array(z.string()),
  createdBy: z.string(),
  createdAt: z.int(),
  expiresAt: z.int().nullable(),
  lastUsedAt: z.int().nullable(),
  revokedAt: z.int().nullable(),
})
export type TokenRow = z.output<typeof TokenRow>

const columns = sql`id, name, start, permissions, created_by, created_at, expires_at, last_used_at, revoked_at`

/** Good ones first, newest first. */
export const listTokens = (db: Db) =>
  db.all(TokenRow, sql`select ${columns} from security.token order by revoked_at is not null, id desc`)

export interface NewToken {
  readonly name: string
  readonly start: string
  readonly secretHash: Buffer
  readonly permissions: readonly string[]
  readonly createdBy: string
  readonly at: Instant
  readonly expiresAt: Instant | null
}

export const insertToken = (db: Db, token: NewToken) =>
  db.one(
    TokenRow,
    sql`
    insert into security.token (name, start, secret_hash, permissions, created_by, created_at, expires_at)
    values (${token.name}, ${token.start}, ${token.secretHash}, ${token.permissions}::text[], ${token.createdBy},
            ${isoText(token.at)}, ${token.expiresAt === null ? null : isoText(token.expiresAt)})
    returning ${columns}`,
  )

/** A token that is neither revoked nor expired. */
export const findToken = (db: Db, secretHash: Buffer, now: Instant) =>
  db.maybe(
    TokenRow,
    sql`
    select ${columns} from security.token
     where secret_hash = ${secretHash} and revoked_at is null and (expires_at is null or expires_at > ${isoText(now)})`,
  )

export const touchToken = (db: Db, tokenId: number, at: Instant) =>
  db.run(sql`update security.token set last_used_at = ${isoText(at)} where id = ${tokenId}`)

/** Null when there is none. One that is revoked already keeps its time. */
export const revokeToken = (db: Db, tokenId: number, at: Instant) =>
  db.maybe(
    TokenRow,
    sql`update security.token set revoked_at = coalesce(revoked_at, ${isoText(at)}) where id = ${tokenId} returning ${columns}`,
  )
