import { readFileSync } from 'node:fs'
import type { Truth } from '../../simulator.ts'
import { signCall } from './sign.ts'

/** A test's way to the simulator: control calls, and signed calls of the platform. */
export interface Caller {
  readonly credentials: Readonly<Record<string, string>>
  readonly control: <T = unknown>(path: string, body?: unknown) => Promise<T>
  readonly call: (method: string, params?: object, how?: How) => Promise<Answer>
  readonly text: (method: string, params?: object, how?: How) => Promise<Raw>
  readonly truth: (orderNo: string) => Promise<Truth>
  /** The one order of this purchase. */
  readonly buy: (purchase?: object) => Promise<Truth>
}

export interface Raw {
  readonly status: number
  readonly text: string
}

/** An answer to look into by dotted paths: `data.skuList.0.skuId`. */
export interface Answer {
  readonly body: unknown
  readonly at: (path: string) => unknown
  readonly rows: (path: string) => readonly Answer[]
  /** 0 for success, by the rule of xiaohongshu.md 4. */
  readonly code: number
}

export interface How {
  /** Null leaves the token out. */
  readonly token?: string | null
  /** The time on the caller's clock, ms. */
  readonly at?: number
  /** May spoil what is sent after signing. */
  readonly change?: (body: Record<string, unknown>) => void
}

export function callerOf(address: string, credentials: Readonly<Record<string, string>>): Caller {
  const control = async <T>(path: string, body?: unknown): Promise<T> => {
    const post = { method: 'POST', body: JSON.stringify(body) }
    const response = await fetch(`${address}/_sim/${path}`, body === undefined ? {} : post)
    const answer = (await response.json()) as T & { error?: string }
    if (!response.ok) throw new Error(answer.error ?? String(response.status))
    return answer
  }
  const text = async (method: string, params: object = {}, how: How = {}) => {
    const response = await fetch(`${address}/ark/open_api/v3/common_controller`, {
      method: 'POST',
      headers: { 'content-type': 'application/json;charset=utf-8' },
      body: JSON.stringify(signed(credentials, { method, params, how })),
    })
    return { status: response.status, text: await response.text() }
  }
  return {
    credentials,
    control,
    text,
    call: async (method, params, how) => answerOf(JSON.parse((await text(method, params, how)).text)),
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
  }
}

/** A sample of the sheet. */
export function sampleOf(name: string): Answer {
  return answerOf(JSON.parse(readFileSync(new URL(`samples/${name}.json`, import.meta.url), 'utf8')))
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

function answerOf(body: unknown): Answer {
  const at = (path: string) => path.split('.').reduce<unknown>(step, body)
  const rows = (path: string) => {
    const found = at(path)
    return Array.isArray(found) ? found.map(answerOf) : []
  }
  const code = Number(at('error_code') ?? at('code') ?? 0)
  const isFine = at('success') === true && (code === 0 || code === 200)
  return { body, at, rows, code: isFine ? 0 : code }
}

function step(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}

interface Unsigned {
  readonly method: string
  readonly params: object
  readonly how: How
}

function signed(credentials: Readonly<Record<string, string>>, { method, params, how }: Unsigned) {
  const timestamp = String(Math.floor((how.at ?? Date.now()) / 1000))
  const common = { appId: credentials.appId ?? '', timestamp, version: '2.0', method }
  const token = how.token === undefined ? credentials.accessToken : how.token
  const body: Record<string, unknown> = {
    ...common,
    sign: signCall(credentials.appSecret ?? '', common),
    ...(token === null ? {} : { accessToken: token }),
    ...params,
  }
  how.change?.(body)
  return body
}
