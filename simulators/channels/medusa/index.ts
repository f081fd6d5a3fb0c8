import { type Clock, runningClock } from '../../aid/clock.ts'
import { type AuthoriseWish, type Controls, controlCalls, refusal } from '../../aid/control.ts'
import { everyFault, type FaultPlayer, faultPlayer } from '../../aid/faults.ts'
import { html, serve } from '../../aid/http.ts'
import { chance } from '../../aid/random.ts'
import type { About, Simulator, SimulatorOptions, Truth } from '../../simulator.ts'
import { act } from './acts.ts'
import { openGate } from './auth.ts'
import { page } from './breakage.ts'
import { buy } from './buyers.ts'
import { type Door, openDoor } from './door.ts'
import { listingOf, seedGoods } from './goods.ts'
import { createKeys, type Keys } from './keys.ts'
import type { Order } from './model.ts'
import { createPushes, type Pushes } from './pushes.ts'
import { openShop, ourLocationId, type Shop } from './shop.ts'
import { shipmentsOf, truthOf } from './truth.ts'
import { setLevels, setStates } from './wishes.ts'

interface Site {
  readonly startSeed: number
  readonly clock: Clock
  readonly faults: FaultPlayer
  readonly keys: Keys
  readonly pushes: Pushes
  readonly door: Door
  readonly webhookSecret: string
  shop: Shop
  address: string
}

/** Starts a Medusa shop whose app has a subscriber that posts to `pushTo`. Source: own-site.md 5 and 6.1. */
export async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const site = build(options)
  const control = controlCalls(controlsOf(site), extraCalls(site))
  const served = await serve(options.port ?? 0, (asked) => {
    const reply = control(asked)
    if (reply) return reply
    const isApi = asked.path.startsWith('/admin/') || asked.path.startsWith('/auth/')
    return isApi ? site.door.answer(asked) : html(page('木白家居'), asked.path === '/' ? 200 : 404)
  })
  site.address = served.address
  return {
    about: aboutOf(site),
    close: async () => {
      site.pushes.close()
      await served.close()
    },
  }
}

function build({ seed: startSeed = 1, pushTo }: SimulatorOptions): Site {
  const clock = runningClock()
  const faults = faultPlayer(startSeed)
  const keys = createKeys(startSeed, clock.now)
  const dice = chance(`${startSeed}:pushes`)
  const webhookSecret = `whsec_${Buffer.from(Array.from({ length: 32 }, () => dice.whole(0, 255))).toString('base64')}`
  const plays = (kind: Parameters<FaultPlayer['strikes']>[0]) => faults.strikes(kind, 'push')
  const surroundings = { now: clock.now, secret: webhookSecret, chance: dice.fraction, plays }
  const pushes = createPushes(surroundings, { url: pushTo ?? null, scale: 1 })
  const gate = openGate({ keys, now: clock.now, secret: `sessions of ${startSeed}` })
  const door = openDoor({ shop: () => site.shop, gate, faults })
  const shop = openShop({ seed: startSeed, now: clock.now, tell: pushes.tell })
  const site: Site = { startSeed, clock, faults, keys, pushes, door, webhookSecret, shop, address: '' }
  return site
}

function aboutOf(site: Site): About {
  return { channel: 'medusa', zh: 'Medusa', address: site.address, credentials: credentialsOf(site) }
}

function credentialsOf({ address, keys, webhookSecret }: Site): About['credentials'] {
  return { address, secretKey: keys.newest(), stockLocationId: ourLocationId, webhookSecret }
}

function controlsOf(site: Site): Controls {
  return {
    about: () => aboutOf(site),
    seedListings: (seeds) => {
      seedGoods(site.shop, seeds)
      return { count: site.shop.goods.size }
    },
    listings: () => [...site.shop.goods.values()].map((good) => listingOf(site.shop, good)),
    buy: (purchase) => ({ orders: buy(site.shop, purchase).map((order) => truth(site, order)) }),
    act: (what) => ({ changed: act(site.shop, what) }),
    orders: (since) =>
      [...site.shop.orders.all()].filter(({ updatedAt }) => updatedAt >= since).map((order) => truth(site, order)),
    shipments: () => [...site.shop.orders.all()].flatMap(shipmentsOf),
    counts: () => {
      const { sent: pushesSent, failed: pushesFailed } = site.pushes.state()
      return { ...site.door.counts(), faultsPlayed: site.faults.played(), pushesSent, pushesFailed }
    },
    setFaults: (plan) => {
      site.door.dropPaper()
      return site.faults.set(plan)
    },
    faults: () => ({ catalogue: everyFault, plan: site.faults.plan() }),
    fixClock: (now) => ({ now: site.clock.fix(now) }),
    authorise: ({ expiresInMs }: AuthoriseWish) => {
      site.keys.add(expiresInMs)
      return { credentials: credentialsOf(site) }
    },
    reset: (seed) => reset(site, seed ?? site.startSeed),
  }
}

/** Calls of this simulator alone: words and stock as a test wishes them, and where pushes go. */
function extraCalls(site: Site): NonNullable<Parameters<typeof controlCalls>[1]> {
  return {
    'POST /_sim/states': (body) => setStates(site.shop, body),
    'POST /_sim/levels': (body) => setLevels(site.shop, body),
    'GET /_sim/pushes': () => site.pushes.state(),
    'POST /_sim/pushes': (body) => {
      const before = site.pushes.state()
      const wish = body as { readonly url?: string | null; readonly scale?: number }
      const { url = before.url, scale = before.scale } = wish
      if (url !== null && !URL.canParse(url)) throw refusal('url must be a complete address or null')
      if (!(scale > 0)) throw refusal('scale must be above 0')
      site.pushes.aim({ url, scale })
      return site.pushes.state()
    },
  }
}

/** The first key and the push address outlive it, so that who is connected stays connected. */
function reset(site: Site, seed: number): void {
  site.clock.fix(null)
  site.faults.forget()
  site.keys.reset()
  site.pushes.forget()
  site.door.forget()
  site.shop = openShop({ seed, now: site.clock.now, tell: site.pushes.tell })
}

function truth(site: Site, order: Order): Truth {
  return truthOf(order, site.faults.strikesFor('hide', order.id, 'orders.list'))
}
