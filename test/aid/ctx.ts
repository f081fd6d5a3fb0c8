import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { allPermissions } from '../../src/core/access/permissions.ts'
import type { EventName } from '../../src/core/events.ts'
import { Failure } from '../../src/core/failures.ts'
import type { Instant } from '../../src/core/time/instant.ts'
import type { AnyChannel } from '../../src/kit/channel.ts'
import { type CtxFor, openCtx } from '../../src/platform/ctx.ts'
import { type Database, openDatabase } from '../../src/platform/db/open.ts'
import { prepareJobs } from '../../src/platform/jobs/work.ts'
import { silentLog } from '../../src/platform/log.ts'
import { type Ctx, systemActor } from '../../src/platform/module.ts'
import type { Send } from '../../src/platform/send/send.ts'
import { openVault } from '../../src/platform/vault/vault.ts'
import { type TestDatabase, testDatabase } from './database.ts'

export interface TestBed {
  readonly ctx: Ctx
  /** The same as somebody else. */
  readonly ctxFor: CtxFor
  readonly database: Database
  readonly own: TestDatabase
  /** Puts the clock forward; it stands still otherwise. */
  readonly pass: (ms: number) => void
  readonly close: () => Promise<void>
}

/** A `Ctx` on a database of its own with a clock that only the test moves. Nothing goes out unless `send` is given. */
export async function testBed(
  options: {
    readonly channels?: readonly AnyChannel[]
    readonly listeners?: Partial<Record<EventName, readonly string[]>>
    readonly send?: (database: Database) => Send
    /** `real` lets the clock run. */
    readonly now?: Instant | 'real'
  } = {},
): Promise<TestBed> {
  const own = await testDatabase()
  const database = openDatabase({ connection: own.connection, poolSize: 8 })
  await prepareJobs(database.pool)
  let now = typeof options.now === 'number' ? options.now : Date.parse('2026-11-11T04:00:00.000Z')
  const channels = options.channels ?? []
  const ctxFor = openCtx({
    database,
    now: () => (options.now === 'real' ? Date.now() : now),
    plugs: {
      channels,
      channel: (id) => {
        const found = channels.find((plug) => plug.manifest.id === id)
        if (!found) throw new Failure('CHANNEL_UNKNOWN', { channel: id })
        return found
      },
    },
    has: () => true,
    vault: openVault([{ id: 1, bytes: randomBytes(32) }]),
    send: options.send?.(database) ?? noWayOut,
    listenersOf: (event) => options.listeners?.[event] ?? [],
    settings: { isSandbox: true, publicUrl: 'http://127.0.0.1:4180', dataDir: tmpdir() },
    log: silentLog,
  })
  return {
    ctx: ctxFor(systemActor(new Set(allPermissions))),
    ctxFor,
    database,
    own,
    pass: (ms) => {
      now += ms
    },
    close: async () => {
      await database.close()
      await own.drop()
    },
  }
}

const noWayOut: Send = async (_caller, request) => {
  throw new Error(`nothing may go out here: ${request.url}`)
}
