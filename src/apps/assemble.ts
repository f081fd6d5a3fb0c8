import path from 'node:path'
import { allPermissions } from '../core/access/permissions.ts'
import type { AnyChannel } from '../kit/channel.ts'
import { receivePush } from '../modules/channels/index.ts'
import type { Playground } from '../modules/ops/index.ts'
import { auditCall, openGate } from '../modules/security/index.ts'
import { systemClock } from '../platform/clock.ts'
import type { Config } from '../platform/config.ts'
import { type CtxFor, openCtx } from '../platform/ctx.ts'
import { type Connection, type Database, openDatabase } from '../platform/db/open.ts'
import { openHealth } from '../platform/health.ts'
import { type Http, openHttp } from '../platform/http/open.ts'
import { startWorker, type Worker } from '../platform/jobs/work.ts'
import type { Log } from '../platform/log.ts'
import { openMetrics } from '../platform/metrics.ts'
import { type Ctx, type Module, systemActor } from '../platform/module.ts'
import { openSend } from '../platform/send/open-send.ts'
import { openKeptVault } from '../platform/vault/keys.ts'
import { allModules, listenersOf } from './modules.ts'
import { plugsOf } from './plugs.ts'

/**
 * Jobs of one process at a time. Nearly all of it is waiting for platforms and for places in their limits, a few jobs a shop: with ten, six busy
 * shops kept a push waiting for thirty seconds. A shop that hangs holds three at most.
 */
export const jobsAtOnce = 30

/** The product put together over one database; `server`, `worker` and `start` use what they need of it. */
export interface House {
  readonly database: Database
  readonly modules: readonly Module[]
  readonly ctxFor: CtxFor
  /** The product itself as the actor. */
  readonly system: Ctx
  readonly openServer: () => Promise<Http>
  readonly openWorker: (atOnce: number) => Promise<Worker>
  readonly close: () => Promise<void>
}

export interface HouseParts {
  readonly config: Config
  /** Where the database answers; an address or the embedded server's socket. */
  readonly at: { readonly url: string } | { readonly connection: Connection }
  readonly channels: readonly AnyChannel[]
  readonly log: Log
  readonly isSandbox: boolean
  readonly playground?: Playground
  readonly poolSize?: number
}

const webFolder = path.join(import.meta.dirname, '../../web/dist')

/** Opens database, vault and way out, and binds the modules. Touches nothing outside until asked to serve or to work. */
export async function openHouse(parts: HouseParts): Promise<House> {
  const { config, log, isSandbox } = parts
  const database = openDatabase({ ...parts.at, poolSize: parts.poolSize ?? 14 })
  const settings = { isSandbox, publicUrl: config.publicUrl, dataDir: config.dataDir }
  const out = openSend({ db: database.db, settings, log, now: systemClock })
  const modules = allModules(parts.playground)
  const ctxFor = openCtx({
    database,
    now: systemClock,
    plugs: plugsOf(parts.channels),
    has: (name) => modules.some((module) => module.name === name),
    vault: await openKeptVault({ file: config.masterKeyFile, fromEnvironment: config.masterKey ?? undefined }),
    send: out.send,
    listenersOf: listenersOf(modules),
    settings,
    log,
  })
  const system = ctxFor(systemActor(new Set(allPermissions)))
  return {
    database,
    modules,
    ctxFor,
    system,
    openServer: () =>
      openHttp({
        modules,
        ctxFor,
        gate: openGate(system),
        database,
        health: openHealth(database),
        metrics: openMetrics(database.pool),
        log,
        publicUrl: config.publicUrl,
        isSandbox,
        webFolder,
        receivePush: (target, push) => receivePush(system, target, push),
        record: auditCall,
      }),
    openWorker: async (atOnce) => {
      const worker = await startWorker(system, modules, { pool: database.pool, atOnce })
      return {
        // Jobs that wait for a place within some limit would hold the end up for as long as they may work.
        stop: () => {
          out.shut()
          return worker.stop()
        },
      }
    },
    close: async () => {
      await out.close()
      await database.close()
    },
  }
}
