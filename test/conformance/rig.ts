import type { StartSimulator } from '../../simulators/simulator.ts'
import { Failure } from '../../src/core/failures.ts'
import type { Instant } from '../../src/core/time/instant.ts'
import type { AnyChannel, ChannelOperations, IncomingPush } from '../../src/kit/channel.ts'
import type { Account, Limit, OutgoingRequest } from '../../src/kit/plug.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { openLog } from '../../src/platform/log.ts'
import { openSend } from '../../src/platform/send/open-send.ts'
import { testDatabase } from '../aid/database.ts'
import { aidFor } from './channel-aid.ts'
import { type Controls, controlsOf } from './controls.ts'
import { openPushBox } from './push-box.ts'

type Credentials = Readonly<Record<string, string>>
export type Shop = Account<Credentials>
type Operations = ChannelOperations<Credentials>
export type OperationName = keyof Operations

/** A plug-in against a simulator, with the product's own way out between them, and a clock that both share. */
export interface Rig {
  readonly plug: AnyChannel
  readonly controls: Controls
  /** The operation; throws when the plug-in has none. */
  readonly does: <Name extends OperationName>(name: Name) => Operations[Name]
  readonly has: (name: OperationName) => boolean
  /** Everything forgotten on the other side, and the shared clock back at the morning. */
  readonly fresh: () => Promise<void>
  readonly now: () => Instant
  /** Lets time pass for both sides. */
  readonly pass: (ms: number) => Promise<Instant>
  /**
   * An authorised shop, a new one to the way out each time. Given the manifest's limits the way out keeps them in real time; without, the
   * clock of both sides is moved on before each call by what those limits ask for, so that nothing waits and nothing comes too soon.
   */
  readonly shop: (limits?: readonly Limit[]) => Promise<Shop>
  /** The same shop, but what does not answer is given up soon. */
  readonly impatient: (shop: Shop) => Shop
  /** The form's fields as a person would type them in, before any authorisation. */
  readonly typedIn: Credentials
  /** What the simulator pushed to us so far, where its platform pushes by HTTP. */
  readonly pushes: () => readonly IncomingPush[]
  /** What the product wrote into its log so far, failures given to `refusal` included. */
  readonly logged: () => string
  /** The failure that `work` ends with; throws when it ends well or with something else. Logged as the product logs it. */
  readonly refusal: (work: () => Promise<unknown>) => Promise<Failure>
  /** Rows of the record of calls, as text. */
  readonly recorded: () => Promise<string>
  readonly close: () => Promise<void>
}

/** The morning of 11 November 2026 in Beijing. */
const morning: Instant = Date.parse('2026-11-11T02:00:00Z')
/** Long enough for a busy machine; an impatient shop gives up what hangs at once. */
const patience = { totalMs: 15_000, listMs: 15_000 }
const impatience = { totalMs: 150, listMs: 150 }
let shops = 0

export async function openRig(plug: AnyChannel, start: StartSimulator): Promise<Rig> {
  const box = await openPushBox((await aidFor(plug.manifest.id)).pushAnswer)
  const simulator = await start({ seed: 11, pushTo: box.address })
  const controls = controlsOf(simulator.about.address)
  const clock = sharedClock(controls)
  const own = await openOwnSide(clock.now)
  await clock.set(morning)

  const { address, credentials: offered } = simulator.about
  const names = plug.manifest.fields.filter(({ kind }) => kind !== 'obtained').map(({ name }) => name)
  const typedIn = Object.fromEntries(Object.entries(offered).filter(([name]) => names.includes(name)))
  const pass = (ms: number) => clock.set(clock.now() + ms)
  const keepPace = (request: OutgoingRequest) => pass(dueMs(plug.manifest.limits, request))
  return {
    plug,
    controls,
    typedIn,
    has: (name) => plug.operations[name] !== undefined,
    does: (name) => operationOf(plug, name),
    fresh: async () => {
      await controls.ask('reset', {})
      await clock.set(morning)
      box.empty()
    },
    now: clock.now,
    pass,
    shop: async (limits = []) => {
      const credentials: Credentials = plug.manifest.credentials.parse(typedIn)
      const wait = limits.length === 0 ? keepPace : null
      const send = own.sendFor(plug, { credentials, limits, wait })
      const account = { credentials, address, send, now: clock.now }
      return { ...account, credentials: await authorisedOf(plug, account) }
    },
    impatient: (shop) => ({ ...shop, send: own.impatientFor(plug, keepPace) }),
    pushes: box.pushes,
    logged: own.logged,
    refusal: async (work) => own.log(await failureOf(work)),
    recorded: own.recorded,
    close: async () => {
      await simulator.close()
      await box.close()
      await own.close()
    },
  }
}

