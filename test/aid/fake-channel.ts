import { z } from 'zod'
import type { ChannelCase, ChannelOrder, Listing } from '../../src/core/channel/shapes.ts'
import { Failure, type FailureCode } from '../../src/core/failures.ts'
import { type Instant, isoText, parseIso } from '../../src/core/time/instant.ts'
import {
  type ChannelEvent,
  type ChannelPlug,
  defineChannel,
  type OrderHead,
  type Page,
  type PullInput,
  type ShipmentReport,
  type StockItem,
} from '../../src/kit/channel.ts'
import { seenOrder } from './orders.ts'

const Credentials = z.strictObject({ key: z.string().min(1), token: z.string().optional() })
type Credentials = z.infer<typeof Credentials>

type Operation = keyof ChannelPlug<Credentials>['operations']
interface Planned {
  readonly operation: Operation
  readonly code: FailureCode
  readonly details: Readonly<Record<string, string | number>>
  times: number
}

/** A channel in memory, for use cases whose connector does not matter. What it holds may be changed at any time. */
export interface FakeChannel {
  readonly plug: ChannelPlug<Credentials>
  readonly orders: Map<string, ChannelOrder>
  /** Orders that lists leave out though the count holds them. */
  readonly hidden: Set<string>
  readonly cases: Map<string, ChannelCase>
  readonly listings: Listing[]
  readonly messages: ChannelEvent[]
  readonly reports: ShipmentReport[]
  readonly remarks: { readonly channelOrderNo: string; readonly remark: string }[]
  readonly stock: Map<string, number>
  readonly stockCalls: (readonly StockItem[])[]
  readonly calls: Map<string, number>
  /** The next `times` calls of an operation fail. */
  readonly fail: (
    operation: Operation,
    code: FailureCode,
    options?: { readonly times?: number; readonly details?: Planned['details'] },
  ) => void
  readonly heal: () => void
  /** Runs before each call, such as to change an order while a list is read. */
  before: (operation: Operation, account: { readonly credentials: Credentials }) => void | Promise<void>
  countsOrders: boolean
  token: string
  tokens: number
  expiresAt: Instant | null
}

export interface FakeOptions {
  readonly id?: string
  readonly pageSize?: number
  readonly by?: readonly ('modified' | 'created')[]
  /** The list carries whole orders. */
  readonly inFull?: boolean
  readonly oneItem?: boolean
  readonly leaveOut?: readonly Operation[]
}

const minute = 60_000
const dayMs = 24 * 60 * minute

export function fakeChannel(options: FakeOptions = {}): FakeChannel {
  const planned: Planned[] = []
  const fake: Omit<FakeChannel, 'plug'> = {
    orders: new Map(),
    hidden: new Set(),
    cases: new Map(),
    listings: [],
    messages: [],
    reports: [],
    remarks: [],
    stock: new Map(),
    stockCalls: [],
    calls: new Map(),
    fail: (operation, code, { times = 1, details = {} } = {}) => planned.push({ operation, code, details, times }),
    heal: () => planned.splice(0),
    before: () => undefined,
    countsOrders: true,
    token: 'good',
    tokens: 0,
    expiresAt: null,
  }
  const begin = async (operation: Operation, account: { readonly credentials: Credentials }) => {
    fake.calls.set(operation, (fake.calls.get(operation) ?? 0) + 1)
    await self.before(operation, account)
    const plan = planned.find((one) => one.operation === operation && one.times > 0)
    if (plan !== undefined) {
      plan.times -= 1
      throw new Failure(plan.code, { channel: 'fake', ...plan.details })
    }
    if (!operation.startsWith('auth.') && account.credentials.token !== self.token)
      throw new Failure('CHANNEL_NOT_AUTHORISED', { channel: 'fake' })
  }
  const self: FakeChannel = Object.assign(fake, { plug: plugOf(() => self, begin, options) })
  return self
}

type Begin = (operation: Operation, account: { readonly credentials: Credentials }) => Promise<void>

