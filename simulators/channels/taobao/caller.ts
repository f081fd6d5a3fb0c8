import type { Truth } from '../../simulator.ts'
import { type SignMethod, signCall } from './sign.ts'
import { quoteLongNumbers, timeText } from './text.ts'

/** A test's way to the simulator: control calls, and signed calls of the platform. Long numbers come as text. */
export interface Caller {
  readonly credentials: Readonly<Record<string, string>>
  readonly control: <T = unknown>(path: string, body?: unknown) => Promise<T>
  /** The answer under its root, or the `error_response`. `change` may spoil what is sent after signing. */
  readonly call: (method: string, params?: Params, how?: How) => Promise<Answer>
  readonly text: (
    method: string,
    params?: Params,
    how?: How,
  ) => Promise<{ readonly status: number; readonly text: string }>
  readonly truth: (orderNo: string) => Promise<Truth>
}

export type Params = Readonly<Record<string, string>>

/** An answer to look into by dotted paths: `trade.orders.order.0.oid`. */
export interface Answer {
  readonly at: (path: string) => unknown
  readonly rows: (path: string) => readonly Answer[]
  /** '' for success; else code and sub-code, as in '15 isv.trade-not-exist'. */
  readonly error: string
}

export interface How {
  readonly signMethod?: SignMethod
  readonly change?: (params: Map<string, string>) => void
  readonly session?: string | null
  readonly file?: { readonly name: string; readonly bytes: string }
  /** The time on the caller's clock. */
  readonly at?: number
}

export function callerOf(address: string, credentials: Readonly<Record<string, string>>): Caller {
  const control = async <T>(path: string, body?: unknown): Promise<T> => {
    const response = await fetch(
      `${address}/_sim/${path}`,
      body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
    )
    const answer = (await response.json()) as T & { error?: string }
    if (!response.ok) throw new Error(answer.error ?? String(response.status))
    return answer
  }

  const text = async (method: string, params: Params = {}, how: How = {}) => {
    const sent = signed(credentials, { method, params, how })
    const body = how.file === undefined ? new URLSearchParams([...sent]) : multipart(sent, how.file)
    const response = await fetch(`${address}/router/rest`, { method: 'POST', body })
    return { status: response.status, text: await response.text() }
  }

  const call = async (method: string, params: Params = {}, how: How = {}) => {
    const parsed: unknown = JSON.parse(quoteLongNumbers((await text(method, params, how)).text))
    const [root = ''] = Object.keys(parsed as object)
    return answerOf(root === 'error_response' ? parsed : step(parsed, root))
  }

  const truth = async (orderNo: string) => {
    const found = (await control<Truth[]>('orders')).find((order) => order.orderNo === orderNo)
    if (found === undefined) throw new Error(`no order ${orderNo}`)
    return found
  }
  return { credentials, control, call, text, truth }
}

function answerOf(value: unknown): Answer {
  const at = (path: string) => path.split('.').reduce<unknown>(step, value)
  const rows = (path: string) => {
    const found = at(path)
    return Array.isArray(found) ? found.map(answerOf) : []
  }
  const word = (name: string) => JSON.stringify(at(`error_response.${name}`) ?? '').replaceAll('"', '')
  return { at, rows, error: `${word('code')} ${word('sub_code')}`.trim() }
}

function step(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}

interface Unsigned {
  readonly method: string
  readonly params: Params
  readonly how: How
}

function signed(credentials: Readonly<Record<string, string>>, { method, params, how }: Unsigned): Map<string, string> {
  const signMethod = how.signMethod ?? 'hmac-sha256'
  const session = how.session === undefined ? credentials.accessToken : how.session
  const all = new Map<string, string>([
    ['method', method],
    ['app_key', credentials.appKey ?? ''],
    ['timestamp', timeText(how.at ?? Date.now())],
    ['v', '2.0'],
    ['format', 'json'],
    ['sign_method', signMethod],
    ...Object.entries(params),
  ])
  if (session !== null && session !== undefined) all.set('session', session)
  all.set('sign', signCall(credentials.appSecret ?? '', signMethod, all))
  how.change?.(all)
  return all
}

function multipart(fields: Map<string, string>, file: { readonly name: string; readonly bytes: string }): FormData {
  const form = new FormData()
  for (const [name, value] of fields) form.set(name, value)
  form.set(file.name, new Blob([file.bytes]), 'proof.jpg')
  return form
}
