import type { Clock } from '../../aid/clock.ts'
import { type FaultPlayer, faultPlayer } from '../../aid/faults.ts'
import { type Chance, chance } from '../../aid/random.ts'
import { type Sorted, sortedBy } from '../../aid/sorted.ts'
import type { ReportedShipment } from '../../simulator.ts'
import { type Flow, flowControl } from './flow.ts'
import { type Messages, messageQueue } from './messages.ts'
import { type Settings, usual } from './settings.ts'
import type { Item, Refund, Sku, Trade } from './state.ts'
import { type Branch, timeText, toJson, whole, yuan } from './text.ts'
import { app, type Grant, seller, type Tokens, tokenStore } from './tokens.ts'

/** Everything the simulated platform knows. A reset makes a new one. */
export interface World {
  readonly clock: Clock
  readonly faults: FaultPlayer
  readonly tokens: Tokens
  readonly flow: Flow
  readonly messages: Messages
  readonly dice: Chance
  readonly trades: Map<string, Trade>
  readonly tradesByModified: Sorted<Trade>
  readonly tradesByCreated: Sorted<Trade>
  readonly refunds: Map<string, Refund>
  readonly refundsByModified: Sorted<Refund>
  readonly items: Map<string, Item>
  readonly skus: Map<string, Sku>
  readonly shipments: Map<string, MutableShipment>
  /** Waybill numbers in use, with the address their parcel goes to. */
  readonly waybills: Map<string, string>
  readonly calls: Record<string, number>
  readonly refused: Record<string, number>
  readonly seed: number
  settings: Settings
  /** Purchases without a seed of their own take the next one. */
  purchases: number
  /** The first thirteen digits of the latest trade number. */
  lastTidHead: number
  /** Refunds opened so far, from which their numbers come. */
  refundCount: number
  requestCount: number
}

export type MutableShipment = { -readonly [name in keyof ReportedShipment]: ReportedShipment[name] }

export function newWorld(seed: number, clock: Clock): World {
  const faults = faultPlayer(seed)
  return {
    clock,
    faults,
    tokens: tokenStore(),
    flow: flowControl(),
    messages: messageQueue(faults),
    dice: chance(`${seed}:taobao`),
    trades: new Map(),
    tradesByModified: sortedBy((trade) => trade.modifiedAt),
    tradesByCreated: sortedBy((trade) => trade.createdAt),
    refunds: new Map(),
    refundsByModified: sortedBy((refund) => refund.modifiedAt),
    items: new Map(),
    skus: new Map(),
    shipments: new Map(),
    waybills: new Map(),
    calls: {},
    refused: {},
    seed,
    settings: usual,
    purchases: 0,
    lastTidHead: 4_150_331_829_467,
    refundCount: 0,
    requestCount: 0,
  }
}

/** The platform's time in whole seconds: it shows no finer, so it keeps no finer. */
export function secondNow(world: World): number {
  return Math.floor(world.clock.now() / 1000) * 1000
}

/** Enters a trade that has just been placed. */
export function addTrade(world: World, trade: Trade): void {
  world.trades.set(trade.tid, trade)
  world.tradesByModified.add(trade)
  world.tradesByCreated.add(trade)
}

/** A trade has changed: it is the latest now. */
function touch(world: World, trade: Trade): void {
  world.tradesByModified.remove(trade)
  trade.modifiedAt = secondNow(world)
  trade.touchedAt = world.clock.now()
  world.tradesByModified.add(trade)
}

/** As `touch`, and says so by a message. `extra` joins or replaces what every trade message holds. */
export function announce(world: World, trade: Trade, topic: TradeTopic, extra: Branch = {}): void {
  touch(world, trade)
  const content = {
    buyer_nick: trade.buyerNick,
    buyer_open_uid: trade.buyerOpenUid,
    payment: yuan(trade.paymentFen),
    tid: whole(trade.tid),
    oid: whole(trade.tid),
    type: trade.type,
    seller_nick: seller.nick,
    status: trade.status,
    ...extra,
  }
  world.messages.publish(`taobao_trade_${topic}`, toJson(content), timeText(world.clock.now()))
}