function plugOf(of: () => FakeChannel, begin: Begin, options: FakeOptions): ChannelPlug<Credentials> {
  const operations: ChannelPlug<Credentials>['operations'] = {
    ...shopOperations(of, begin),
    ...orderOperations(of, begin, options),
    ...writeOperations(of, begin),
    ...otherOperations(of, begin),
  }
  for (const operation of options.leaveOut ?? []) delete operations[operation]
  return defineChannel<Credentials>({
    manifest: {
      id: options.id ?? 'fake',
      zh: '假平台',
      en: 'Fake',
      mark: '假',
      address: 'http://127.0.0.1:1',
      credentials: Credentials,
      fields: [
        { name: 'key', zh: '应用密钥', en: 'Key', kind: 'secret', helpZh: '后台里看' },
        { name: 'token', zh: '令牌', en: 'Token', kind: 'obtained', helpZh: '授权后自动取得' },
      ],
      limits: [],
      links: [],
      pulling: {
        by: options.by ?? ['modified', 'created'],
        spanMaxMs: dayMs,
        reachMs: 90 * dayMs,
        overlapMs: 2 * minute,
        lagMs: 5_000,
        usualSpanMs: 30 * minute,
      },
      stock: { perCall: 20, oneItem: options.oneItem ?? false },
      stockTakenOn: 'paying',
      appKeyOf: ({ key }) => key,
    },
    operations,
    inspect: { orders: () => [], failure: () => null, signature: () => ({}) },
    vocabulary: { orderStatuses: [], refundStatuses: [] },
  })
}

function shopOperations(of: () => FakeChannel, begin: Begin): ChannelPlug<Credentials>['operations'] {
  const authorised = (key: string) => {
    const fake = of()
    fake.tokens += 1
    fake.token = `token-${fake.tokens}`
    return {
      credentials: { key, token: fake.token },
      expiresAt: fake.expiresAt,
      refreshableUntil: fake.expiresAt === null ? null : fake.expiresAt + dayMs,
      channelShopNo: '88001',
      shopName: '林记杂货',
    }
  }
  return {
    'shop.describe': async (account) => {
      await begin('shop.describe', account)
      return { channelShopNo: '88001', name: '林记杂货' }
    },
    'auth.start': async (account, { redirectUri, state }) => {
      await begin('auth.start', account)
      return { url: `https://auth.example/?state=${state}&redirect_uri=${encodeURIComponent(redirectUri)}` }
    },
    'auth.finish': async (account, { query }) => {
      await begin('auth.finish', account)
      if (query.code !== 'yes') throw new Failure('CHANNEL_REFUSED', { channel: 'fake', reason: '卖家拒绝了授权' })
      return authorised(account.credentials.key)
    },
    'auth.refresh': async (account) => {
      await begin('auth.refresh', account)
      return authorised(account.credentials.key)
    },
  }
}

function orderOperations(
  of: () => FakeChannel,
  begin: Begin,
  { pageSize = 3, inFull = false }: FakeOptions,
): ChannelPlug<Credentials>['operations'] {
  const list = ({ span, by, cursor }: PullInput): Page<OrderHead> => {
    const { orders, hidden, countsOrders } = of()
    const at = (order: ChannelOrder) => parseIso(by === 'modified' ? order.modifiedAt : order.createdAt)
    const there = [...orders.values()].filter((order) => span.from <= at(order) && at(order) < span.to)
    const shown = there
      .filter((order) => !hidden.has(order.channelOrderNo))
      .sort((a, b) => at(b) - at(a) || a.channelOrderNo.localeCompare(b.channelOrderNo))
    const pages = Math.max(1, Math.ceil(shown.length / pageSize))
    const page = cursor === null ? pages : Number(cursor)
    const rows = shown.slice((page - 1) * pageSize, page * pageSize).map((order) => ({
      channelOrderNo: order.channelOrderNo,
      channelStatus: order.channelStatus,
      modifiedAt: parseIso(order.modifiedAt),
      full: inFull ? seenOrder(order) : null,
    }))
    return { rows, total: countsOrders ? there.length : null, next: page > 1 ? String(page - 1) : null }
  }
  return {
    'orders.pull': async (account, input) => {
      await begin('orders.pull', account)
      return list(input)
    },
    'orders.get': async (account, orderNo) => {
      await begin('orders.get', account)
      const order = of().orders.get(orderNo)
      if (order === undefined) throw new Failure('CHANNEL_NOT_FOUND', { channel: 'fake' })
      return seenOrder(order)
    },
  }
}

