import type {
  Act,
  Counts,
  Fault,
  FaultKind,
  ListingSeed,
  ListingState,
  Purchase,
  ReportedShipment,
  Truth,
} from '../../simulators/simulator.ts'

/** The control calls of a simulator, as `simulators/simulator.ts` names them. Each throws with the simulator's own words. */
export interface Controls {
  readonly offer: (listings: readonly ListingSeed[]) => Promise<unknown>
  readonly listings: () => Promise<readonly ListingState[]>
  readonly buy: (purchase: Purchase) => Promise<readonly Truth[]>
  /** Gives the numbers of the orders to which it happened. */
  readonly act: (act: Act) => Promise<readonly string[]>
  readonly orders: () => Promise<readonly Truth[]>
  readonly order: (orderNo: string) => Promise<Truth>
  readonly shipments: (orderNo: string) => Promise<readonly ReportedShipment[]>
  readonly counts: () => Promise<Counts>
  /** Plays these faults until others are set; none heals everything. */
  readonly break: (...faults: readonly Fault[]) => Promise<unknown>
  readonly catalogue: () => Promise<readonly FaultKind[]>
  /** Fixes the simulator's clock. */
  readonly setClock: (now: number) => Promise<unknown>
  /** A control call of one simulator alone. */
  readonly ask: <T>(path: string, body?: unknown) => Promise<T>
}

export function controlsOf(address: string): Controls {
  async function ask<T>(path: string, body?: unknown): Promise<T> {
    const post = { method: 'POST', body: JSON.stringify(body) }
    const answer = await fetch(`${address}/_sim/${path}`, body === undefined ? {} : post)
    if (!answer.ok) throw new Error(`/_sim/${path} answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as T
  }

  const orders = () => ask<readonly Truth[]>('orders')
  return {
    ask,
    orders,
    offer: (listings) => ask('listings', listings),
    listings: () => ask('listings'),
    buy: async (purchase) => (await ask<{ orders: readonly Truth[] }>('buy', purchase)).orders,
    act: async (act) => (await ask<{ changed: readonly string[] }>('act', act)).changed,
    order: async (orderNo) => {
      const found = (await orders()).find((order) => order.orderNo === orderNo)
      if (found === undefined) throw new Error(`no order ${orderNo}`)
      return found
    },
    shipments: async (orderNo) =>
      (await ask<readonly ReportedShipment[]>('shipments')).filter((shipment) => shipment.orderNo === orderNo),
    counts: () => ask('counts'),
    break: (...faults) => ask('faults', { faults }),
    catalogue: async () => (await ask<{ catalogue: readonly FaultKind[] }>('faults')).catalogue,
    setClock: (now) => ask('clock', { now }),
  }
}
