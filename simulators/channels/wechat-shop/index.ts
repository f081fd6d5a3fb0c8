import { type Clock, runningClock } from '../../aid/clock.ts'
import { type AuthoriseWish, type Controls, controlCalls, refusal } from '../../aid/control.ts'
import { everyFault } from '../../aid/faults.ts'
import { type Asked, json, type Reply, serve } from '../../aid/http.ts'
import { chance } from '../../aid/random.ts'
import type { About, Counts, Simulator, SimulatorOptions } from '../../simulator.ts'
import { act } from './acts.ts'
import { route } from './gateway.ts'
import { listingStates, seedListings } from './goods.ts'
import { type KeyRing, keyRing } from './keys.ts'
import { aboutMiniProgram, type PaymentWish, payInMiniProgram, setPaymentState } from './mini-program/control.ts'
import type { MiniPayment } from './mini-program/state.ts'
import { placeOrders } from './placing.ts'
import { createPushes, type Pushes } from './pushes.ts'
import { type Happening, happen } from './requests.ts'
import { type Settings, usual } from './settings.ts'
import { appsOf } from './tokens.ts'
import { shipmentOf, truthOf } from './truth.ts'
import { newWorld, type World } from './world.ts'

export interface Site {
  readonly startSeed: number
  readonly clock: Clock
  readonly keys: KeyRing
  readonly pushes: Pushes
  world: World
  address: string
}

/** Starts the simulated WeChat Shop, the mini-program's calls included. */
export function start(options: SimulatorOptions = {}): Promise<Simulator> {
  return startAs(options, controlsOf)
}

/** The same platform with other control calls in front: what is bought and looked at need not be the shop's. */
export async function startAs(options: SimulatorOptions, face: (site: Site) => Controls): Promise<Simulator> {
  const site = build(options)
  const controls = face(site)
  const control = controlCalls(controls, extraCalls(site))
  const served = await serve(options.port ?? 0, (asked) => answer(site, control, asked))
  site.address = served.address
  return {
    about: controls.about(),
    close: async () => {
      site.pushes.close()
      await served.close()
    },
  }
}

function build({ seed: startSeed = 1, pushTo }: SimulatorOptions): Site {
  const clock = runningClock()
  const keys = keyRing(startSeed)
  const [{ appId }] = appsOf(startSeed)
  const pushes = createPushes(
    {
      now: clock.now,
      keys,
      appId,
      dice: chance(`${startSeed}:pushes`),
      style: () => site.world.settings,
      plays: (kind) => site.world.faults.strikes(kind, 'push'),
    },
    pushTo ?? null,
  )
  const world = newWorld({ seed: startSeed, keySeed: startSeed, clock, push: pushes.push })
  const site: Site = { startSeed, clock, keys, pushes, world, address: '' }
  return site
}

/** The check of the push address waits for an answer, which no other control call does. */
async function answer(site: Site, control: (asked: Asked) => Reply | null, asked: Asked): Promise<Reply> {
  if (`${asked.method} ${asked.path}` === 'POST /_sim/check-address') return json(await site.pushes.checkAddress())
  return control(asked) ?? route(site.world, asked)
}

function aboutOf(site: Site): About {
  return { channel: 'wechat-shop', zh: '微信小店', address: site.address, credentials: credentialsOf(site) }
}

/** As a person types them in from the console; the previous key while a change of keys is under way. */
function credentialsOf({ world, keys }: Site): About['credentials'] {
  const [{ appId, secret: appSecret }] = world.apps
  const { callbackToken, encodingAesKey, previousEncodingAesKey } = keys.keys()
  const typedIn = { appId, appSecret, callbackToken, encodingAesKey }
  return previousEncodingAesKey === null ? typedIn : { ...typedIn, previousEncodingAesKey }
}

