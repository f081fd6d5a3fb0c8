import { type Clock, runningClock } from '../../aid/clock.ts'
import { type Controls, controlCalls, refusal } from '../../aid/control.ts'
import { everyFault } from '../../aid/faults.ts'
import { serve } from '../../aid/http.ts'
import type { About, Simulator, SimulatorOptions } from '../../simulator.ts'
import { act, setRefunds, setStates } from './acts.ts'
import { buy } from './buyers.ts'
import { answerCall } from './gateway.ts'
import { listingStates, seedListings } from './goods.ts'
import { channelToken, type Keys, keyStore, secretOf } from './keys.ts'
import { mainLocation, type Order } from './model.ts'
import { createPushes, type Pushes } from './pushes.ts'
import { changed } from './settings.ts'
import { reportedShipments } from './shipping.ts'
import { truthOf } from './truth.ts'
import { newWorld, type World } from './world.ts'

/** What this simulator understands beside the options of all. */
export interface VendureOptions extends SimulatorOptions {
  /** Shortens the waits between the attempts of a push: 1 is real time, 0.001 a thousandth of it. */
  readonly pushScale?: number
}

interface Site {
  readonly seed: number
  readonly clock: Clock
  readonly keys: Keys
  readonly pushes: Pushes
  world: World
  address: string
}

/** Starts a shop on Vendure: its Admin API, and a subscriber beside it that pushes. Source: own-site.md 4 and 6.1. */
export async function start(options: VendureOptions = {}): Promise<Simulator> {
  const site = build(options)
  const control = controlCalls(controlsOf(site), extraCalls(site))
  const served = await serve(options.port ?? 0, (asked) => control(asked) ?? answerCall(site.world, site.keys, asked))
  site.address = served.address
  return {
    about: aboutOf(site),
    close: async () => {
      site.pushes.close()
      await served.close()
    },
  }
}

function build({ seed = 1, pushTo, pushScale = 1 }: VendureOptions): Site {
  const clock = runningClock()
  const around = { seed, secret: secretOf(seed), now: clock.now, faults: () => site.world.faults }
  const pushes: Pushes = createPushes(around, { url: pushTo ?? null, scale: pushScale })
  const site: Site = {
    seed,
    clock,
    keys: keyStore(seed, clock.now),
    pushes,
    world: newWorld({ seed, clock, tell: pushes.tell }),
    address: '',
  }
  return site
}

function aboutOf(site: Site): About {
  return { channel: 'vendure', zh: 'Vendure', address: site.address, credentials: credentialsOf(site) }
}

function credentialsOf({ address, keys, seed }: Site): About['credentials'] {
  return {
    address,
    apiKey: keys.newest() ?? '',
    channelToken,
    stockLocationId: String(mainLocation),
    webhookSecret: secretOf(seed),
  }
}

function controlsOf(site: Site): Controls {
  const truth = (order: Order) => truthOf(site.world, order)
  const isPlaced = ({ placedAt }: Order) => placedAt !== null
  return {
    about: () => aboutOf(site),
    seedListings: (seeds) => seedListings(site.world, seeds),
    listings: () => listingStates(site.world),
    buy: (purchase) => ({ orders: buy(site.world, purchase).map(truth) }),
    act: (what) => ({ changed: act(site.world, what) }),
    orders: (since) =>
      [...site.world.orders.values()].filter((order) => order.updatedAt >= since && isPlaced(order)).map(truth),
    shipments: () => reportedShipments(site.world),
    counts: () => {
      const { calls, refused, violations, faults } = site.world
      const { sent: pushesSent, failed: pushesFailed } = site.pushes.state()
      return { calls, refused, violations, faultsPlayed: faults.played(), pushesSent, pushesFailed }
    },
    setFaults: (plan) => site.world.faults.set(plan),
    faults: () => ({ catalogue: everyFault, plan: site.world.faults.plan() }),
    fixClock: (now) => ({ now: site.clock.fix(now) }),
    authorise: ({ expiresInMs }) => {
      site.keys.add(expiresInMs)
      return { credentials: credentialsOf(site) }
    },
    reset: (seed) => reset(site, seed ?? site.seed),
  }
}

/** Calls of this simulator alone. */
function extraCalls(site: Site): Parameters<typeof controlCalls>[1] {
  return {
    'GET /_sim/settings': () => site.world.settings,
    'POST /_sim/settings': (body) => {
      site.world.settings = changed(site.world.settings, body)
      return site.world.settings
    },
    'POST /_sim/states': (body) => setStates(site.world, body),
    'POST /_sim/refunds': (body) => setRefunds(site.world, body),
    'GET /_sim/pushes': () => site.pushes.state(),
    'POST /_sim/pushes': (body) => {
      const before = site.pushes.state()
      const { url = before.url, scale = before.scale } = body as {
        readonly url?: string | null
        readonly scale?: number
      }
      if (url !== null && !URL.canParse(url)) throw refusal('url must be a complete address or null')
      if (!(scale > 0)) throw refusal('scale must be above 0')
      site.pushes.aim({ url, scale })
      return site.pushes.state()
    },
  }
}

/** The first key, the secret and the push address outlive it, so that who is connected stays connected. */
function reset(site: Site, seed: number): void {
  site.clock.fix(null)
  site.keys.reset()
  site.pushes.forget()
  site.world = newWorld({ seed, clock: site.clock, tell: site.pushes.tell })
}
