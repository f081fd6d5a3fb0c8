import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { inject } from 'vitest'
import type { Connection } from '../../src/platform/db/open.ts'

/** What the set-up of a test run hands to its tests: the server, and the database to clone. */
export interface TestServer {
  readonly connection: Required<Connection>
  readonly template: string
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer
  }
}

export interface TestDatabase {
  readonly connection: Required<Connection>
  /** The same as an address, for what takes DATABASE_URL. */
  readonly url: string
  readonly drop: () => Promise<void>
}

/** A fresh database of its own, with all migrations applied. Drop it when done; sessions still open are ended. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject('testServer')
  const name = `test_${randomBytes(6).toString('hex')}`
  await runOnServer(server.connection, `create database ${name} template ${server.template} strategy file_copy`)
  const connection = { ...server.connection, database: name }
  return {
    connection,
    url: urlOf(connection),
    drop: () => dropDatabase(server.connection, name),
  }
}

const insufficientPrivilege = '42501'

/** A vacuum of the server's own may be at work in it, which we may not end; it is over in a moment. */
async function dropDatabase(connection: Connection, name: string): Promise<void> {
  for (let tried = 0; ; tried += 1) {
    try {
      return await runOnServer(connection, `drop database if exists ${name} with (force)`)
    } catch (error) {
      if (tried >= 50 || (error as { readonly code?: string }).code !== insufficientPrivilege) throw error
      await pause(200)
    }
  }
}

/** Runs one statement on the server's own database. */
export async function runOnServer(connection: Connection, statement: string): Promise<void> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** An address in the form of DATABASE_URL; the folder of a socket stands where the host stands. */
export function urlOf({ host, port, user, password, database }: Required<Connection>): string {
  const [where, who, secret] = [host, user, password].map(encodeURIComponent)
  return `postgresql://${who}:${secret}@${where}:${port}/${database}`
}