function writeOperations(of: () => FakeChannel, begin: Begin): ChannelPlug<Credentials>['operations'] {
  return {
    'orders.remark': async (account, { channelOrderNo, remark }) => {
      await begin('orders.remark', account)
      of().remarks.push({ channelOrderNo, remark })
    },
    'shipments.report': async (account, report) => {
      await begin('shipments.report', account)
      shipAt(of(), report)
    },
    'stock.push': async (account, items) => {
      await begin('stock.push', account)
      of().stockCalls.push(items)
      return items.map((item) => {
        const ok = item.channelItemNo !== 'gone'
        if (ok) of().stock.set(`${item.channelItemNo}/${item.channelSkuNo}`, item.quantity)
        return {
          channelItemNo: item.channelItemNo,
          channelSkuNo: item.channelSkuNo,
          ok,
          reason: ok ? null : '商品已删除',
        }
      })
    },
  }
}

/** What the platform does with a report that it accepts. Throws CHANNEL_ALREADY_DONE for an order that has a parcel. */
export function shipAt(fake: FakeChannel, report: ShipmentReport): void {
  const order = fake.orders.get(report.channelOrderNo)
  if (order === undefined) throw new Failure('CHANNEL_NOT_FOUND', { channel: 'fake' })
  if (order.shipments.length > 0) throw new Failure('CHANNEL_ALREADY_DONE', { channel: 'fake', reason: '已发货' })
  fake.reports.push(report)
  fake.orders.set(order.channelOrderNo, {
    ...order,
    status: 'shipped',
    channelStatus: 'WAIT_BUYER_CONFIRM_GOODS',
    modifiedAt: isoText(parseIso(order.modifiedAt) + 1_000),
    shipments: [{ carrierNo: null, carrierName: report.carrierName, waybillNo: report.waybillNo, lines: [] }],
  })
}

function otherOperations(of: () => FakeChannel, begin: Begin): ChannelPlug<Credentials>['operations'] {
  return {
    'products.pull': async (account) => {
      await begin('products.pull', account)
      return { rows: of().listings, total: of().listings.length, next: null }
    },
    'aftersales.pull': async (account, { span }) => {
      await begin('aftersales.pull', account)
      const rows = [...of().cases.values()].filter(
        (one) => span.from <= parseIso(one.modifiedAt) && parseIso(one.modifiedAt) < span.to,
      )
      return { rows: rows.map((one) => ({ case: one, raw: JSON.stringify(one) })), total: rows.length, next: null }
    },
    'messages.pull': async (account) => {
      await begin('messages.pull', account)
      return of().messages.slice(0, 5)
    },
    'messages.confirm': async (account, eventNos) => {
      await begin('messages.confirm', account)
      const { messages } = of()
      for (const eventNo of eventNos) {
        const at = messages.findIndex((message) => message.eventNo === eventNo)
        if (at !== -1) messages.splice(at, 1)
      }
    },
    'webhook.read': (credentials, push) => {
      if (push.headers['x-key'] !== credentials.key) return { accepted: false, reason: 'signature', events: [] }
      const { eventNo, orderNo } = JSON.parse(push.body) as { eventNo: string; orderNo: string }
      return {
        accepted: true,
        reason: null,
        events: [{ eventNo, type: 'order.updated', channelOrderNo: orderNo, channelCaseNo: null }],
      }
    },
  }
}
