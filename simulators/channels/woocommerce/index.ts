import { type Clock, runningClock } from '../../aid/clock.ts'
import { type AuthoriseWish, type Controls, controlCalls, refusal } from '../../aid/control.ts'
import { everyFault, type FaultPlayer, faultPlayer } from '../../aid/faults.ts'
import { type Asked, html, type Reply, serve } from '../../aid/http.ts'
import { chance } from '../../aid/random.ts'
import type { About, Simulator, SimulatorOptions, Truth } from '../../simulator.ts'
import { act, setByHand } from './acts.ts'
import { openGate } from './auth.ts'
import { buy } from './buyers.ts'
import { takeUp } from './calls/webhooks.ts'
import { createDeliveries, type Deliveries } from './deliveries.ts'
import { type Door, openDoor } from './door.ts'
import { listingOf, seedGoods } from './goods.ts'
import { createKeys, type Keys } from './keys.ts'
import type { Order, Webhook } from './model.ts'
import { changed, usual } from './settings.ts'
import { openShop, type Shop } from './shop.ts'
import { shipmentsOf, truthOf } from './truth.ts'
import { giveKeys } from './wc-auth.ts'

interface Site {
  readonly startSeed: number
  readonly clock: Clock
  readonly faults: FaultPlayer
  readonly keys: Keys
  readonly deliveries: Deliveries
  readonly door: Door
  readonly webhookSecret: string
  /** Where the shop owner's webhooks go. */
  pushTo: string | null
  shop: Shop
  address: string
}

/** What the shop owner subscribes to for `pushTo`. */
const ownTopics = ['order.created', 'order.updated', 'order.deleted', 'product.updated']
/** How long the start waits for the pings to be taken. */
const pingPatienceMs = 1000

/** Starts a WooCommerce shop. With `pushTo` its owner has made webhooks, which have pinged that address. Source: own-site.md 2. */
export async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const site = build(options)
  const control = controlCalls(controlsOf(site), extraCalls(site))
  const served = await serve(options.port ?? 0, (asked) => control(asked) ?? answer(site, asked))
  site.address = served.address
  makeWebhooks(site)
  await Promise.race([site.deliveries.done(), patience()])
  return {
    about: aboutOf(site),
    close: async () => {
      site.deliveries.close()
      await served.close()
    },
  }
}

function answer(site: Site, asked: Asked): Reply | Promise<Reply> {
  if (asked.method === 'GET' && asked.path === '/wc-auth/v1/authorize') return giveKeys(site.keys, asked)
  const isRest = asked.path.startsWith('/wp-json') || asked.query.has('rest_route')
  return isRest
    ? site.door.answer(asked)
    : html('<!DOCTYPE html><title>木白家居</title>', asked.path === '/' ? 200 : 404)
}

function patience(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pingPatienceMs).unref())
}

function build({ seed: startSeed = 1, pushTo }: SimulatorOptions): Site {
  const clock = runningClock()
  const faults = faultPlayer(startSeed)
  const keys = createKeys(startSeed, clock.now)
  const shop = () => site.shop
  const deliveries = createDeliveries({ shop, plays: (kind) => faults.strikes(kind, 'push') })
  const door = openDoor({ shop, gate: openGate(keys, clock.now), faults })
  const webhookSecret = `whs_${chance(`${startSeed}:webhooks`).digits(32)}`
  const parts = { startSeed, clock, faults, keys, deliveries, door, webhookSecret, pushTo: pushTo ?? null, address: '' }
  const site: Site = { ...parts, shop: freshShop({ ...parts, address: () => site.address }, startSeed) }
  return site
}

type Ground = Pick<Site, 'clock' | 'deliveries'> & { readonly address: () => string }

function freshShop({ clock, deliveries, address }: Ground, seed: number): Shop {
  return openShop({ seed, now: clock.now, address, settings: usual, tell: deliveries.tell })
}

