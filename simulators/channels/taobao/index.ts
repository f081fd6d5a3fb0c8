import { runningClock } from '../../aid/clock.ts'
import { type AuthoriseWish, type Controls, controlCalls, refusal } from '../../aid/control.ts'
import { everyFault } from '../../aid/faults.ts'
import { type Asked, json, type Reply, serve } from '../../aid/http.ts'
import type { About, Simulator, SimulatorOptions, StartSimulator } from '../../simulator.ts'
import { act } from './acts.ts'
import { route } from './gateway.ts'
import { listingStates, seedListings } from './goods.ts'
import { authorise, token } from './oauth.ts'
import { placeOrders } from './placing.ts'
import { type Settings, usual } from './settings.ts'
import { truthOf } from './truth.ts'
import { credentialsOf, newWorld, type World } from './world.ts'

/** Starts the simulated Taobao. It pushes nothing over HTTP: its messages are polled, so `pushTo` has no use here. */
export const start: StartSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const firstSeed = options.seed ?? 1
  const clock = runningClock()
  const fresh = (seed: number): Fresh => {
    const world = newWorld(seed, clock)
    return { world, credentials: credentialsOf(world, { lifeMs: firstLifeMs, refreshable: true }) }
  }
  let current = fresh(firstSeed)
  let address = ''

  const about = (): About => ({ channel: 'taobao', zh: '淘宝/天猫', address, credentials: current.credentials })
  const reset = (seed: number | undefined) => {
    clock.fix(null)
    current = fresh(seed ?? firstSeed)
  }
  const control = controlCalls(controlsOf({ world: () => current.world, about, reset }), {
    'GET /_sim/settings': () => current.world.settings,
    'POST /_sim/settings': (body) => changeSettings(current.world, body),
  })
  const served = await serve(options.port ?? 0, (asked) => control(asked) ?? protocol(current.world, asked))
  address = served.address
  return { about: about(), close: served.close }
}

/** Ten years, so that the credentials of `about` hold whatever day a test makes it. */
const firstLifeMs = 10 * 365 * 86_400_000

interface Fresh {
  readonly world: World
  readonly credentials: Readonly<Record<string, string>>
}

function protocol(world: World, asked: Asked): Reply {
  if (asked.path === '/router/rest') return route(world, asked)
  if (asked.path === '/authorize' && asked.method === 'GET') return authorise(world, asked)
  if (asked.path === '/token' && asked.method === 'POST') return token(world, asked)
  return json({ error: `nothing here: ${asked.method} ${asked.path}` }, 404)
}

interface Behind {
  readonly world: () => World
  readonly about: () => About
  readonly reset: (seed: number | undefined) => void
}

function controlsOf({ world, about, reset }: Behind): Controls {
  return {
    about,
    seedListings: (seeds) => seedListings(world(), seeds),
    listings: () => listingStates(world()),
    buy: (purchase) => ({ orders: placeOrders(world(), purchase).map((trade) => truthOf(world(), trade)) }),
    act: (deed) => act(world(), deed),
    orders: (since) =>
      [...world().trades.values()]
        .filter(({ touchedAt }) => touchedAt >= since)
        .map((trade) => truthOf(world(), trade)),
    shipments: () => [...world().shipments.values()],
    counts: () => countsOf(world()),
    setFaults: (plan) => {
      if (plan.faults.length === 0) world().flow.lift()
      return world().faults.set(plan)
    },
    faults: () => ({ catalogue: everyFault, plan: world().faults.plan() }),
    fixClock: (ms) => ({ now: world().clock.fix(ms) }),
    authorise: (wish) => ({ credentials: credentialsOf(world(), wishOf(wish)) }),
    reset,
  }
}

function wishOf({ expiresInMs, refreshable }: AuthoriseWish) {
  return { lifeMs: expiresInMs ?? usual.tokenSeconds * 1000, refreshable: refreshable ?? true }
}

function countsOf({ calls, flow, refused, faults, messages }: World) {
  return {
    calls: { ...calls },
    violations: flow.violations(),
    refused: { ...refused },
    faultsPlayed: faults.played(),
    pushesSent: messages.sent(),
    pushesFailed: 0,
  }
}

/** Changes what is named and leaves the rest; limits start anew. */
function changeSettings(world: World, body: unknown): Settings {
  if (typeof body !== 'object' || body === null) throw refusal('settings must be an object')
  const unknownName = Object.keys(body).find((name) => !Object.hasOwn(usual, name))
  if (unknownName !== undefined) throw refusal(`no such setting: ${unknownName}`)
  world.settings = { ...world.settings, ...body }
  world.flow.restart()
  return world.settings
}
