import { readFileSync } from 'node:fs'
import type { Truth } from '../../simulator.ts'
import { signCall } from './sign.ts'
import { readJson, type Tree, toSortedJson } from './text.ts'

/** A test's way to the simulator: control calls, and signed calls of the platform. */
export interface Caller {
  readonly address: string
  readonly credentials: Readonly<Record<string, string>>
  readonly control: <T = unknown>(path: string, body?: unknown) => Promise<T>
  readonly call: (method: string, params?: Params, how?: How) => Promise<Answer>
  readonly text: (method: string, params?: Params, how?: How) => Promise<Raw>
  readonly truth: (orderNo: string) => Promise<Truth>
  /** The one order of this purchase. */
  readonly buy: (purchase?: object) => Promise<Truth>
  readonly act: (kind: string, orderNo: string, more?: object) => Promise<readonly string[]>
}

export type Params = Readonly<Record<string, Tree>>

export interface Raw {
  readonly status: number
  readonly text: string
}

/** An answer to look into by dotted paths: `data.shop_order_list.0.order_id`. */
export interface Answer {
  readonly body: Tree
  readonly at: (path: string) => unknown
  readonly rows: (path: string) => readonly Answer[]
  readonly code: number
  readonly subCode: string
}

export interface How {
  /** The time on the caller's clock, ms. */
  readonly at?: number
  readonly signMethod?: 'hmac-sha256' | 'md5'
  /** The body to send and sign, instead of the parameters in their one right form. */
  readonly body?: string
  readonly path?: string
  readonly type?: string
  /** May spoil the query after signing. */
  readonly change?: (query: URLSearchParams) => void
}

export function callerOf(address: string, credentials: Readonly<Record<string, string>>): Caller {
  const control = async <T>(path: string, body?: unknown): Promise<T> => {
    const post = { method: 'POST', body: JSON.stringify(body) }
    const response = await fetch(`${address}/_sim/${path}`, body === undefined ? {} : post)
    const answer = (await response.json()) as T & { error?: string }
    if (!response.ok) throw new Error(answer.error ?? String(response.status))
    return answer
  }
  const text = async (method: string, params: Params = {}, how: How = {}) => {
    const body = how.body ?? toSortedJson(params)
    const path = how.path ?? `/${method.replaceAll('.', '/')}`
    const response = await fetch(`${address}${path}?${queryOf(credentials, { method, body, how })}`, {
      method: 'POST',
      headers: { 'content-type': how.type ?? 'application/json;charset=UTF-8' },
      body,
    })
    return { status: response.status, text: await response.text() }
  }
  return {
    address,
    credentials,
    control,
    text,
    call: async (method, params, how) => answerOf(readJson((await text(method, params, how)).text)),
    truth: async (orderNo) => {
      const found = (await control<Truth[]>('orders')).find((order) => order.orderNo === orderNo)
      if (found === undefined) throw new Error(`no order ${orderNo}`)
      return found
    },
    buy: async (purchase) => {
      const [order] = (await control<{ orders: Truth[] }>('buy', { count: 1, seed: 1, ...purchase })).orders
      if (order === undefined) throw new Error('nobody bought anything')
      return order
    },
    act: async (kind, orderNo, more) =>
      (await control<{ changed: string[] }>('act', { kind, orderNos: [orderNo], ...more })).changed,
  }
}

/** A sample of the sheet. */
export function sampleOf(name: string): Answer {
  return answerOf(readJson(readFileSync(new URL(`samples/${name}.json`, import.meta.url), 'utf8')))
}

/** Where the shapes of two values differ: fields that one has alone, and types. Rows of a list are compared with the first one. */
export function differences(expected: unknown, given: unknown, path = ''): readonly string[] {
  if (kindOf(expected) !== kindOf(given)) return [`${path}: ${kindOf(expected)} is ${kindOf(given)}`]
  if (Array.isArray(expected) && Array.isArray(given)) {
    if (expected.length === 0) return []
    return given.flatMap((row: unknown) => differences(expected[0], row, `${path}[]`))
  }
  if (kindOf(expected) !== 'object') return []
  const [a, b] = [expected as Record<string, unknown>, given as Record<string, unknown>]
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((name) => {
    if (!Object.hasOwn(a, name)) return [`${path}.${name}: not in the sample`]
    return Object.hasOwn(b, name) ? differences(a[name], b[name], `${path}.${name}`) : [`${path}.${name}: missing`]
  })
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'list' : typeof value
}

function answerOf(body: Tree): Answer {
  const at = (path: string) => path.split('.').reduce<unknown>(step, body)
  const rows = (path: string) => {
    const found = at(path)
    return Array.isArray(found) ? (found as Tree[]).map(answerOf) : []
  }
  return { body, at, rows, code: Number(at('code')), subCode: String(at('sub_code')) }
}

function step(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}

interface Unsigned {
  readonly method: string
  readonly body: string
  readonly how: How
}

function queryOf(credentials: Readonly<Record<string, string>>, { method, body, how }: Unsigned): URLSearchParams {
  const timestamp = String(Math.floor((how.at ?? Date.now()) / 1000))
  const signMethod = how.signMethod ?? 'hmac-sha256'
  const appKey = credentials.appKey ?? ''
  const call = { appKey, method, timestamp, paramJson: body }
  const query = new URLSearchParams({
    app_key: appKey,
    method,
    access_token: credentials.accessToken ?? '',
    timestamp,
    v: '2',
    sign: signCall(credentials.appSecret ?? '', call, signMethod),
    sign_method: signMethod,
  })
  how.change?.(query)
  return query
}
