import type { Route } from '../contract/route.ts'
import type { Permission } from '../core/access/permissions.ts'
import type { EventName } from '../core/events.ts'
import type { Instant } from '../core/time/instant.ts'
import type { AnyChannel } from '../kit/channel.ts'
import type { Db } from './db/open.ts'
import type { Visit } from './http/visit.ts'
import type { Log } from './log.ts'
import type { Send } from './send/send.ts'
import type { Vault } from './vault/vault.ts'

/** Who acts: a person at a page, an integrator's token, or the product itself (jobs). */
export interface Actor {
  readonly kind: 'person' | 'token' | 'system'
  /** Key of the person or token; null for the system. */
  readonly id: number | null
  readonly name: string
  readonly permissions: ReadonlySet<Permission>
}

/** Plug-ins that modules may ask; null or a Failure where there is none. */
export interface Plugs {
  readonly channels: readonly AnyChannel[]
  /** Throws CHANNEL_UNKNOWN. */
  readonly channel: (id: string) => AnyChannel
}

/** All a use case is given. Inside `tx` its `db` is the transaction; nothing else is passed around and nothing is global. */
export interface Ctx {
  readonly db: Db
  readonly tx: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>
  readonly now: () => Instant
  readonly actor: Actor
  readonly plugs: Plugs
  readonly has: (module: string) => boolean
  readonly vault: Vault
  readonly send: Send
  /** Jobs that hear an event. */
  readonly listenersOf: (event: EventName) => readonly string[]
  readonly settings: Settings
  readonly log: Log
}

export interface Settings {
  /** True when the outside world is simulated: plain HTTP to loopback is allowed and nothing else. */
  readonly isSandbox: boolean
  /** Where this installation is reached, for redirects and webhook addresses; no trailing slash. */
  readonly publicUrl: string
  readonly dataDir: string
}

/** What a job does with its input. It may run twice: its data or its key make that harmless. */
export interface Job {
  readonly name: string
  readonly run: (ctx: Ctx, input: unknown) => Promise<void>
}

/** A job that comes again by itself. */
export interface Schedule {
  readonly job: string
  readonly everyMs: number
}

/** A described call with the function that answers it. */
export interface ServedRoute {
  readonly route: Route
  readonly answer: (ctx: Ctx, input: never, visit: Visit) => Promise<unknown>
  /** True: `answer` gives a SessionAnswer. */
  readonly movesSession?: boolean
}

/** A module is data to the apps: not mounting it is switching it off. */
export interface Module {
  readonly name: string
  readonly routes: readonly ServedRoute[]
  readonly jobs: readonly Job[]
  readonly listeners: Partial<Record<EventName, readonly string[]>>
  readonly schedules: readonly Schedule[]
}

/** What the product does of itself may do everything; each deed is still written down with this name. */
export const systemActor = (permissions: ReadonlySet<Permission>): Actor => ({
  kind: 'system',
  id: null,
  name: '系统',
  permissions,
})
