import { type Clock, runningClock } from '../../aid/clock.ts'
import { type AuthoriseWish, type Controls, controlCalls, refusal } from '../../aid/control.ts'
import { everyFault, type FaultPlayer, faultPlayer } from '../../aid/faults.ts'
import { serve } from '../../aid/http.ts'
import { chance } from '../../aid/random.ts'
import type { About, FaultPlan, Purchase, Simulator, SimulatorOptions } from '../../simulator.ts'
import { act } from './acts.ts'
import { buy } from './buyers.ts'
import { createKeys, type Keys } from './keys.ts'
import type { Order } from './model.ts'
import { type Door, openDoor, type Quotas, quotas } from './protocol.ts'
import { createPushes, type Pushes } from './pushes.ts'
import { listingOf, openShop, type Shop, seedGoods } from './shop.ts'
import { truthOf } from './truth.ts'
import { no } from './writes.ts'

/** What this simulator understands beside the options of all. */
export interface GenericOptions extends SimulatorOptions {
  /** Shortens the waits between the attempts of a push: 1 is real time, 0.001 a thousandth of it. */
  readonly pushScale?: number
}

interface Site {
  readonly startSeed: number
  readonly clock: Clock
  readonly faults: FaultPlayer
  readonly keys: Keys
  readonly pushes: Pushes
  readonly door: Door
  shop: Shop
  address: string
}

/** Pushes carry a signature of the newest secret and of the one before it. */
const pushSignatures = 2

/** Starts a hand-written website that keeps the signed contract. Source: own-site.md 6. */
export async function start(options: GenericOptions = {}): Promise<Simulator> {
  const site = build(options)
  const control = controlCalls(controlsOf(site), extraCalls(site))
  const served = await serve(options.port ?? 0, (asked) => {
    const reply = control(asked)
    if (reply) return reply
    return asked.path.startsWith('/oms/') ? site.door.answer(asked) : no(404, 'not_found')
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

function build({ seed: startSeed = 1, pushTo, pushScale = 1 }: GenericOptions): Site {
  const clock = runningClock()
  const faults = faultPlayer(startSeed)
  const keys = createKeys(startSeed, clock.now)
  const dice = chance(`${startSeed}:pushes`)
  const pushes = createPushes(
    {
      now: clock.now,
      secrets: () => keys.live().slice(0, pushSignatures),
      chance: dice.fraction,
      plays: (kind) => faults.strikes(kind, 'push'),
    },
    { url: pushTo ?? null, scale: pushScale },
  )
  const shop = openShop({ seed: startSeed, now: clock.now, tell: pushes.tell })
  const door = openDoor({ shop: () => site.shop, keys, clock, faults })
  const site: Site = { startSeed, clock, faults, keys, pushes, door, shop, address: '' }
  return site
}

function aboutOf(site: Site): About {
  return { channel: 'generic', zh: '自建网站', address: site.address, credentials: credentialsOf(site) }
}

/** The newest secret that holds. */
function credentialsOf({ address, keys }: Site): About['credentials'] {
  return { address, secret: keys.live()[0] ?? '' }
}

function controlsOf(site: Site): Controls {
  return {
    about: () => aboutOf(site),
    seedListings: (seeds) => {
      seedGoods(site.shop, seeds)
      return { count: site.shop.goods.size }
    },
    listings: () => [...site.shop.goods.values()].map(listingOf),
    buy: (purchase: Purchase) => ({ orders: buy(site.shop, purchase).map((order) => truth(site, order)) }),
    act: (what) => ({ changed: act(site.shop, what) }),
    orders: (since) => site.shop.orders.since(since).map((order) => truth(site, order)),
    shipments: () => [...site.shop.reports.values()],
    counts: () => {
      const { sent: pushesSent, failed: pushesFailed } = site.pushes.state()
      return { ...site.door.counts(), faultsPlayed: site.faults.played(), pushesSent, pushesFailed }
    },
    setFaults: (plan: FaultPlan) => site.faults.set(plan),
    faults: () => ({ catalogue: everyFault, plan: site.faults.plan() }),
    fixClock: (now) => {
      const before = site.clock.now()
      const after = site.clock.fix(now)
      if (after < before) site.shop.orders.forgetPages()
      return { now: after }
    },
    authorise: ({ expiresInMs }: AuthoriseWish) => {
      site.keys.add(expiresInMs)
      return { credentials: credentialsOf(site) }
    },
    reset: (seed) => reset(site, seed ?? site.startSeed),
  }
}

/** Calls of this simulator alone: where pushes go and how fast they are repeated, the change of keys, and the quotas. */
function extraCalls(site: Site): Parameters<typeof controlCalls>[1] {
  return {
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
    'POST /_sim/rotate': (body) => {
      const { finish = false } = body as { readonly finish?: boolean }
      if (finish) site.keys.dropOld()
      else site.keys.add()
      return { credentials: credentialsOf(site) }
    },
    'POST /_sim/quotas': (body) => {
      const wanted = { ...quotas, ...(body as Partial<Quotas>) }
      if (!Object.values(wanted).every((perSecond) => perSecond > 0)) throw refusal('each quota must be above 0')
      site.door.allow(wanted)
      return wanted
    },
  }
}

/** The first secret and the push address outlive it, so that who is connected stays connected. */
function reset(site: Site, seed: number): void {
  site.clock.fix(null)
  site.faults.forget()
  site.keys.reset()
  site.pushes.forget()
  site.door.forget()
  site.shop = openShop({ seed, now: site.clock.now, tell: site.pushes.tell })
}

function truth(site: Site, order: Order): ReturnType<typeof truthOf> {
  return truthOf(order, {
    hidden: site.faults.strikesFor('hide', order.id, 'orders.list'),
    itemNo: (sku) => site.shop.goods.get(sku)?.id ?? '',
  })
}
