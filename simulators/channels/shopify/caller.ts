import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Act, Counts, Purchase, Truth } from '../../simulator.ts'
import { type ShopifyOptions, start } from './index.ts'

/** An answer of the Admin API as tests look at it; `Data` is what a test asked for. */
export interface GraphAnswer<Data = Readonly<Record<string, never>>> {
  readonly status: number
  readonly version: string | null
  readonly text: string
  // What is not there is undefined and fails the test.
  readonly data: Data
  readonly errors: readonly {
    readonly message: string
    readonly path?: unknown
    readonly extensions?: { readonly code?: string }
  }[]
  readonly cost: {
    readonly requestedQueryCost: number
    readonly actualQueryCost: number | null
    readonly throttleStatus: {
      readonly maximumAvailable: number
      readonly currentlyAvailable: number
      readonly restoreRate: number
    }
  }
  readonly search: readonly unknown[] | undefined
}

/** What a test may choose of a call; the newest version and the token that holds when it does not. */
export interface AskOptions {
  readonly version?: string
  readonly token?: string
  readonly operationName?: string
}

/** A shop with goods on its shelves, and somebody who asks it as an app does. */
export interface Caller {
  readonly address: string
  readonly credentials: Readonly<Record<string, string>>
  readonly ask: <Data = Readonly<Record<string, never>>>(
    query: string,
    variables?: object,
    options?: AskOptions,
  ) => Promise<GraphAnswer<Data>>
  /** A control call; throws with the simulator's reason. */
  readonly control: <T>(path: string, body?: unknown) => Promise<T>
  readonly buy: (purchase: Partial<Purchase>) => Promise<readonly Truth[]>
  readonly act: (act: Act) => Promise<readonly string[]>
  readonly truth: (orderNo: string) => Promise<Truth>
  readonly counts: () => Promise<Counts>
  readonly close: () => Promise<void>
}

/** Three pieces of one good and one of another. */
export const mugsAndCover = [
  { merchantCode: 'MB-1001', quantity: 3 },
  { merchantCode: 'MB-2001', quantity: 1 },
] as const

/** Starts a simulator with the demo catalogue on its shelves; close the caller and it ends. */
export async function openCaller(options: ShopifyOptions = {}): Promise<Caller> {
  const simulator = await start({ seed: 7, ...options })
  const { address, credentials } = simulator.about

  async function ask<Data>(query: string, variables: object = {}, given: AskOptions = {}): Promise<GraphAnswer<Data>> {
    const { version = '2026-10', token = credentials.accessToken!, operationName } = given
    const answer = await fetch(`${address}/admin/api/${version}/graphql.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': token },
      body: JSON.stringify({ query, variables, operationName }),
    })
    const text = await answer.text()
    const body = (text.startsWith('{') ? JSON.parse(text) : {}) as Partial<GraphAnswer<Data>> & {
      readonly extensions?: { readonly cost?: GraphAnswer['cost']; readonly search?: readonly unknown[] }
    }
    return {
      status: answer.status,
      version: answer.headers.get('x-shopify-api-version'),
      text,
      data: body.data ?? ({} as Data),
      errors: body.errors ?? [],
      cost: body.extensions?.cost as GraphAnswer['cost'],
      search: body.extensions?.search,
    }
  }

  async function control<T>(path: string, body?: unknown): Promise<T> {
    const post = { method: 'POST', body: JSON.stringify(body) }
    const answer = await fetch(`${address}/_sim/${path}`, body === undefined ? {} : post)
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as T
  }

  await control('listings', demoCatalogue)
  return {
    address,
    credentials,
    ask,
    control,
    buy: async (purchase) => (await control<{ orders: Truth[] }>('buy', { count: 1, ...purchase })).orders,
    act: async (what) => (await control<{ changed: string[] }>('act', what)).changed,
    truth: async (orderNo) => (await control<Truth[]>('orders')).find((order) => order.orderNo === orderNo)!,
    counts: () => control<Counts>('counts'),
    close: simulator.close,
  }
}

/** The parts of an order's answer that most tests ask for. */
export interface OrderAnswer {
  readonly id: string
  readonly note: string | null
  readonly updatedAt: string
  readonly displayFinancialStatus: string
  readonly displayFulfillmentStatus: string
  readonly fulfillmentOrders: {
    readonly nodes: readonly {
      readonly id: string
      readonly status: string
      readonly lineItems: { readonly nodes: readonly { readonly id: string; readonly remainingQuantity: number }[] }
    }[]
  }
  readonly fulfillments: readonly {
    readonly id: string
    readonly displayStatus: string
    readonly trackingInfo: readonly { readonly number: string; readonly company: string; readonly url: string | null }[]
  }[]
}

const orderQuery = `query One($id: ID!) { order(id: $id) {
  id note updatedAt displayFinancialStatus displayFulfillmentStatus
  fulfillmentOrders(first: 5) { nodes { id status lineItems(first: 20) { nodes { id remainingQuantity } } } }
  fulfillments { id displayStatus trackingInfo { number company url } } } }`

/** An order as an app reads it; null where there is none. */
export async function orderOf(caller: Caller, orderNo: string): Promise<OrderAnswer> {
  return (await caller.ask<{ order: OrderAnswer }>(orderQuery, { id: orderNo })).data.order
}
