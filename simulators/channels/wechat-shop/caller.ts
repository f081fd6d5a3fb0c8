import { createDecipheriv } from 'node:crypto'
import type { Act, ListingSeed, Purchase, Truth } from '../../simulator.ts'

export type Tree = Readonly<Record<string, unknown>>

/** A test's way to the simulator: control calls, and calls of the platform with a token fetched when first needed. */
export interface Caller {
  readonly control: <T = unknown>(path: string, body?: unknown) => Promise<T>
  /** The answer to a call of the shop, by the path behind `/channels/ec/`. */
  readonly call: (name: string, body?: unknown) => Promise<Answer>
  readonly send: (request: Sending) => Promise<Response>
  readonly token: (more?: Tree) => Promise<Tree>
  /** The next call fetches its token anew. */
  readonly forgetToken: () => void
  readonly buy: (purchase?: Partial<Purchase>) => Promise<readonly Truth[]>
  readonly act: (act: Act) => Promise<readonly string[]>
  readonly truth: (orderNo: string) => Promise<Truth>
}

export interface Sending {
  /** From the first stroke on, without a token. */
  readonly path: string
  readonly method?: 'POST' | 'GET'
  readonly token?: string | null
  readonly text?: string
}

/** An answer to look into by dotted paths: `order.order_detail.product_infos.0.sku_id`. */
export interface Answer {
  /** -9 stands for an answer without one. */
  readonly errcode: number
  readonly at: <T = unknown>(path: string) => T
}

export function callerOf(address: string, credentials: Readonly<Record<string, string>>): Caller {
  let held: string | null = null

  const control = async <T>(path: string, body?: unknown): Promise<T> => {
    const post = { method: 'POST', body: JSON.stringify(body) }
    const response = await fetch(`${address}/_sim/${path}`, body === undefined ? {} : post)
    const answer = (await response.json()) as T & { error?: string }
    if (!response.ok) throw new Error(answer.error ?? String(response.status))
    return answer
  }

  const send = ({ path, method = 'POST', token = null, text = '{}' }: Sending) => {
    const mark = path.includes('?') ? '&' : '?'
    const query = token === null ? '' : `${mark}access_token=${encodeURIComponent(token)}`
    return fetch(address + path + query, method === 'GET' ? { method } : { method, body: text })
  }

  const token = async (more: Tree = {}) => {
    const { appId: appid, appSecret: secret } = credentials
    const text = JSON.stringify({ grant_type: 'client_credential', appid, secret, ...more })
    return (await (await send({ path: '/cgi-bin/stable_token', text })).json()) as Tree
  }

  const call = async (name: string, body: unknown = {}) => {
    held ??= String((await token()).access_token)
    const method = name === 'basics/info/get' ? 'GET' : 'POST'
    const response = await send({ path: `/channels/ec/${name}`, method, token: held, text: JSON.stringify(body) })
    return answerOf(await response.json())
  }

  return {
    control,
    send,
    token,
    call,
    forgetToken: () => {
      held = null
    },
    buy: async (purchase) => (await control<{ orders: Truth[] }>('buy', { count: 1, seed: 1, ...purchase })).orders,
    act: async (act) => (await control<{ changed: string[] }>('act', act)).changed,
    truth: async (orderNo) => (await control<Truth[]>('orders')).find((order) => order.orderNo === orderNo)!,
  }
}

export function answerOf(value: unknown): Answer {
  const step = (from: unknown, name: string): unknown =>
    typeof from === 'object' && from !== null ? (from as Tree)[name] : undefined
  const at = <T>(path: string) => path.split('.').reduce<unknown>(step, value) as T
  return { errcode: Number(at('errcode') ?? -9), at }
}

/** What a receiver finds in `Encrypt`: the sixteen random characters, the message, and the appid behind it. */
export function unseal(encrypted: string, encodingAesKey: string) {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()])
  const plain = padded.subarray(0, padded.length - padded.at(-1)!)
  const length = plain.readUInt32BE(16)
  return {
    random: plain.subarray(0, 16).toString(),
    message: plain.subarray(20, 20 + length).toString(),
    appId: plain.subarray(20 + length).toString(),
  }
}

/** Goods for most tests. */
export const shelf: readonly ListingSeed[] = [
  {
    merchantCode: 'MUG-W',
    specification: '颜色:米白',
    title: '粗陶马克杯',
    product: '马克杯',
    priceFen: 4900,
    quantity: 500,
  },
  {
    merchantCode: 'MUG-G',
    specification: '颜色:苔绿;尺寸:大',
    title: '粗陶马克杯',
    product: '马克杯',
    priceFen: 5233,
    quantity: 500,
  },
  { merchantCode: 'SCENT', specification: '', title: '无火香薰', product: '香薰', priceFen: 6880, quantity: 500 },
]
