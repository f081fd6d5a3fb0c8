import { runningClock } from '../../aid/clock.ts'
import { type AuthoriseWish, type Controls, controlCalls } from '../../aid/control.ts'
import { everyFault } from '../../aid/faults.ts'
import { type Asked, json, type Reply, serve } from '../../aid/http.ts'
import type { About, FaultKind, Simulator, SimulatorOptions, StartSimulator } from '../../simulator.ts'
import { act } from './acts.ts'
import { changeOrders, changeSettings, setCase } from './extra.ts'
import { route } from './gateway.ts'
import { listingStates, seedListings } from './goods.ts'
import { authorisePage } from './page.ts'
import { placeOrders } from './placing.ts'
import { usual } from './settings.ts'
import { truthOf } from './truth.ts'
import { credentialsOf, newWorld, type World } from './world.ts'

/** Starts the simulated Pinduoduo. It pushes by WebSocket alone, which is not played, so `pushTo` has no use here. */
export const start: StartSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const firstSeed = options.seed ?? 1
  const clock = runningClock()
  const fresh = (seed: number): Fresh => {
    const world = newWorld(seed, clock)
    return { world, credentials: credentialsOf(world, { lifeMs: firstLifeMs, refreshMs: firstLifeMs }) }
  }
  let current = fresh(firstSeed)
  let address = ''

  const about = (): About => ({ channel: 'pinduoduo', zh: '拼多多', address, credentials: current.credentials })
  const reset = (seed: number | undefined) => {
    clock.fix(null)
    current = fresh(seed ?? firstSeed)
  }
  const control = controlCalls(controlsOf({ world: () => current.world, about, reset }), {
    'GET /_sim/settings': () => current.world.settings,
    'POST /_sim/settings': (body) => changeSettings(current.world, body),
    'POST /_sim/change': (body) => changeOrders(current.world, body),
    'POST /_sim/refund': (body) => setCase(current.world, body),
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
  if (asked.method === 'POST' && asked.path === '/api/router') return route(world, asked)
  if (asked.method === 'GET' && asked.path === '/open.html') return authorisePage(world, asked)
  return json({ error: `nothing here: ${asked.method} ${asked.path}` }, 404)
}

/** Pushes come by WebSocket, which is not played: pinduoduo.md 6. */
const catalogue: readonly FaultKind[] = everyFault.filter((kind) => kind !== 'lose-push')

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
    buy: (purchase) => ({ orders: placeOrders(world(), purchase).map((order) => truthOf(world(), order)) }),
    act: (deed) => act(world(), deed),
    orders: (since) =>
      [...world().orders.values()]
        .filter(({ touchedAt }) => touchedAt >= since)
        .map((order) => truthOf(world(), order)),
    shipments: () => [...world().shipments.values()],
    counts: () => countsOf(world()),
    setFaults: (plan) => world().faults.set(plan),
    faults: () => ({ catalogue, plan: world().faults.plan() }),
    fixClock: (ms) => ({ now: world().clock.fix(ms) }),
    authorise: (wish) => ({ credentials: credentialsOf(world(), wishOf(wish)) }),
    reset,
  }
}

function wishOf({ expiresInMs, refreshable = true }: AuthoriseWish) {
  return {
    lifeMs: expiresInMs ?? usual.tokenSeconds * 1000,
    refreshMs: refreshable ? usual.refreshSeconds * 1000 : null,
  }
}

function countsOf({ calls, flow, refused, faults }: World) {
  return {
    calls: { ...calls },
    violations: flow.violations(),
    refused: { ...refused },
    faultsPlayed: faults.played(),
    pushesSent: 0,
    pushesFailed: 0,
  }
}
