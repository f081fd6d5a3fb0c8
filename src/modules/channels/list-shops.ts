import type { z } from 'zod'
import type { ChannelCard, duties, ShopCard } from '../../contract/channels.ts'
import { authorisationState } from '../../core/channel/authorisation.ts'
import { lastDays } from '../../core/channel/certificate.ts'
import { shopState } from '../../core/channel/shop-state.ts'
import { shopStage } from '../../core/channel/stage.ts'
import { beijingDay, isoText } from '../../core/time/instant.ts'
import type { AnyChannel } from '../../kit/channel.ts'
import type { Ctx } from '../../platform/module.ts'
import { readGaps } from '../../platform/send/list-calls.ts'
import { redirectUriOf } from './authorise-shop.ts'
import { type Certificate, certificatesOf } from './certificates.ts'
import type { OperationName } from './link.ts'
import { mustFindShop } from './manage-shops.ts'
import { type QuotaCard, quotasOf } from './quotas.ts'
import { type DutyRow, listDuties } from './store/duties.ts'
import { countWaitingPushes } from './store/pushes.ts'
import type { ShopRow } from './store/shops.ts'
import * as store from './store/shops.ts'
import { listProgress, type ProgressRow } from './store/spans.ts'
import { countUnsent } from './store/unsent.ts'
import { sweepEveryMs } from './sweep-orders.ts'
import { troubleOf } from './unsent.ts'

export type Card = z.input<typeof ShopCard>
type Duty = (typeof duties)[number]

/** Which operation a duty needs. */
const needs = {
  orders: ['orders.pull'],
  history: ['orders.pull'],
  aftersales: ['aftersales.pull'],
  products: ['products.pull'],
  shipments: ['shipments.report'],
  stock: ['stock.push'],
  remarks: ['orders.remark'],
  pushes: ['webhook.read', 'messages.pull'],
} as const satisfies Record<Duty, readonly OperationName[]>

const dutyOfUnsent = { shipment: 'shipments', remark: 'remarks', stock: 'stock' } as const

/** Facts of all shops, loaded with as many statements as for one. */
interface Facts {
  readonly duties: readonly DutyRow[]
  readonly waiting: ReadonlyMap<string, number>
  readonly quotas: ReadonlyMap<number, readonly QuotaCard[]>
  readonly days: ReadonlyMap<number, readonly Certificate[]>
  readonly progress: ReadonlyMap<number, ProgressRow>
  /** How far apart pulls of orders have been of late (ms). */
  readonly gaps: ReadonlyMap<number, number>
}

/** The cards of all shops (渠道店铺): state in words, last success of each duty, quotas, the last seven days, age of what we know. */
export async function listShops(ctx: Ctx): Promise<Card[]> {
  return cardsOf(ctx, await store.listShops(ctx.db))
}

async function cardsOf(ctx: Ctx, shops: readonly ShopRow[]): Promise<Card[]> {
  const facts = await loadFacts(ctx, shops)
  return shops.map((shop) => cardOf(ctx, shop, facts))
}

async function loadFacts(ctx: Ctx, shops: readonly ShopRow[]): Promise<Facts> {
  const unsent = await countUnsent(ctx.db)
  const pushes = await countWaitingPushes(ctx.db)
  return {
    duties: await listDuties(ctx.db),
    waiting: new Map([
      ...unsent.map((row) => [`${row.shopId} ${dutyOfUnsent[row.kind]}`, row.count] as const),
      ...pushes.map((row) => [`${row.shopId} pushes`, row.count] as const),
    ]),
    quotas: await quotasOf(ctx, shops),
    days: await certificatesOf(
      ctx,
      shops.map((shop) => shop.id),
      lastDays(ctx.now(), 7),
    ),
    progress: new Map((await listProgress(ctx.db)).map((row) => [row.shopId, row])),
    gaps: new Map((await readGaps(ctx.db, 'orders.pull', ctx.now())).map((row) => [row.shopId, row.gapMs])),
  }
}

function cardOf(ctx: Ctx, shop: ShopRow, facts: Facts): Card {
  const plug = ctx.plugs.channels.find((one) => one.manifest.id === shop.channel) ?? null
  const now = ctx.now()
  const authorisation = authorisationState(
    { ...shop, isThere: shop.credentials !== null, isStopped: shop.stoppedAt !== null },
    now,
  )
  const { state, words } = shopState(
    { ...shop, isPaused: shop.pausedAt !== null, takesOrders: takesOrders(plug), authorisation },
    now,
  )
  const dutyCards = (Object.keys(needs) as Duty[]).map((duty) => dutyCard(shop, plug, { duty, facts }))
  return {
    shopId: shop.id,
    name: shop.name,
    channel: shop.channel,
    channelZh: plug?.manifest.zh ?? shop.channel,
    mark: plug?.manifest.mark ?? '?',
    mode: shop.mode,
    besideShopId: shop.besideShopId,
    takesOrders: takesOrders(plug),
    state,
    words,
    stage: shopStage(shop),
    shadowDays: shop.shadowDays,
    authorisation: {
      state: authorisation,
      expiresAt: textOrNull(shop.expiresAt),
      isRefreshed:
        shop.refreshableUntil !== null && shop.refreshableUntil > now && plug?.operations['auth.refresh'] !== undefined,
    },
    duties: dutyCards,
    quotas: [...(facts.quotas.get(shop.id) ?? [])],
    days: [...(facts.days.get(shop.id) ?? [])],
    freshMs: freshnessOf(plug, facts.gaps.get(shop.id)),
    dataAgeMs: shop.cursorAt === null ? null : Math.max(0, now - shop.cursorAt),
    firstPull: firstPullOf(facts.progress.get(shop.id)),
    unsent: dutyCards.filter((card) => card.duty !== 'pushes').reduce((sum, card) => sum + card.waiting, 0),
  }
}

