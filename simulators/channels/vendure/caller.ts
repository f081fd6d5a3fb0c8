import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Act, Counts, Purchase, Truth } from '../../simulator.ts'
import { start, type VendureOptions } from './index.ts'

/** An answer of the Admin API as tests look at it; `Data` is what a test asked for. */
export interface GraphAnswer<Data = Readonly<Record<string, never>>> {
  readonly status: number
  readonly text: string
  // What is not there is undefined and fails the test.
  readonly data: Data
  readonly errors: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]
}

/** A shop with goods on its shelves, and somebody who asks it as a program does. */
export interface Caller {
  readonly address: string
  readonly credentials: Readonly<Record<string, string>>
  /** `headers` replace the usual ones. */
  readonly ask: <Data = Readonly<Record<string, never>>>(
    query: string,
    variables?: object,
    headers?: Readonly<Record<string, string>>,
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
export async function openCaller(options: VendureOptions = {}): Promise<Caller> {
  const simulator = await start({ seed: 7, ...options })
  const { address, credentials } = simulator.about

  async function ask<Data>(query: string, variables: object = {}, headers = keysOf(credentials)) {
    const answer = await fetch(`${address}/admin-api`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    })
    const text = await answer.text()
    const body = (text.startsWith('{') ? JSON.parse(text) : {}) as Partial<GraphAnswer<Data>>
    return { status: answer.status, text, data: body.data ?? ({} as Data), errors: body.errors ?? [] }
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

/** The headers of a call with these credentials. */
export function keysOf({ apiKey = '', channelToken = '' }: Readonly<Record<string, string>>): Record<string, string> {
  return { 'vendure-api-key': apiKey, ...(channelToken === '' ? {} : { 'vendure-token': channelToken }) }
}

/** The parts of an order's answer that most tests ask for. */
export interface OrderAnswer {
  readonly id: string
  readonly code: string
  readonly state: string
  readonly updatedAt: string
  readonly totalWithTax: number
  readonly subTotalWithTax: number
  readonly shippingWithTax: number
  readonly lines: readonly {
    readonly id: string
    readonly quantity: number
    readonly orderPlacedQuantity: number
    readonly unitPriceWithTax: number
    readonly linePriceWithTax: number
    readonly proratedLinePriceWithTax: number
    readonly proratedUnitPriceWithTax: number
  }[]
  readonly payments: readonly {
    readonly id: string
    readonly state: string
    readonly amount: number
    readonly refunds: readonly {
      readonly id: string
      readonly state: string
      readonly total: number
      readonly items: number
      readonly shipping: number
      readonly adjustment: number
      readonly lines: readonly { readonly orderLineId: string; readonly quantity: number }[]
    }[]
  }[]
  readonly fulfillments: readonly {
    readonly id: string
    readonly state: string
    readonly method: string
    readonly trackingCode: string | null
    readonly lines: readonly { readonly orderLineId: string; readonly quantity: number }[]
  }[]
}

const orderQuery = `query One($id: ID!) { order(id: $id) { id code state updatedAt totalWithTax subTotalWithTax shippingWithTax
  lines { id quantity orderPlacedQuantity unitPriceWithTax linePriceWithTax proratedLinePriceWithTax proratedUnitPriceWithTax }
  payments { id state amount refunds { id state total items shipping adjustment lines { orderLineId quantity } } }
  fulfillments { id state method trackingCode lines { orderLineId quantity } } } }`

/** An order as a program reads it; null where there is none. */
export async function orderOf(caller: Caller, orderNo: string): Promise<OrderAnswer> {
  return (await caller.ask<{ order: OrderAnswer }>(orderQuery, { id: orderNo })).data.order
}

/** What a mutation answers: the thing, or a refusal inside the answer. */
export interface Outcome {
  readonly __typename: string
  readonly id?: string
  readonly state?: string
  readonly errorCode?: string
}

const addMutation = `mutation A($i: FulfillOrderInput!) { addFulfillmentToOrder(input: $i) { __typename
  ... on Fulfillment { id state trackingCode } ... on ErrorResult { errorCode message } } }`

/** Makes a parcel out, by 中通快递 unless `code` is another handler's. */
export async function makeOut(
  caller: Caller,
  lines: readonly (readonly [orderLineId: string, quantity: number])[],
  { number = 'ZT1', code = 'manual-fulfillment' } = {},
): Promise<Outcome> {
  const handler = {
    code,
    arguments: [
      { name: 'method', value: '中通快递' },
      { name: 'trackingCode', value: number },
    ],
  }
  const i = { lines: lines.map(([orderLineId, quantity]) => ({ orderLineId, quantity })), handler }
  const { data, text } = await caller.ask<{ addFulfillmentToOrder: Outcome } | null>(addMutation, { i })
  if (!data?.addFulfillmentToOrder) throw new Error(text)
  return data.addFulfillmentToOrder
}

/** Moves a parcel on. */
export async function move(caller: Caller, id: string, state: string): Promise<Outcome> {
  const query = `mutation B($id: ID!, $s: String!) { transitionFulfillmentToState(id: $id, state: $s) { __typename
    ... on Fulfillment { id state } ... on FulfillmentStateTransitionError { errorCode transitionError fromState toState } } }`
  const { data, text } = await caller.ask<{ transitionFulfillmentToState: Outcome } | null>(query, { id, s: state })
  if (!data?.transitionFulfillmentToState) throw new Error(text)
  return data.transitionFulfillmentToState
}
