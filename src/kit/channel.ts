import type { ChannelCase, ChannelOrder, Listing, Receiver } from '../core/channel/shapes.ts'
import type { ErrorClass } from '../core/channel/words.ts'
import type { Retry } from '../core/failures.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Account, Answer, Manifest, Plug } from './plug.ts'

/** A stretch of time; `to` is left out. */
export interface Span {
  readonly from: Instant
  readonly to: Instant
}

/** An order in our words with the payload it was made from. `raw` is kept, encrypted, for ever. */
export interface SeenOrder {
  readonly order: ChannelOrder
  readonly raw: string
}

/**
 * One row of a channel's order list. `full` is null where the list does not carry everything; then `orders.get` fetches it. A list of bare
 * numbers gives null for the rest.
 */
export interface OrderHead {
  readonly channelOrderNo: string
  readonly channelStatus: string | null
  readonly modifiedAt: Instant | null
  readonly full: SeenOrder | null
}

/** `next` asks for the following page, null when there is none. `total` is the channel's own count for the whole span, null where it gives none. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly total: number | null
  readonly next: string | null
}

export interface PullInput {
  readonly span: Span
  /** By which time the span is meant; `manifest.pulling.by` lists what the channel can do. */
  readonly by: 'modified' | 'created'
  readonly cursor: string | null
}

/** What authorisation brought: the credentials to keep and how long they hold (epoch ms, null = no end known). */
export interface Authorised<Credentials> {
  readonly credentials: Credentials
  readonly expiresAt: Instant | null
  readonly refreshableUntil: Instant | null
  readonly channelShopNo: string
  readonly shopName: string
}

/** 发货回传: one parcel of one order. */
export interface ShipmentReport {
  readonly channelOrderNo: string
  /** Our carrier code, such as `zto`; the connector maps it to the platform's. */
  readonly carrier: string
  readonly carrierName: string
  readonly waybillNo: string
  readonly shippedAt: Instant
  readonly lines: readonly ReportedLine[]
  /** True when this parcel holds everything of the order: then no split parameters are sent. */
  readonly isWholeOrder: boolean
  /** True when nothing of the order is left to send after this parcel, which may be the last of several; as `isWholeOrder` when not given. */
  readonly completesOrder?: boolean
}
export interface ReportedLine {
  readonly channelLineNo: string
  readonly channelSkuNo: string
  readonly quantity: number
  /** True when the parcel holds the whole quantity of the line. */
  readonly isWholeLine: boolean
  /** True when nothing of the line is left to send after this parcel, which may be the last of several; as `isWholeLine` when not given. */
  readonly completesLine?: boolean
}

/** 库存回传: an absolute number for one listing. */
export interface StockItem {
  readonly channelItemNo: string
  readonly channelSkuNo: string
  readonly merchantCode: string | null
  readonly quantity: number
}
export interface StockResult {
  readonly channelItemNo: string
  readonly channelSkuNo: string
  readonly ok: boolean
  /** The platform's words when not ok. */
  readonly reason: string | null
}

/** What a push says: only a hint which thing to read again. `eventNo` makes a repeat harmless. */
export interface ChannelEvent {
  readonly eventNo: string
  readonly type: string
  readonly channelOrderNo: string | null
  readonly channelCaseNo: string | null
}
export interface IncomingPush {
  readonly method: string
  readonly path: string
  /** Without the question mark. */
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  /** The raw bytes as text; signatures are checked on them before anything is parsed. */
  readonly body: string
}
export interface PushReading {
  readonly accepted: boolean
  /** Why it was refused, in a word such as `signature`, `too-old`, `missing-header`; null when accepted. */
  readonly reason: string | null
  readonly events: readonly ChannelEvent[]
  /** What must be answered, where the platform wants certain words. */
  readonly answer?: string
}

/** A platform's answer read as a failure. Null when it is not one. */
export interface FailureReading {
  readonly class: ErrorClass
  /** The platform's own code, such as `15/isv.trade-not-exist`. */
  readonly code: string
  readonly retry: Retry
  readonly retryAfterMs: number | null
  /** The platform's words for a person, free of personal data. */
  readonly reason: string
}

