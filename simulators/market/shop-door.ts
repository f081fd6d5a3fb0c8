import type { Act, ListingState, Purchase, Truth } from '../simulator.ts'

/** A simulated shop as its buyers reach it: by the control calls alone. Each throws when the shop does not answer well. */
export interface ShopDoor {
  readonly url: string
  readonly listings: () => Promise<readonly ListingState[]>
  readonly buy: (purchase: Purchase) => Promise<readonly Truth[]>
  readonly act: (act: Act) => Promise<readonly string[]>
  readonly orders: (since: number) => Promise<readonly Truth[]>
}

const patienceMs = 30_000

export function openShopDoor(url: string): ShopDoor {
  const address = url.replace(/\/$/, '')

  async function ask<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${address}${path}`, {
      method,
      signal: AbortSignal.timeout(patienceMs),
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${address}${path} answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as T
  }

  return {
    url: address,
    listings: () => ask('GET', '/_sim/listings'),
    buy: async (purchase) => (await ask<{ orders: readonly Truth[] }>('POST', '/_sim/buy', purchase)).orders,
    act: async (act) => (await ask<{ changed: readonly string[] }>('POST', '/_sim/act', act)).changed,
    orders: (since) => ask('GET', `/_sim/orders?since=${since}`),
  }
}