function touchRefund(world: World, refund: Refund): void {
  world.refundsByModified.remove(refund)
  refund.modifiedAt = secondNow(world)
  refund.touchedAt = world.clock.now()
  refund.version = Math.max(refund.version + 1, world.clock.now())
  world.refundsByModified.add(refund)
}

/** A refund has changed, and with it its trade. */
export function announceRefund(world: World, refund: Refund, topic: RefundTopic): void {
  touchRefund(world, refund)
  touch(world, refund.trade)
  const content = {
    bill_type: refund.hasGoodReturn ? 'return_bill' : 'refund_bill',
    refund_fee: yuan(refund.feeFen),
    refund_phase: refund.phase,
    refund_id: whole(refund.refundNo),
    tid: whole(refund.trade.tid),
    oid: whole(refund.line.oid),
    buyer_nick: refund.trade.buyerNick,
    buyer_open_uid: refund.trade.buyerOpenUid,
    seller_nick: seller.nick,
    modified: timeText(refund.modifiedAt),
  }
  world.messages.publish(`taobao_refund_${topic}`, toJson(content), timeText(world.clock.now()))
}

/** What a listing message holds besides its item is [assumed]; the sheet names the topics alone. */
export function announceItem(world: World, sku: Sku, topic: ItemTopic): void {
  sku.modifiedAt = secondNow(world)
  sku.item.modifiedAt = sku.modifiedAt
  const total = sku.item.skus.reduce((all, { quantity }) => all + quantity, 0)
  const content = {
    num_iid: whole(sku.item.itemNo),
    sku_id: sku.skuNo === '' ? undefined : whole(sku.skuNo),
    num: total,
    sku_num: sku.quantity,
    nick: seller.nick,
  }
  world.messages.publish(`taobao_item_${topic}`, toJson(content), timeText(world.clock.now()))
}

/** Source of the topics: taobao.md 16.2 [sdk]. */
export type TradeTopic =
  | 'TradeCreate'
  | 'TradeBuyerPay'
  | 'TradeBuyerStepPay'
  | 'TradeChanged'
  | 'TradeMemoModified'
  | 'TradeLogisticsAddressChanged'
  | 'TradePartlySellerShip'
  | 'TradeSellerShip'
  | 'TradePartlyRefund'
  | 'TradeClose'
  | 'TradeSuccess'
export type RefundTopic =
  | 'RefundCreated'
  | 'RefundSellerAgreeAgreement'
  | 'RefundSellerRefuseAgreement'
  | 'RefundBuyerModifyAgreement'
  | 'RefundBuyerReturnGoods'
  | 'RefundClosed'
  | 'RefundSuccess'
export type ItemTopic = 'ItemAdd' | 'ItemUpdate' | 'ItemStockChanged' | 'ItemZeroStock' | 'ItemSkuZeroStock'

export interface CredentialsWish {
  readonly lifeMs: number
  readonly refreshable: boolean
}

/** Issues the credentials a shop's form asks for. Their names are ours: the platform knows none. */
export function credentialsOf(world: World, wish: CredentialsWish): Readonly<Record<string, string>> {
  const grant = issue(world, wish)
  return {
    appKey: app.key,
    appSecret: app.secret,
    accessToken: grant.accessToken,
    ...(grant.refreshToken === null ? {} : { refreshToken: grant.refreshToken }),
  }
}

/** What the seller's consent gives, by the settings. */
export function newGrant(world: World): Grant {
  const { tokenSeconds, tokenMode } = world.settings
  return issue(world, { lifeMs: tokenSeconds * 1000, refreshable: tokenMode === 'refreshable' })
}

/** A new token for a refresh token that holds; the old access token ends with it [assumed]. Null: it does not hold. */
export function refreshGrant(world: World, refreshToken: string): Grant | null {
  const old = world.tokens.refreshable(refreshToken, world.clock.now())
  if (old === null) return null
  world.tokens.end(old.accessToken)
  return newGrant(world)
}

function issue(world: World, wish: CredentialsWish): Grant {
  const { levelSeconds, subAccount } = world.settings
  const levelMs = Object.fromEntries(Object.entries(levelSeconds).map(([level, seconds]) => [level, seconds * 1000]))
  return world.tokens.grant({ ...wish, now: world.clock.now(), levelMs, isSubAccount: subAccount })
}