/** A channel that is not plugged in any more is taken for the usual kind. */
const takesOrders = (plug: AnyChannel | null) => plug === null || plug.operations['orders.pull'] !== undefined

/** A promise from what was measured: an order is seen after one pull more at the latest, and the distance kept from now. */
function freshnessOf(plug: AnyChannel | null, gapMs: number | undefined): number | null {
  if (plug === null || gapMs === undefined) return null
  return Math.ceil(Math.max(gapMs, sweepEveryMs, plug.manifest.pulling.everyMs ?? 0) + plug.manifest.pulling.lagMs)
}

const textOrNull = (at: number | null) => (at === null ? null : isoText(at))

function dutyCard(
  shop: ShopRow,
  plug: AnyChannel | null,
  { duty, facts }: { readonly duty: Duty; readonly facts: Facts },
): Card['duties'][number] {
  const row = facts.duties.find((one) => one.shopId === shop.id && one.duty === duty)
  const isTroubled = row?.lastTroubleAt != null && row.lastTroubleAt > (row.lastSuccessAt ?? 0)
  return {
    duty,
    offered:
      shop.mode === 'api' && plug !== null && needs[duty].some((operation) => plug.operations[operation] !== undefined),
    lastSuccessAt: textOrNull(row?.lastSuccessAt ?? null),
    lastTroubleAt: textOrNull(row?.lastTroubleAt ?? null),
    trouble: isTroubled ? troubleOf(row.code, row.details) : null,
    waiting: facts.waiting.get(`${shop.id} ${duty}`) ?? 0,
  }
}

const dayMs = 24 * 3_600_000

/** How far the first pull is, in Beijing days. */
function firstPullOf(row: ProgressRow | undefined): Card['firstPull'] {
  if (row === undefined || row.fromAt === null || row.toAt === null) return null
  const totalDays = Math.max(1, Math.round((row.toAt - row.fromAt) / dayMs + 0.49))
  const isDone = row.done === row.total
  const doneDays = isDone ? totalDays : Math.floor((row.done / row.total) * totalDays)
  const isBegun = row.done > 0 || row.orders > 0
  const before = isBegun ? 'running' : 'waiting'
  return { state: isDone ? 'done' : before, fromDay: beijingDay(row.fromAt), doneDays, totalDays, orders: row.orders }
}

export async function readFirstPull(ctx: Ctx, shopId: number): Promise<Card['firstPull']> {
  await mustFindShop(ctx, shopId)
  const rows = await listProgress(ctx.db)
  return firstPullOf(rows.find((row) => row.shopId === shopId))
}

/** A shop with its settings; of secrets only that they are there. Throws SHOP_NOT_FOUND. */
export async function readShop(ctx: Ctx, shopId: number) {
  const shop = await mustFindShop(ctx, shopId)
  const [card] = await cardsOf(ctx, [shop])
  const plug = ctx.plugs.channel(shop.channel)
  const { publicUrl } = ctx.settings
  return {
    shop: card as Card,
    historyDays: shop.historyDays,
    channelShopNo: shop.channelShopNo,
    typed: typedOf(ctx, shop, plug),
    hookUrl:
      plug.operations['webhook.read'] === undefined ? null : `${publicUrl}/hooks/${shop.channel}/${shop.connection}`,
    redirectUri: plug.operations['auth.start'] === undefined ? null : redirectUriOf(ctx),
  }
}

function typedOf(ctx: Ctx, shop: ShopRow, plug: AnyChannel): { name: string; value: string | null }[] {
  if (shop.credentials === null) return []
  const held = JSON.parse(ctx.vault.open(shop.credentials)) as Record<string, unknown>
  return plug.manifest.fields.flatMap(({ name, kind }) => {
    const value = held[name]
    if (typeof value !== 'string' || value === '') return []
    return [{ name, value: kind === 'text' ? value : null }]
  })
}

/** Channels that can be connected, from their manifests. */
export function listChannels(ctx: Ctx): z.input<typeof ChannelCard>[] {
  return ctx.plugs.channels.map(({ manifest, operations }) => ({
    channel: manifest.id,
    zh: manifest.zh,
    en: manifest.en,
    mark: manifest.mark,
    fields: manifest.fields.map((field) => ({ ...field, optional: field.optional ?? false })),
    operations: Object.keys(operations).sort(),
    takesOrders: operations['orders.pull'] !== undefined,
    authorisesInBrowser: operations['auth.start'] !== undefined,
    fileMode: operations['export.read'] !== undefined,
    hookPath: operations['webhook.read'] === undefined ? null : `/hooks/${manifest.id}/:connection`,
    links: [...manifest.links],
  }))
}

/** Since when a shop is in the shadow stage, null when it is not, and how many clean days are wanted. Throws SHOP_NOT_FOUND. */
export async function shadowStageOf(ctx: Ctx, shopId: number) {
  const shop = await mustFindShop(ctx, shopId)
  return { since: shop.shadowSince, wantedDays: shop.shadowDays }
}
