import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { Failure } from '../../core/failures.ts'
import type { Database } from './open.ts'
import { sql } from './sql.ts'

const migrationsFolder = path.join(import.meta.dirname, '../../../db/migrations')
const lockKey = 7_236_455_021

const Applied = z.strictObject({ name: z.string(), checksum: z.string() })

/**
 * Brings the database to the program's form: applies every missing file of db/migrations in order of name, each in one transaction,
 * under an advisory lock so that two starts do not meet. Gives the names applied.
 * Throws DATABASE_NEWER when the database knows a migration this program does not, MIGRATION_CHANGED when an applied file was edited.
 */
export async function migrate(database: Database, folder = migrationsFolder): Promise<readonly string[]> {
  const files = await readMigrations(folder)
  const client = await database.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey])
    await client.query(`create schema if not exists platform;
      create table if not exists platform.migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())`)
    const applied = await database.db.all(Applied, sql`select name, checksum from platform.migration order by name`)
    refuseSurprises(applied, files)

    const missing = files.filter((file) => !applied.some((done) => done.name === file.name))
    for (const file of missing) {
      await client.query('begin')
      try {
        await client.query(file.text)
        await client.query('insert into platform.migration (name, checksum) values ($1, $2)', [
          file.name,
          file.checksum,
        ])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw new Error(`migration ${file.name} failed`, { cause: error })
      }
    }
    return missing.map((file) => file.name)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lockKey]).catch(() => undefined)
    client.release()
  }
}

interface Migration {
  readonly name: string
  readonly text: string
  readonly checksum: string
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(path.join(folder, name), 'utf8')
      return { name, text, checksum: createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex') }
    }),
  )
}

function refuseSurprises(applied: readonly z.infer<typeof Applied>[], files: readonly Migration[]): void {
  for (const done of applied) {
    const file = files.find((known) => known.name === done.name)
    if (!file) throw new Failure('DATABASE_NEWER', { migration: done.name })
    if (file.checksum !== done.checksum) throw new Failure('MIGRATION_CHANGED', { migration: done.name })
  }
}