/** The shop owner's webhooks instead of whatever was there. */
function takeUpWebhooks({ shop, pushTo, webhookSecret }: Site): readonly Webhook[] {
  shop.webhooks.clear()
  if (pushTo === null) return []
  return ownTopics.map((topic) =>
    takeUp(shop, { name: `统单 ${topic}`, topic, deliveryUrl: pushTo, secret: webhookSecret }),
  )
}

/** Webhooks that are new ping. */
function makeWebhooks(site: Site): void {
  for (const { id } of takeUpWebhooks(site)) site.shop.tell({ topic: 'ping', webhookId: id })
}

function aboutOf(site: Site): About {
  return { channel: 'woocommerce', zh: 'WooCommerce', address: site.address, credentials: credentialsOf(site) }
}

function credentialsOf({ address, keys, webhookSecret }: Site): About['credentials'] {
  const { consumerKey, consumerSecret } = keys.newest()
  return { address, consumerKey, consumerSecret, webhookSecret }
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
      [...site.shop.orders.all()].filter(({ modifiedAt }) => modifiedAt >= since).map((order) => truth(site, order)),
    shipments: () => [...site.shop.orders.all()].flatMap(shipmentsOf),
    counts: () => {
      const { sent: pushesSent, failed: pushesFailed } = site.deliveries.state()
      return { ...site.door.counts(), faultsPlayed: site.faults.played(), pushesSent, pushesFailed }
    },
    setFaults: (plan) => site.faults.set(plan),
    faults: () => ({ catalogue: everyFault, plan: site.faults.plan() }),
    fixClock: (now) => ({ now: site.clock.fix(now) }),
    authorise: ({ expiresInMs }: AuthoriseWish) => {
      site.keys.add(expiresInMs === undefined ? {} : { expiresInMs })
      return { credentials: credentialsOf(site) }
    },
    reset: (seed) => reset(site, seed ?? site.startSeed),
  }
}

/** Calls of this simulator alone: plug-ins, statuses set by hand, keys with fewer rights, and where webhooks go. */
function extraCalls(site: Site): NonNullable<Parameters<typeof controlCalls>[1]> {
  return {
    'GET /_sim/plugins': () => site.shop.settings,
    'POST /_sim/plugins': (body) => {
      try {
        site.shop.settings = changed(site.shop.settings, body as Readonly<Record<string, unknown>>)
      } catch (fault) {
        throw fault instanceof RangeError ? refusal(fault.message) : fault
      }
      return site.shop.settings
    },
    'POST /_sim/status': (body) => {
      const { orderNos, status } = body as { readonly orderNos?: readonly string[]; readonly status?: string }
      if (!Array.isArray(orderNos) || !/^[a-z][a-z0-9-]*$/.test(status ?? ''))
        throw refusal('needs orderNos and a status')
      return { changed: orderNos.filter((no) => setByHand(site.shop, Number(no), status!) !== null) }
    },
    'POST /_sim/keys': (body) => {
      const { permissions = 'read_write' } = body as { readonly permissions?: 'read' | 'write' | 'read_write' }
      const { consumerKey, consumerSecret } = site.keys.add({ permissions })
      return { consumerKey, consumerSecret }
    },
    'GET /_sim/pushes': () => ({ url: site.pushTo, ...site.deliveries.state() }),
    'POST /_sim/pushes': (body) => {
      const { url } = body as { readonly url?: string | null }
      if (url === undefined || (url !== null && !URL.canParse(url)))
        throw refusal('url must be a complete address or null')
      site.pushTo = url
      makeWebhooks(site)
      return { url, ...site.deliveries.state() }
    },
  }
}

/** The first key and the shop owner's webhooks outlive it, so that who is connected stays connected; nothing pings again. */
function reset(site: Site, seed: number): void {
  site.clock.fix(null)
  site.faults.forget()
  site.keys.reset()
  site.deliveries.forget()
  site.door.forget()
  site.shop = freshShop({ ...site, address: () => site.address }, seed)
  takeUpWebhooks(site)
}

function truth(site: Site, order: Order): Truth {
  const hidden = site.faults.strikesFor('hide', String(order.id), 'orders.list')
  return truthOf(order, { hidden, notes: site.shop.notes.get(order.id) ?? [] })
}
