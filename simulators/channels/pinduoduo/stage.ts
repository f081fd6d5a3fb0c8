import { readFileSync } from 'node:fs'
import type { ListingSeed, Purchase, Truth } from '../../simulator.ts'
import { start } from './index.ts'
import { signCall } from './sign.ts'

type Json = Readonly<Record<string, unknown>>

/** An answer under its root; `error` is 0 for success. */
export interface Answer {
  readonly body: Json
  readonly error: number
  readonly words: string
  readonly rows: (name: string) => readonly Json[]
}

export interface How {
  /** Adds to what is signed, or takes the place of it. */
  readonly also?: Readonly<Record<string, string>>
  /** Spoils what is sent after signing. */
  readonly spoil?: Readonly<Record<string, string | undefined>>
  readonly asForm?: boolean
}

/** A simulator with two listings on its shelf and its clock stopped on a Wednesday, for a test. */
export interface Stage {
  readonly address: string
  readonly credentials: Readonly<Record<string, string>>
  readonly control: <T = unknown>(path: string, body?: unknown) => Promise<T>
  readonly truth: (orderNo: string) => Promise<Truth>
  readonly text: (
    type: string,
    params?: object,
    how?: How,
  ) => Promise<{ readonly status: number; readonly text: string }>
  readonly call: (type: string, params?: object, how?: How) => Promise<Answer>
  readonly buy: (purchase?: Partial<Purchase>) => Promise<Truth[]>
  readonly buyOne: (purchase?: Partial<Purchase>) => Promise<Truth>
  /** The order as `pdd.order.information.get` shows it. */
  readonly order: (orderNo: string) => Promise<Json>
  readonly now: () => number
  readonly pass: (ms: number) => Promise<number>
  readonly fresh: () => Promise<void>
  readonly close: () => Promise<void>
}

export const today = Date.parse('2026-09-23T10:00:00+08:00')
export const minute = 60_000

const listings: readonly ListingSeed[] = [
  {
    merchantCode: 'PILLOW',
    title: '乳胶枕',
    specification: '颜色:米白;高:9cm',
    product: '枕',
    priceFen: 19_900,
    quantity: 900,
  },
  { merchantCode: 'SCENT', title: '无火香薰', specification: '', product: '香薰', priceFen: 8_900, quantity: 900 },
]

export const twoKinds = [
  { merchantCode: 'PILLOW', quantity: 2 },
  { merchantCode: 'SCENT', quantity: 1 },
] as const

export const sampleOf = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`samples/${name}.json`, import.meta.url), 'utf8'))

export async function openStage(): Promise<Stage> {
  const simulator = await start({ seed: 71 })
  const { address, credentials } = simulator.about
  let at = today

  const control = async <T>(path: string, body?: unknown): Promise<T> => {
    const post = { method: 'POST', body: JSON.stringify(body) }
    const response = await fetch(`${address}/_sim/${path}`, body === undefined ? {} : post)
    const answer = (await response.json()) as T & { error?: string }
    if (!response.ok) throw new Error(answer.error ?? String(response.status))
    return answer
  }
  const setClock = async (now: number) => {
    at = now
    await control('clock', { now })
    return now
  }
  const text: Stage['text'] = async (type, params = {}, how = {}) => {
    const body = signed(credentials, { type, timestamp: Math.floor(at / 1000), ...params, ...how.also })
    const sent = { ...body, ...how.spoil }
    const response = await fetch(`${address}/api/router`, how.asForm === true ? formOf(sent) : jsonOf(sent))
    return { status: response.status, text: await response.text() }
  }
  const call: Stage['call'] = async (type, params, how) => answerOf((await text(type, params, how)).text)
  const buy: Stage['buy'] = async (purchase = {}) =>
    (await control<{ orders: Truth[] }>('buy', { count: 1, seed: 5, ...purchase })).orders

  return {
    address,
    credentials,
    control,
    text,
    call,
    buy,
    truth: async (orderNo) => (await control<Truth[]>('orders')).find((order) => order.orderNo === orderNo)!,
    buyOne: async (purchase) => (await buy(purchase))[0]!,
    order: async (order_sn) => (await call('pdd.order.information.get', { order_sn })).body.order_info as Json,
    now: () => at,
    pass: (ms) => setClock(at + ms),
    fresh: async () => {
      await control('reset', {})
      await setClock(today)
      await control('listings', listings)
    },
    close: simulator.close,
  }
}

function signed({ clientId, clientSecret, accessToken }: Readonly<Record<string, string>>, params: object): Json {
  const body = { client_id: clientId, access_token: accessToken, data_type: 'JSON', version: 'V1', ...params }
  const texts = Object.entries(body).map(([name, value]) => [name, textOf(value)] as const)
  return { ...body, sign: signCall(clientSecret!, new Map(texts)) }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

const jsonOf = (body: Json) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

const formOf = (body: Json) => ({
  method: 'POST',
  body: new URLSearchParams(Object.entries(body).map(([name, value]): [string, string] => [name, textOf(value)])),
})

function answerOf(text: string): Answer {
  const [root, body] = Object.entries(JSON.parse(text) as Record<string, Json>)[0]!
  const isError = root === 'error_response'
  return {
    body,
    error: isError ? Number(body.error_code) : 0,
    words: isError ? String(body.sub_msg) : '',
    rows: (name) => body[name] as readonly Json[],
  }
}
