import { z } from 'zod'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

const Attempt = z.strictObject({ keyHash: z.instanceof(Buffer), failed: z.int(), waitUntil: z.int().nullable() })
export type Attempt = z.output<typeof Attempt>

/** What is known of these keys, locked so that tries at once are counted one after the other. Keys without a row get one. */
export async function lockAttempts(
  db: Db,
  keyHashes: readonly Buffer[],
  { now, forgottenBefore }: { now: Instant; forgottenBefore: Instant },
): Promise<Attempt[]> {
  const inOrder = [...keyHashes].sort((a, b) => a.compare(b))
  return db.all(
    Attempt,
    sql`
    insert into security.sign_in_attempt as a (key_hash, failed, last_at)
    select key_hash, 0, ${isoText(now)} from ${rowsAs(
      't',
      inOrder.map((keyHash) => ({ keyHash })),
      { keyHash: 'bytea' },
    )}
        on conflict (key_hash) do update
       set failed = case when a.last_at < ${isoText(forgottenBefore)} then 0 else a.failed end,
           wait_until = case when a.last_at < ${isoText(forgottenBefore)} then null else a.wait_until end
    returning key_hash, failed, wait_until`,
  )
}

export const saveAttempts = (db: Db, attempts: readonly Attempt[], at: Instant) =>
  db.run(sql`
    update security.sign_in_attempt a
       set failed = t.failed, wait_until = t.wait_until, last_at = ${isoText(at)}
      from ${rowsAs('t', attempts, { keyHash: 'bytea', failed: 'int', waitUntil: 'timestamptz' })}
     where a.key_hash = t.key_hash`)

export const deleteAttempts = (db: Db, keyHashes: readonly Buffer[]) =>
  db.run(sql`delete from security.sign_in_attempt where key_hash = any(${keyHashes}::bytea[])`)

/** Takes one failed try back; the wait goes with it when fewer than `freeTries` remain. */
export const forgiveAttempt = (db: Db, keyHash: Buffer, freeTries: number) =>
  db.run(sql`
    update security.sign_in_attempt
       set failed = greatest(failed - 1, 0), wait_until = case when failed - 1 < ${freeTries} then null else wait_until end
     where key_hash = ${keyHash}`)

export const deleteOldAttempts = (db: Db, before: Instant) =>
  db.run(sql`delete from security.sign_in_attempt where last_at < ${isoText(before)}`)
