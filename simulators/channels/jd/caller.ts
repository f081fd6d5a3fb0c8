import { createDecipheriv } from 'node:crypto'
import type { Truth } from '../../simulator.ts'
import { signCall } from './sign.ts'
import { timeText } from './text.ts'

/** A test's way to the simulator: control calls, and signed calls of the platform. */
export interface Caller {
  readonly credentials: Readonly<Record<string, string>>
  readonly control: <T = unknown>(path: string, body?: unknown) => Promise<T>
  /** The answer under its root, or the `error_response`. */
  readonly call: (method: string, params?: object, how?: How) => Promise<Answer>
  readonly text: (
    method: string,
    params?: object,
    how?: How,
  ) => Promise<{ readonly status: number; readonly text: string }>
  readonly truth: (orderNo: string) => Promise<Truth>
}

/** An answer to look into by dotted paths: `orderDetailInfo.orderInfo.orderId`. */
export interface Answer {
  readonly at: (path: string) => unknown
  readonly rows: (path: string) => readonly Answer[]
  /** '' for success; else the gateway's code, or the Chinese words of the business. */
  readonly error: string
}

export interface How {
  /** Spoils what is sent after signing. */
  readonly change?: (params: Map<string, string>) => void
  /** Adds to what is signed. */
  readonly also?: Readonly<Record<string, string>>
  readonly token?: string
  readonly timestamp?: string
  readonly way?: 'GET' | 'POST'
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
    const sent = new URLSearchParams([...signed(credentials, { method, params, how })])
    const target = `${address}/routerjson`
    const response =
      how.way === 'GET' ? await fetch(`${target}?${sent}`) : await fetch(target, { method: 'POST', body: sent })
    return { status: response.status, text: await response.text() }
  }

  const call = async (method: string, params: object = {}, how: How = {}) => {
    const parsed: unknown = JSON.parse((await text(method, params, how)).text)
    const [root = ''] = Object.keys(parsed as object)
    return answerOf(step(parsed, root), root === 'error_response')
  }

  const truth = async (orderNo: string) => {
    const found = (await control<Truth[]>('orders')).find((order) => order.orderNo === orderNo)
    if (found === undefined) throw new Error(`no order ${orderNo}`)
    return found
  }
  return { credentials, control, call, text, truth }
}

function answerOf(value: unknown, isError: boolean): Answer {
  const at = (path: string) => path.split('.').reduce<unknown>(step, value)
  const rows = (path: string) => {
    const found = at(path)
    return Array.isArray(found) ? found.map((row) => answerOf(row, false)) : []
  }
  return { at, rows, error: isError ? String(at('code')) : refusalIn(value) }
}

/** The words that stand beside a success flag which is not set, wherever that is. */
function refusalIn(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ''
  const { success, chineseErrCode, errorMsg, msg, message } = value as Readonly<Record<string, unknown>>
  if (String(success) === 'false') return String(chineseErrCode ?? errorMsg ?? msg ?? message)
  return (
    Object.values(value)
      .map(refusalIn)
      .find((words) => words !== '') ?? ''
  )
}

function step(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}

interface Unsigned {
  readonly method: string
  readonly params: object
  readonly how: How
}

function signed(credentials: Readonly<Record<string, string>>, { method, params, how }: Unsigned): Map<string, string> {
  const all = new Map<string, string>([
    ['method', method],
    ['app_key', credentials.appKey ?? ''],
    ['access_token', how.token ?? credentials.accessToken ?? ''],
    ['timestamp', how.timestamp ?? timeText(Date.now())],
    ['v', '2.0'],
    ['360buy_param_json', JSON.stringify(params)],
    ...Object.entries(how.also ?? {}),
  ])
  all.set('sign', signCall(credentials.appSecret ?? '', all))
  how.change?.(all)
  return all
}

/** Opens what TDE closed: byte 0 type, byte 1 algorithm, 16 bytes key id, 16 bytes IV, data. Source: jd.md 7 [sdk]. */
export function decrypt(
  cipherText: string,
  keys: readonly { readonly id: string; readonly key_string: string }[],
): string {
  const bytes = Buffer.from(cipherText, 'base64')
  const key = keys.find(({ id }) => id === bytes.subarray(2, 18).toString('base64'))
  if (bytes[0] !== 0 || bytes[1] !== 4 || key === undefined) throw new Error('this is no text of ours')
  const decipher = createDecipheriv('aes-128-cbc', Buffer.from(key.key_string, 'base64'), bytes.subarray(18, 34))
  return Buffer.concat([decipher.update(bytes.subarray(34)), decipher.final()]).toString('utf8')
}