function sharedClock(controls: Controls) {
  let now = morning
  return {
    now: () => now,
    set: async (at: Instant) => {
      now = at
      await controls.setClock(at)
      return at
    },
  }
}

interface Caller {
  readonly credentials: Credentials
  readonly limits: readonly Limit[]
  /** Happens before each call; null where the way out keeps the limits itself. */
  readonly wait: ((request: OutgoingRequest) => Promise<unknown>) | null
}

/** The product's side: its way out, its records and its log. */
async function openOwnSide(now: () => Instant) {
  const own = await testDatabase()
  const database = openDatabase({ connection: own.connection, poolSize: 4 })
  const lines: string[] = []
  const log = openLog({ level: 'trace', destination: { write: (line) => void lines.push(line) } })
  const parts = { db: database.db, settings: { isSandbox: true }, log, now }
  const ways = { patient: openSend({ ...parts, timing: patience }), hasty: openSend({ ...parts, timing: impatience }) }
  return {
    impatientFor: ({ manifest }: AnyChannel, wait: NonNullable<Caller['wait']>): Shop['send'] => {
      shops += 1
      const caller = { shopId: shops, channel: manifest.id, appKey: `app-${shops}`, limits: [] }
      return async (request) => {
        await wait(request)
        return ways.hasty.send(caller, request)
      }
    },
    sendFor: ({ manifest }: AnyChannel, { credentials, limits, wait }: Caller): Shop['send'] => {
      shops += 1
      const appKey = wait === null ? manifest.appKeyOf(credentials) : `app-${shops}`
      const caller = { shopId: shops, channel: manifest.id, appKey, limits }
      return async (request) => {
        await wait?.(request)
        return ways.patient.send(caller, request)
      }
    },
    logged: () => lines.join(''),
    log: (failure: Failure) => {
      log.warn({ err: failure, details: failure.details }, 'a call failed')
      return failure
    },
    recorded: async () => JSON.stringify((await database.pool.query('select * from platform.call')).rows),
    close: async () => {
      await Promise.all([ways.patient.close(), ways.hasty.close()])
      await database.close()
      await own.drop()
    },
  }
}

/** How far apart calls like this one must be by these limits. */
function dueMs(limits: readonly Limit[], { operation, isWrite }: OutgoingRequest): number {
  const names = ['*', isWrite ? 'write' : 'read', operation]
  const own = limits.filter((limit) => names.includes(limit.operation))
  return Math.max(0, ...own.map(({ perMs, times }) => Math.ceil(perMs / times)))
}

function operationOf<Name extends OperationName>(plug: AnyChannel, name: Name): Operations[Name] {
  const operation = plug.operations[name]
  if (operation === undefined) throw new Error(`${plug.manifest.id} has no ${name}`)
  return operation
}

/** What the merchant confirms, or the token that the typed-in keys alone bring, or those keys. */
async function authorisedOf(plug: AnyChannel, account: Shop): Promise<Credentials> {
  if (plug.operations['auth.start'] !== undefined) return (await authorise(plug, account)).credentials
  if (plug.operations['auth.refresh'] === undefined) return account.credentials
  return (await plug.operations['auth.refresh'](account)).credentials
}

const redirectUri = 'https://erp.example/authorised'

/** As a merchant does it: to the platform's page, which sends the browser back with a code. */
export async function authorise(plug: AnyChannel, account: Shop) {
  const { url } = await operationOf(plug, 'auth.start')(account, { redirectUri, state: 'one-state' })
  const page = await fetch(url, { redirect: 'manual' })
  const back = new URL(page.headers.get('location') ?? '', url)
  const query = Object.fromEntries(back.searchParams)
  return operationOf(plug, 'auth.finish')(account, { redirectUri, query })
}

async function failureOf(work: () => Promise<unknown>): Promise<Failure> {
  const outcome = await work().then(
    () => null,
    (error: unknown) => error,
  )
  if (outcome instanceof Failure) return outcome
  throw outcome ?? new Error('it went well, though it should have failed')
}
