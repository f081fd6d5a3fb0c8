import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../../src/platform/db/embedded.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { type Connection, openDatabase } from '../../src/platform/db/open.ts'
import { runOnServer } from './database.ts'

const prefix = 'tongdan-test-'

/** One server a test run, gone afterwards: the product's own, or the one at TEST_DATABASE_URL. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer(process.env.TEST_DATABASE_URL)
  const template = `template_${randomBytes(6).toString('hex')}`
  await runOnServer(server.connection, `create database ${template}`)
  const database = openDatabase({ connection: { ...server.connection, database: template }, poolSize: 2 })
  await migrate(database)
  await database.close()
  project.provide('testServer', { connection: server.connection, template })
  return async () => {
    await runOnServer(server.connection, `drop database if exists ${template} with (force)`)
    await server.stop()
  }
}

interface Server {
  readonly connection: Required<Connection>
  readonly stop: () => Promise<void>
}

async function openServer(url: string | undefined): Promise<Server> {
  if (url !== undefined) return { connection: readUrl(url), stop: () => Promise.resolve() }

  await stopForgotten()
  const dataDir = await mkdtemp(path.join(tmpdir(), `${prefix}${process.pid}-`))
  const server = await startEmbedded({ dataDir, durable: false })
  return {
    connection: server.connection,
    stop: async () => {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function readUrl(url: string): Required<Connection> {
  const { host, port, user, password, database } = new pg.Client(url)
  return { host, port, user: user ?? '', password: password ?? '', database: database ?? '' }
}

/** Stops the servers of test runs that were killed, and removes their files. */
async function stopForgotten(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(/^tongdan-test-(\d+)-/.exec(name)?.[1] ?? Number.NaN)
    if (Number.isNaN(pid) || isAlive(pid)) continue
    const dataDir = path.join(tmpdir(), name)
    const server = await startEmbedded({ dataDir, durable: false }).catch(() => null)
    await server?.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
