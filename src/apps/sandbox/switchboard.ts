import { faultKinds } from '../../contract/switchboard.ts'
import { Failure } from '../../core/failures.ts'
import type { PlatformFaults, Switchboard, SwitchboardState } from '../../modules/ops/index.ts'
import type { OutsideWorld, SimulatedShop } from './outside-world.ts'

type Platform = SwitchboardState['platforms'][number]
type Kind = Platform['catalogue'][number]

interface Plan {
  readonly catalogue: readonly string[]
  readonly plan: { readonly faults: PlatformFaults }
}
interface Counts {
  readonly calls: Readonly<Record<string, number>>
  readonly refused: Readonly<Record<string, number>>
  readonly violations: number
  readonly faultsPlayed: Record<string, number>
}

/** The switchboard over the simulators' own control calls. The market opens last, so its address comes later. */
export function openSwitchboard(world: OutsideWorld, market: () => string | null): Switchboard {
  return {
    read: async () => ({
      platforms: await Promise.all(world.shops.map(platformOf)),
      market: await marketOf(market()),
    }),
    break: async (channel, faults) => {
      const shop = world.shops.find((one) => one.channel === channel)
      if (shop === undefined) throw new Failure('CHANNEL_UNKNOWN', { channel })
      await shop.control('faults', { faults })
    },
    pace: async (ordersPerMinute) => {
      const address = market()
      if (address === null) return
      if (ordersPerMinute === 0) return void (await askMarket(address, 'pause', {}))
      await askMarket(address, 'speed', { ordersPerMinute })
      await askMarket(address, 'resume', {})
    },
  }
}

const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((all, count) => all + count, 0)
const isKnown = (kind: string): kind is Kind => (faultKinds as readonly string[]).includes(kind)

async function platformOf(shop: SimulatedShop): Promise<Platform> {
  const { channel, zh } = shop
  try {
    const [{ catalogue, plan }, counts, { length }] = await Promise.all([
      shop.control<Plan>('faults'),
      shop.control<Counts>('counts'),
      shop.control<readonly unknown[]>('orders'),
    ])
    return {
      channel,
      zh,
      isThere: true,
      catalogue: catalogue.filter(isKnown),
      faults: plan.faults.map(({ kind, rate }) => ({ kind, rate })),
      calls: sum(counts.calls),
      refused: sum(counts.refused),
      violations: counts.violations,
      played: counts.faultsPlayed,
      orders: length,
    }
  } catch {
    const nothing = { catalogue: [], faults: [], calls: 0, refused: 0, violations: 0, played: {}, orders: 0 }
    return { channel, zh, isThere: false, ...nothing }
  }
}

interface MarketState {
  readonly ordersPerMinute: number
  readonly isPaused: boolean
  readonly shops: readonly { readonly orders: number }[]
}

async function marketOf(address: string | null): Promise<SwitchboardState['market']> {
  if (address === null) return null
  const { ordersPerMinute, isPaused, shops } = await askMarket(address, 'state')
  return { ordersPerMinute, isPaused, placed: shops.reduce((all, { orders }) => all + orders, 0) }
}

async function askMarket(address: string, call: string, body?: unknown): Promise<MarketState> {
  const answer = await fetch(
    `${address}/_market/${call}`,
    body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
  )
  if (!answer.ok) throw new Error(`/_market/${call}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as MarketState
}