export function controlsOf(site: Site): Controls {
  return {
    about: () => aboutOf(site),
    seedListings: (seeds) => seedListings(site.world, seeds),
    listings: () => listingStates(site.world),
    buy: (purchase) => ({ orders: placeOrders(site.world, purchase).map((order) => truthOf(site.world, order)) }),
    act: (deed) => act(site.world, deed),
    orders: (since) =>
      [...site.world.orders.values()]
        .filter(({ touchedAt }) => touchedAt >= since)
        .map((order) => truthOf(site.world, order)),
    shipments: () => [...site.world.reported].map(shipmentOf),
    counts: () => countsOf(site),
    setFaults: (plan) => {
      if (plan.faults.length === 0) site.world.flow.lift()
      return site.world.faults.set(plan)
    },
    faults: () => ({ catalogue: everyFault, plan: site.world.faults.plan() }),
    fixClock: (ms) => ({ now: site.clock.fix(ms) }),
    authorise: (wish) => ({ credentials: { ...credentialsOf(site), accessToken: tokenFor(site.world, wish, 0) } }),
    reset: (seed) => reset(site, seed ?? site.startSeed),
  }
}

/** A token beside those that the platform's own calls hand out, of the shop's app (0) or the mini-program's (1). */
export function tokenFor({ tokens, apps, clock, settings }: World, { expiresInMs }: AuthoriseWish, app: 0 | 1): string {
  return tokens.extra(apps[app], clock.now(), expiresInMs ?? settings.tokenSeconds * 1000)
}

function countsOf({ world, pushes }: Site): Counts {
  const { sent: pushesSent, failed: pushesFailed } = pushes.state()
  return {
    calls: { ...world.calls },
    violations: world.flow.violations(),
    refused: { ...world.refused },
    faultsPlayed: world.faults.played(),
    pushesSent,
    pushesFailed,
  }
}

/** AppID, secret, first callback keys and push address outlive it; tokens do not. */
function reset(site: Site, seed: number): void {
  site.clock.fix(null)
  site.keys.reset()
  site.pushes.forget()
  site.world = newWorld({ seed, keySeed: site.startSeed, clock: site.clock, push: site.pushes.push })
}

/** Calls of this simulator alone; the README lists them. */
function extraCalls(site: Site): Parameters<typeof controlCalls>[1] {
  return {
    'GET /_sim/settings': () => site.world.settings,
    'POST /_sim/settings': (body) => changeSettings(site.world, body),
    'POST /_sim/happen': (body) => happen(site.world, body as Happening),
    'POST /_sim/products': (body) => changeProduct(site.world, body as ProductWish),
    'GET /_sim/pushes': () => site.pushes.state(),
    'POST /_sim/pushes': (body) => {
      const { url } = body as { readonly url?: string | null }
      if (url !== null && !URL.canParse(url ?? '')) throw refusal('url must be a complete address or null')
      site.pushes.aim(url ?? null)
      return site.pushes.state()
    },
    'POST /_sim/rotate': (body) => {
      if ((body as { readonly finish?: boolean }).finish === true) site.keys.finish()
      else site.keys.rotate()
      return { credentials: credentialsOf(site) }
    },
    'GET /_sim/mini-program': () => aboutMiniProgram(site.world),
    'POST /_sim/mini-program/pay': (body) => payInMiniProgram(site.world, body as PaymentWish),
    'POST /_sim/mini-program/state': (body) => {
      const { tradeNo, state } = body as { readonly tradeNo: string; readonly state: MiniPayment['state'] }
      return setPaymentState(site.world, tradeNo, state)
    },
  }
}

/** Changes what is named and leaves the rest; limits start anew. */
function changeSettings(world: World, body: unknown): Settings {
  const unknownName = Object.keys(body as object).find((name) => !Object.hasOwn(usual, name))
  if (unknownName !== undefined) throw refusal(`no such setting: ${unknownName}`)
  world.settings = { ...world.settings, ...(body as Partial<Settings>) }
  world.flow.restart()
  return world.settings
}

interface ProductWish {
  readonly product: string
  readonly status?: number
  readonly editStatus?: number
}

/** A product is reviewed, taken down, banned, or was never listed. */
function changeProduct(world: World, { product, status, editStatus }: ProductWish): { readonly changed: number } {
  const found = [...world.products.values()].filter((each) => each.product === product)
  for (const each of found) {
    each.status = status ?? each.status
    each.editStatus = editStatus ?? each.editStatus
  }
  return { changed: found.length }
}
