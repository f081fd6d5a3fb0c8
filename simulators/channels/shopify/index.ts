import { type Clock, runningClock } from '../../aid/clock.ts'
import { type Controls, controlCalls, refusal } from '../../aid/control.ts'
import { everyFault } from '../../aid/faults.ts'
import { type Asked, type Reply, serve } from '../../aid/http.ts'
import type { About, Simulator, SimulatorOptions } from '../../simulator.ts'
import { act, setStates } from './acts.ts'
import { buy } from './buyers.ts'
import { answerCall } from './gateway.ts'
import { listingStates, seedListings } from './goods.ts'
import { mainLocation, type Order } from './model.ts'
import { answerOAuth } from './oauth.ts'
import { createPushes, type Pushes } from './pushes.ts'
import { answeringVersion } from './schema.ts'
import { changed } from './settings.ts'
import { reportedShipments } from './shipping.ts'
import { gid } from './text.ts'
import { app, type Tokens, tokenStore } from './tokens.ts'
import { truthOf } from './truth.ts'
import { newWorld, type World } from './world.ts'

/** What this simulator understands beside the options of all. */
export interface ShopifyOptions extends SimulatorOptions {
  /** Shortens the waits between the attempts of a push: 1 is real time, 0.001 a thousandth of it. */
  readonly pushScale?: number
}

interface Site {
  readonly seed: number
  readonly secret: string
  readonly clock: Clock
  readonly tokens: Tokens
  readonly pushes: Pushes
  world: World
  address: string
}

/** Starts a shop on Shopify, asked by GraphQL and telling by webhooks. Source: own-site.md 3. */
export async function start(options: ShopifyOptions = {}): Promise<Simulator> {
  const site = build(options)
  const control = controlCalls(controlsOf(site), extraCalls(site))
  const served = await serve(options.port ?? 0, (asked) => control(asked) ?? protocol(site, asked))
  site.address = served.address
  return {
    about: aboutOf(site),
    close: async () => {
      site.pushes.close()
      await served.close()
    },
  }
}

function build({ seed = 1, pushTo, pushScale = 1 }: ShopifyOptions): Site {
  const clock = runningClock()
  const secret = app.secretOf(seed)
  const tokens = tokenStore(seed, clock.now)
  const pushes: Pushes = createPushes(
    {
      seed,
      secret,
      now: clock.now,
      version: () => answeringVersion('2026-07', clock.now()),
      faults: () => site.world.faults,
    },
    { url: pushTo ?? null, scale: pushScale },
  )
  const site: Site = {
    seed,
    secret,
    clock,
    tokens,
    pushes,
    world: newWorld({ seed, clock, tell: pushes.tell }),
    address: '',
  }
  return site
}

function protocol({ world, tokens, secret, clock }: Site, asked: Asked): Reply {
  return answerOAuth({ tokens, secret, now: clock.now }, asked) ?? answerCall(world, tokens, asked)
}

function aboutOf(site: Site): About {
  return { channel: 'shopify', zh: 'Shopify', address: site.address, credentials: credentialsOf(site) }
}

function credentialsOf({ address, tokens, secret }: Site): About['credentials'] {
  return {
    address,
    accessToken: tokens.newest() ?? '',
    webhookSecret: secret,
    locationId: gid('Location', mainLocation),
  }
}

function controlsOf(site: Site): Controls {
  const truth = (order: Order) => truthOf(order, site.world.faults.strikesFor('hide', gid('Order', order.no), 'orders'))
  return {
    about: () => aboutOf(site),
    seedListings: (seeds) => seedListings(site.world, seeds),
    listings: () => listingStates(site.world),
    buy: (purchase) => ({ orders: buy(site.world, purchase).map(truth) }),
    act: (what) => ({ changed: act(site.world, what) }),
    orders: (since) =>
      [...site.world.orders.values()].filter(({ touchedAt, isTest }) => touchedAt >= since && !isTest).map(truth),
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
      site.tokens.add(expiresInMs)
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
      const { world } = site
      world.settings = changed(world.settings, body)
      world.bucket.open(world.settings.pointsPerSecond)
      return world.settings
    },
    'POST /_sim/states': (body) => setStates(site.world, body),
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

/** The first token, the secret and the push address outlive it, so that who is connected stays connected. */
function reset(site: Site, seed: number): void {
  site.clock.fix(null)
  site.tokens.reset()
  site.pushes.forget()
  site.world = newWorld({ seed, clock: site.clock, tell: site.pushes.tell })
}