/** A sheet as dropped by a merchant: first row are headers, every cell is text. */
export interface Sheet {
  readonly fileName: string
  readonly headers: readonly string[]
  readonly rows: readonly (readonly string[])[]
}
export interface CellError {
  /** 1 is the first row below the headers. */
  readonly row: number
  readonly column: string
  readonly value: string
  /** What is wrong and what to write instead, in Chinese. */
  readonly zh: string
}
export interface SheetReading {
  readonly orders: readonly (SeenOrder & { readonly rows: readonly number[] })[]
  readonly errors: readonly CellError[]
}
export interface SheetOut {
  readonly fileName: string
  readonly encoding: 'utf-8' | 'gbk'
  readonly headers: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export interface CaseAnswer {
  readonly channelCaseNo: string
  readonly channelOrderNo: string
  readonly decision: 'agree' | 'refuse'
  readonly amountFen: number
  readonly message: string
}

/** What a channel may be asked. An operation is present or it is not; screens show the rest as not offered. */
export interface ChannelOperations<C> {
  'shop.describe': (account: Account<C>) => Promise<{ readonly channelShopNo: string; readonly name: string }>
  /** The address to send the merchant's browser to. */
  'auth.start': (
    account: Account<C>,
    input: { readonly redirectUri: string; readonly state: string },
  ) => Promise<{ readonly url: string }>
  /** `query` is what came back to `redirectUri`. Throws CHANNEL_REFUSED when the merchant declined. */
  'auth.finish': (
    account: Account<C>,
    input: { readonly redirectUri: string; readonly query: Readonly<Record<string, string>> },
  ) => Promise<Authorised<C>>
  /**
   * Throws CHANNEL_NOT_AUTHORISED when it cannot be refreshed any more. Where `auth.start` is absent the keys typed in are enough for it:
   * then it is what fetches the first token too, and every call without one throws CHANNEL_NOT_AUTHORISED.
   */
  'auth.refresh': (account: Account<C>) => Promise<Authorised<C>>
  'orders.count': (
    account: Account<C>,
    input: { readonly span: Span; readonly by: 'modified' | 'created' },
  ) => Promise<number>
  'orders.pull': (account: Account<C>, input: PullInput) => Promise<Page<OrderHead>>
  /** Throws CHANNEL_NOT_FOUND. */
  'orders.get': (account: Account<C>, channelOrderNo: string) => Promise<SeenOrder>
  'orders.remark': (
    account: Account<C>,
    input: { readonly channelOrderNo: string; readonly remark: string; readonly flag: string | null },
  ) => Promise<void>
  /** The plain receiver behind a token, for a stated purpose. */
  'orders.reveal': (
    account: Account<C>,
    input: {
      readonly channelOrderNo: string
      readonly addressKey: string
      readonly purpose: 'waybill' | 'after-sales' | 'service'
    },
  ) => Promise<Pick<Receiver, 'name' | 'phone'> & { readonly address: string }>
  /** Groups of order numbers that the platform lets leave in one parcel. */
  'orders.mergeable': (
    account: Account<C>,
    input: readonly { readonly channelOrderNo: string; readonly addressKey: string }[],
  ) => Promise<readonly (readonly string[])[]>
  /** Throws CHANNEL_ALREADY_DONE or CHANNEL_UNCLEAR: the caller then reads the order and looks for the waybill number. */
  'shipments.report': (account: Account<C>, report: ShipmentReport) => Promise<void>
  'shipments.change': (
    account: Account<C>,
    input: ShipmentReport & { readonly formerWaybillNo: string; readonly formerCarrier: string },
  ) => Promise<void>
  /**
   * The waybill numbers that the platform knows for an order: for a channel that is told of parcels and takes no orders, where the order
   * cannot be read. Throws CHANNEL_NOT_FOUND.
   */
  'shipments.find': (account: Account<C>, channelOrderNo: string) => Promise<readonly string[]>
  /** At most `manifest.stock.perCall` items, all of one channel item when `manifest.stock.oneItem`. */
  'stock.push': (account: Account<C>, items: readonly StockItem[]) => Promise<readonly StockResult[]>
  'products.pull': (account: Account<C>, cursor: string | null) => Promise<Page<Listing>>
  'aftersales.pull': (
    account: Account<C>,
    input: { readonly span: Span; readonly cursor: string | null },
  ) => Promise<Page<{ readonly case: ChannelCase; readonly raw: string }>>
  'aftersales.get': (
    account: Account<C>,
    input: { readonly channelCaseNo: string; readonly channelOrderNo: string },
  ) => Promise<{ readonly case: ChannelCase; readonly raw: string }>
  'aftersales.answer': (account: Account<C>, answer: CaseAnswer) => Promise<void>
  /** Messages kept for us by the platform; they come again until confirmed. */
  'messages.pull': (account: Account<C>) => Promise<readonly ChannelEvent[]>
  'messages.confirm': (account: Account<C>, eventNos: readonly string[]) => Promise<void>
  /** Verifies a push and names what changed. Pure: reads credentials and the request, sends nothing. */
  'webhook.read': (credentials: C, push: IncomingPush, now: Instant) => PushReading
  /** Null when the headers are not this channel's export. Pure. */
  'export.read': (sheet: Sheet, now: Instant) => SheetReading | null
  /** The file that the platform's bulk-shipping upload takes (批量发货). Pure. */
  'export.shipments': (parcels: readonly ShipmentReport[]) => SheetOut
  /** The file that the platform's bulk stock upload takes (批量改库存), absolute numbers. Pure. */
  'export.stock': (items: readonly StockItem[]) => SheetOut
}

export interface Pulling {
  readonly by: readonly ('modified' | 'created')[]
  readonly spanMaxMs: number
  /** How far back a pull reaches. */
  readonly reachMs: number
  /** Overlap with the span before, and distance kept from now. */
  readonly overlapMs: number
  readonly lagMs: number
  readonly usualSpanMs: number
  /** The platform wants so long between two rounds of a shop; left out where it asks for nothing. */
  readonly everyMs?: number
}

export interface ChannelManifest<C> extends Manifest<C> {
  /** One character and its token name for the mark beside a shop's name. */
  readonly mark: string
  /** Base address of the real platform; null where each shop has its own, typed in as credential `address`. */
  readonly address: string | null
  readonly pulling: Pulling
  readonly stock: { readonly perCall: number; readonly oneItem: boolean }
  /** When the channel takes stock off the listing: on placing or on paying. Decides whether unpaid orders hold stock. */
  readonly stockTakenOn: 'placing' | 'paying'
  /** The part of the credentials that names the app, so that shops of one app share its limits. */
  readonly appKeyOf: (credentials: C) => string
}

/** What the inspector shows; the same pure functions the operations use. */
export interface ChannelInspection {
  /** Raw text of a list or detail answer, or of several (see channel-order standard). Throws CHANNEL_NONSENSE. */
  readonly orders: (text: string) => ChannelOrder[]
  readonly failure: (answer: Answer) => FailureReading | null
  /** Input as the sheet's vectors; throws INPUT_INVALID naming the field. */
  readonly signature: (input: unknown) => Readonly<Record<string, unknown>>
}

export interface ChannelPlug<C> extends Plug<ChannelOperations<C>, C, ChannelManifest<C>> {
  readonly inspect: ChannelInspection
  /** Every raw word the platform's sheet lists, for the totality test: order statuses and refund statuses. */
  readonly vocabulary: { readonly orderStatuses: readonly string[]; readonly refundStatuses: readonly string[] }
}

/** A channel whose credentials' type is known only inside it; they were parsed by its own schema. */
// biome-ignore lint/suspicious/noExplicitAny: the registry holds plug-ins of many credential types; each parses its own.
export type AnyChannel = ChannelPlug<any>

export function defineChannel<C>(plug: ChannelPlug<C>): ChannelPlug<C> {
  return plug
}
