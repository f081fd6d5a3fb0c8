import { runningClock } from '../../aid/clock.ts'
import { type AuthoriseWish, type Controls, controlCalls } from '../../aid/control.ts'
import { everyFault } from '../../aid/faults.ts'
import { type Asked, type Reply, serve } from '../../aid/http.ts'
import type { About, Simulator, SimulatorOptions, StartSimulator } from '../../simulator.ts'
import { act } from './acts.ts'
import { extraCalls } from './extras.ts'
import { route } from './gateway.ts'
import { listingStates, seedListings } from './goods.ts'
import { authorise, authorisePath, livesOf } from './oauth.ts'
import { placeOrders } from './placing.ts'
import { truthOf } from './truth.ts'
import { credentialsOf, newWorld, type World } from './world.ts'

/** Starts the simulated Douyin shop. `pushTo` is the address set in the app's console. */
export const start: StartSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const firstSeed = options.seed ?? 1
  const clock = runningClock()
  const fresh = (seed: number): Fresh => {
    const world = newWorld({ seed, clock, pushTo: options.pushTo ?? null })
    return { world, credentials: credentialsOf(world, { accessMs: firstLifeMs, refreshMs: firstLifeMs }) }
  }
  let current = fresh(firstSeed)
  let address = ''

  const about = (): About => ({ channel: 'douyin', zh: '抖店', address, credentials: current.credentials })
  const reset = (seed: number | undefined) => {
    current.world.pushes.close()
    clock.fix(null)
    current = fresh(seed ?? firstSeed)
  }
  const world = () => current.world
  const control = controlCalls(controlsOf({ world, about, reset }), extraCalls(world))
  const served = await serve(options.port ?? 0, (asked) => control(asked) ?? protocol(current.world, asked))
  address = served.address
  return {
    about: about(),
    close: async () => {
      current.world.pushes.close()
      await served.close()
    },
  }
}

/** Ten years, so that the credentials of `about` hold whatever day a test makes it. */
const firstLifeMs = 10 * 365 * 86_400_000

interface Fresh {
  readonly world: World
  readonly credentials: Readonly<Record<string, string>>
}

function protocol(world: World, asked: Asked): Reply {
  const isPage = asked.path === authorisePath && asked.method === 'GET'
  return isPage ? authorise(world, asked) : route(world, asked)
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
    buy: (purchase) => ({ orders: placeOrders(world(), purchase).map((order) => truthOf(world(), order)) }),
    act: (deed) => act(world(), deed),
    orders: (since) =>
      [...world().orders.values()]
        .filter(({ updatedAt }) => updatedAt >= since)
        .map((order) => truthOf(world(), order)),
    shipments: () => [...world().shipments.values()],
    counts: () => countsOf(world()),
    setFaults: (plan) => world().faults.set(plan),
    faults: () => ({ catalogue: everyFault, plan: world().faults.plan() }),
    fixClock: (ms) => ({ now: world().clock.fix(ms) }),
    authorise: (wish) => ({ credentials: credentialsOf(world(), wishedLives(world(), wish)) }),
    reset,
  }
}

function wishedLives(world: World, { expiresInMs, refreshable }: AuthoriseWish) {
  const { accessMs, refreshMs } = livesOf(world)
  const accessLife = expiresInMs ?? accessMs
  return { accessMs: accessLife, refreshMs: refreshable === false ? 0 : Math.max(refreshMs, accessLife) }
}

function countsOf({ calls, violations, refused, faults, pushes }: World) {
  return { calls: { ...calls }, violations, refused: { ...refused }, faultsPlayed: faults.played(), ...pushes.counts() }
}
