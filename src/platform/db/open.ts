import pg from 'pg'
import type { z } from 'zod'
import { Failure } from '../../core/failures.ts'
import { camel, type Sql } from './sql.ts'

/** Runs statements, each row parsed by a schema: `one` exactly one row, `maybe` one or null, `all` any number, `run` gives how many rows it touched. */
export interface Db {
  readonly one: <T>(row: z.ZodType<T>, statement: Sql) => Promise<T>
  readonly maybe: <T>(row: z.ZodType<T>, statement: Sql) => Promise<T | null>
  readonly all: <T>(row: z.ZodType<T>, statement: Sql) => Promise<T[]>
  readonly run: (statement: Sql) => Promise<number>
}

export interface Connection {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password?: string
  readonly database: string
}

export interface Database {
  /** Statements outside a transaction, each on its own. */
  readonly db: Db
  /** All of `work` or nothing. Run again, up to three times, when the database names a deadlock or a serialisation conflict. */
  readonly tx: <T>(work: (db: Db) => Promise<T>) => Promise<T>
  readonly pool: pg.Pool
  /** A connection of one's own, to be released. Throws DATABASE_UNREACHABLE. */
  readonly connect: () => Promise<pg.PoolClient>
  /** How many statements have been sent so far; tests compare two readings. */
  readonly statements: () => number
  readonly close: () => Promise<void>
}

const int8 = 20
const timestamptz = 1184
const date = 1082

/** Keys and counts come as numbers, instants as epoch milliseconds, days as text. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (oid === int8) return (text: string) => safeInteger(text)
    if (oid === timestamptz) return (text: string) => new Date(text).getTime()
    if (oid === date) return (text: string) => text
    return pg.types.getTypeParser(oid, format)
  },
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`a number beyond 2^53 came from the database: ${text}`)
  return value
}

/** Opens a pool. `url` or `connection`, of PostgreSQL 15 or newer. Throws DATABASE_UNREACHABLE on first use when nothing answers. */
export function openDatabase(options: {
  readonly url?: string
  readonly connection?: Connection
  readonly poolSize?: number
  readonly name?: string
}): Database {
  const pool = new pg.Pool({
    ...(options.url ? { connectionString: options.url } : options.connection),
    max: options.poolSize ?? 10,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    application_name: options.name ?? 'tongdan',
    types,
  })
  // A connection that dies while idle (the server was restarted) is dropped by the pool; the next use opens another.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))

  let statements = 0
  const onClient = (client: pg.Pool | pg.PoolClient): Db => {
    const query = async (statement: Sql) => {
      statements += 1
      return client.query({ text: statement.text, values: statement.values as unknown[] }).catch(explain)
    }
    return dbOf(query)
  }

  return {
    db: onClient(pool),
    tx: (work) => inTransaction(pool, async (client) => work(onClient(client))),
    pool,
    connect: () => pool.connect().catch(explain),
    statements: () => statements,
    close: () => pool.end(),
  }
}

type Query = (statement: Sql) => Promise<pg.QueryResult<Record<string, unknown>>>

function dbOf(query: Query): Db {
  const all = async <T>(row: z.ZodType<T>, statement: Sql): Promise<T[]> => {
    const result = await query(statement)
    const names = result.fields.map((field) => [field.name, camel(field.name)] as const)
    return result.rows.map((cells) => row.parse(Object.fromEntries(names.map(([from, to]) => [to, cells[from]]))))
  }
  const maybe = async <T>(row: z.ZodType<T>, statement: Sql): Promise<T | null> => {
    const rows = await all(row, statement)
    if (rows.length > 1) throw new RangeError(`one row expected, ${rows.length} came: ${statement.text}`)
    return rows[0] ?? null
  }
  const one = async <T>(row: z.ZodType<T>, statement: Sql): Promise<T> => {
    const found = await maybe(row, statement)
    if (found === null) throw new RangeError(`one row expected, none came: ${statement.text}`)
    return found
  }
  return { all, maybe, one, run: async (statement) => (await query(statement)).rowCount ?? 0 }
}

const triesOfATransaction = 4

async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    const client = await pool.connect().catch(explain)
    let broken: Error | undefined
    try {
      await client.query('begin')
      const outcome = await work(client)
      await client.query('commit')
      return outcome
    } catch (error) {
      await client.query('rollback').catch((failed: Error) => {
        broken = failed
      })
      if (!isConflict(error) || tried >= triesOfATransaction) throw error
    } finally {
      client.release(broken)
    }
  }
}

const deadlock = '40P01'
const serialisation = '40001'

function isConflict(error: unknown): boolean {
  const code = databaseCode(error)
  return code === deadlock || code === serialisation
}

/** The five-character code PostgreSQL gave, of this error or its cause; null when it is another kind of error. */
function databaseCode(error: unknown): string | null {
  if (error instanceof pg.DatabaseError) return error.code ?? null
  return error instanceof Error && error.cause !== undefined ? databaseCode(error.cause) : null
}

/** The name of the constraint that refused, or null. */
export function constraintOf(error: unknown): string | null {
  if (error instanceof pg.DatabaseError) return error.constraint ?? null
  return error instanceof Error && error.cause !== undefined ? constraintOf(error.cause) : null
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ENOTFOUND',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '28P01',
  '3D000',
  '53300',
])

/** True when the database did not answer, as far as the error tells. */
export function isUnreachable(error: unknown): boolean {
  const code = (error as { code?: string } | null)?.code
  const isConnection =
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect|not queryable/.test(error.message)
  return isConnection || (code !== undefined && unreachable.has(code))
}

function explain(error: unknown): never {
  const code = (error as { code?: string }).code
  if (code === '53100') throw new Failure('DISK_FULL', { path: 'PostgreSQL' }, error)
  if (isUnreachable(error)) {
    throw new Failure('DATABASE_UNREACHABLE', { reason: code ?? (error as Error).message }, error)
  }
  throw error
}
