import type { z } from 'zod'
import type * as catalogue from '../../src/contract/catalogue.ts'
import type * as channelRecords from '../../src/contract/channel-records.ts'
import type * as channels from '../../src/contract/channels.ts'
import type * as fulfilment from '../../src/contract/fulfilment.ts'
import type * as home from '../../src/contract/home.ts'
import type * as imports from '../../src/contract/imports.ts'
import type * as inventory from '../../src/contract/inventory.ts'
import type * as ops from '../../src/contract/ops.ts'
import type * as orders from '../../src/contract/orders.ts'
import type * as review from '../../src/contract/review.ts'
import type { FailureBody, Route } from '../../src/contract/route.ts'
import type * as security from '../../src/contract/security.ts'
import type * as shadow from '../../src/contract/shadow.ts'
import type * as switchboard from '../../src/contract/switchboard.ts'
import { bootWords } from './words/boot.ts'

// Only types come from the contract: its schemas are checked by the server, and would cost the page 27 kB.
type RoutesOf<Area> = Extract<Area[keyof Area], Route>
type AnyRoute =
  | RoutesOf<typeof catalogue>
  | RoutesOf<typeof channelRecords>
  | RoutesOf<typeof channels>
  | RoutesOf<typeof fulfilment>
  | RoutesOf<typeof home>
  | RoutesOf<typeof imports>
  | RoutesOf<typeof inventory>
  | RoutesOf<typeof ops>
  | RoutesOf<typeof orders>
  | RoutesOf<typeof review>
  | RoutesOf<typeof security>
  | RoutesOf<typeof shadow>
  | RoutesOf<typeof switchboard>

type Calls = { readonly [R in AnyRoute as `${R['method']} ${R['path']}`]: R }

/** `GET /orders/:orderNo`: a call of the contract, by method and path. */
export type CallName = keyof Calls
export type ReadName = Extract<CallName, `GET ${string}`>

/** What a call is given; coerced fields take their true type, fields with a default may be left out. */
export type Given<K extends CallName> = Loose<z.input<Calls[K]['input']>, z.output<Calls[K]['input']>>
type Loose<In, Out> = unknown extends In ? Out : Part<In, Out>
type Part<In, Out> = In extends readonly unknown[]
  ? In | Extract<Out, readonly unknown[]>
  : In extends object
    ? { [K in keyof In]: Loose<In[K], At<Out, K>> | OrNothing<In, K> }
    : In | Extract<Out, boolean | number>
type At<T, K> = T extends unknown ? (K extends keyof T ? T[K] : never) : never
type OrNothing<T, K extends keyof T> = object extends Pick<T, K> ? undefined : never

export type Answer<K extends CallName> = z.output<Calls[K]['output']>

const base = '/api/v1'
let csrfToken = ''

/** From `GET /me`; sent with every call that is not a GET. */
export function holdCsrf(token: string): void {
  csrfToken = token
}

/** A call that failed on purpose (`body.code`), or did not get through (`code` UNREACHABLE, status 0). */
export class CallFailed extends Error {
  readonly status: number
  readonly body: FailureBody

  constructor(status: number, body: FailureBody) {
    super(`${status} ${body.code}`)
    this.name = 'CallFailed'
    this.status = status
    this.body = body
  }
}

/** Makes a call. Throws CallFailed. */
export async function call<K extends CallName>(name: K, input: Given<K>, signal?: AbortSignal): Promise<Answer<K>> {
  const response = await send(name, input as Fields, { signal: signal ?? null })
  return (await response.json()) as Answer<K>
}

/** Sends a file as it is; what `input` names goes into the address. Throws CallFailed. */
export async function upload<K extends CallName>(name: K, input: Given<K>, file: Blob): Promise<Answer<K>> {
  const response = await send(name, input as Fields, { body: file })
  return (await response.json()) as Answer<K>
}

/** A file made by the server, with the name it gives, and a header that tells what was left out. Throws CallFailed. */
export async function download<K extends CallName>(name: K, input: Given<K>) {
  const response = await send(name, input as Fields, {})
  const said = /filename\*=UTF-8''([^;]+)/i.exec(response.headers.get('content-disposition') ?? '')?.[1]
  return {
    blob: await response.blob(),
    fileName: said === undefined ? '' : decodeURIComponent(said),
    leftOut: decodeURIComponent(response.headers.get('x-left-out') ?? ''),
  }
}

type Fields = Readonly<Record<string, unknown>>

async function send(name: CallName, input: Fields, init: RequestInit): Promise<Response> {
  const { method, url, body } = request(name, input, init.body instanceof Blob)
  const headers: Record<string, string> = { accept: 'application/json' }
  if (method !== 'GET') headers['x-csrf-token'] = csrfToken
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (init.body instanceof Blob) headers['content-type'] = 'application/octet-stream'
  const response = await reach(url, {
    credentials: 'same-origin',
    ...init,
    method,
    headers,
    body: body ?? init.body ?? null,
  })
  if (!response.ok) throw await failureOf(response)
  return response
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new CallFailed(0, nowhere)
  }
}

const nowhere: FailureBody = {
  code: 'UNREACHABLE',
  retry: 'later',
  zh: bootWords.zh.unreachable,
  en: bootWords.en.unreachable,
  field: null,
  requestId: '',
}

async function failureOf(response: Response): Promise<CallFailed> {
  const told: unknown = await response.json().catch(() => null)
  const isTold = typeof told === 'object' && told !== null && 'code' in told
  const requestId = response.headers.get('x-request-id') ?? ''
  return new CallFailed(response.status, isTold ? (told as FailureBody) : { ...nowhere, code: 'UNREADABLE', requestId })
}

/** The address and JSON body of a call: path names are filled, the rest is the query of a GET or a file, else the body. */
export function request(name: string, input: Fields, isFile = false) {
  const [method = 'GET', path = ''] = name.split(' ')
  const rest: Record<string, unknown> = { ...input }
  const filled = path.replace(/:(\w+)/g, (_, field: string) => {
    const value = rest[field]
    delete rest[field]
    return encodeURIComponent(String(value))
  })
  const entries = Object.entries(rest).filter(([, value]) => value !== undefined)
  if (method !== 'GET' && !isFile) {
    const body = entries.length > 0 || method !== 'DELETE' ? JSON.stringify(Object.fromEntries(entries)) : undefined
    return { method, url: base + filled, body }
  }
  const query = new URLSearchParams(entries.map(([field, value]) => [field, String(value)])).toString()
  return { method, url: base + filled + (query && `?${query}`), body: undefined }
}
