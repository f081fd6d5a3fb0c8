import { randomBytes } from 'node:crypto'
import { type ShopStage, shopStage } from '../../core/channel/stage.ts'
import { Failure } from '../../core/failures.ts'
import type { AnyChannel } from '../../kit/channel.ts'
import { constraintOf } from '../../platform/db/open.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { forgetBans } from '../../platform/send/places.ts'
import { audit } from '../security/index.ts'
import { openLinkAnyway } from './link.ts'
import { layOutHistory } from './pull-history.ts'
import type { ShopRow } from './store/shops.ts'
import * as store from './store/shops.ts'
import { dismissOfShop } from './store/unsent.ts'
import { wakeShop } from './wake-shop.ts'

/** Throws SHOP_NOT_FOUND. */
export async function mustFindShop(ctx: Ctx, shopId: number): Promise<ShopRow> {
  const shop = await store.findShop(ctx.db, shopId)
  if (shop === null) throw new Failure('SHOP_NOT_FOUND', { shopId })
  return shop
}

export interface NewShop {
  readonly channel: string
  readonly name: string
  readonly mode: 'api' | 'file'
  /** For a channel that takes no orders: the shop whose parcels it is told of. */
  readonly besideShopId?: number | undefined
}

/**
 * Throws CHANNEL_UNKNOWN, CHANNEL_OPERATION_ABSENT for files the channel cannot read, SHOP_NAME_TAKEN, INPUT_INVALID where the channel
 * needs a shop to stand beside, or cannot have one.
 */
export async function createShop(outer: Ctx, wish: NewShop): Promise<{ shopId: number }> {
  const plug = outer.plugs.channel(wish.channel)
  if (wish.mode === 'file' && plug.operations['export.read'] === undefined) {
    throw new Failure('CHANNEL_OPERATION_ABSENT', { channel: plug.manifest.zh, operation: '文件模式' })
  }
  return named(wish.name, () =>
    outer.tx(async (ctx) => {
      const besideShopId = await placeBeside(ctx, wish)
      const connection = randomBytes(18).toString('base64url')
      const { id } = await store.insertShop(ctx.db, { ...wish, besideShopId, connection, now: ctx.now() })
      await audit(ctx, { deed: 'channels.shop-created', object: 'shop', objectId: id, details: { ...wish } })
      await tell(ctx, 'channels.shop-changed', { shopId: id })
      return { shopId: id }
    }),
  )
}

/** Beside whom: a shop that has orders of its own. */
async function placeBeside(ctx: Ctx, { channel, besideShopId }: NewShop): Promise<number | null> {
  const { operations, manifest } = ctx.plugs.channel(channel)
  const takesOrders = operations['orders.pull'] !== undefined
  const wrong = (problem: string) => new Failure('INPUT_INVALID', { field: '报送的店铺', problem })
  if (takesOrders && besideShopId !== undefined) throw wrong(`${manifest.zh}自己有订单，不能为别的店铺报送`)
  if (takesOrders) return null
  if (besideShopId === undefined) throw wrong(`${manifest.zh}没有自己的订单，请选择为哪家店铺报送`)
  const beside = await mustFindShop(ctx, besideShopId)
  if (ctx.plugs.channel(beside.channel).operations['orders.pull'] === undefined)
    throw wrong(`“${beside.name}”没有自己的订单，请选择别的店铺`)
  return besideShopId
}

async function named<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (constraintOf(error) === 'shop_name') throw new Failure('SHOP_NAME_TAKEN', { name }, error)
    throw error
  }
}

export interface ShopSettings {
  readonly shopId: number
  readonly name?: string | undefined
  readonly historyDays?: number | undefined
  /** How far it has gone over to us; pausing is a deed of its own. */
  readonly stage?: Exclude<ShopStage, 'off'> | undefined
  /** Clean days in the shadow stage after which going live is offered. */
  readonly shadowDays?: number | undefined
}

/** Throws SHOP_NOT_FOUND, SHOP_NAME_TAKEN. A shop that may be written to again is told at once what waited. */
export async function changeShop(outer: Ctx, { shopId, ...wish }: ShopSettings): Promise<void> {
  await named(wish.name ?? '', () =>
    outer.tx(async (ctx) => {
      const before = await lockShop(ctx, shopId)
      const after = {
        name: wish.name ?? before.name,
        historyDays: wish.historyDays ?? before.historyDays,
        shadowDays: wish.shadowDays ?? before.shadowDays,
        ...stageColumns(before, wish.stage, ctx.now()),
      }
      await store.saveSettings(ctx.db, shopId, after)
      await audit(ctx, {
        deed: 'channels.shop-changed',
        object: 'shop',
        objectId: shopId,
        details: { before: settingsOf(before), after: settingsOf({ ...before, ...after }) },
      })
      if (before.isReadOnly && !after.isReadOnly) await wakeShop(ctx, shopId)
      await tell(ctx, 'channels.shop-changed', { shopId })
    }),
  )
}

/** What the trail tells of a shop's settings. */
function settingsOf(shop: ShopRow) {
  const { name, historyDays, shadowDays } = shop
  return { name, historyDays, stage: shopStage({ ...shop, pausedAt: null }), shadowDays }
}

function stageColumns(before: ShopRow, stage: ShopSettings['stage'], now: number) {
  if (stage === undefined) return { isReadOnly: before.isReadOnly, shadowSince: before.shadowSince }
  return { isReadOnly: stage !== 'live', shadowSince: stage === 'shadow' ? (before.shadowSince ?? now) : null }
}

async function lockShop(ctx: Ctx, shopId: number): Promise<ShopRow> {
  const shop = await store.lockShop(ctx.db, shopId)
  if (shop === null) throw new Failure('SHOP_NOT_FOUND', { shopId })
  return shop
}

/** Nothing is asked of the channel and nothing told until it is resumed; its cursor stands still. */
export async function pauseShop(outer: Ctx, shopId: number): Promise<void> {
  await outer.tx(async (ctx) => {
    await lockShop(ctx, shopId)
    await store.savePause(ctx.db, shopId, ctx.now())
    await audit(ctx, { deed: 'channels.shop-paused', object: 'shop', objectId: shopId })
    await tell(ctx, 'channels.shop-changed', { shopId })
  })
}

/** Catches up from where it stood. */
export async function resumeShop(outer: Ctx, shopId: number): Promise<void> {
  await outer.tx(async (ctx) => {
    await lockShop(ctx, shopId)
    await store.savePause(ctx.db, shopId, null)
    await audit(ctx, { deed: 'channels.shop-resumed', object: 'shop', objectId: shopId })
    await wakeShop(ctx, shopId)
    await tell(ctx, 'channels.shop-changed', { shopId })
  })
}

/** Orders stay; credentials and the record of pulls go, and what was not told yet is not told any more. Throws INPUT_INVALID for another name. */
export async function deleteShop(
  outer: Ctx,
  { shopId, name }: { readonly shopId: number; readonly name: string },
): Promise<void> {
  await outer.tx(async (ctx) => {
    const shop = await lockShop(ctx, shopId)
    if (shop.name !== name.trim())
      throw new Failure('INPUT_INVALID', { field: '店铺名', problem: `请输入“${shop.name}”以确认删除` })
    await dismissOfShop(ctx.db, shopId, '店铺已删除')
    await store.deleteTraces(ctx.db, shopId)
    await store.saveGone(ctx.db, shopId, ctx.now())
    await audit(ctx, {
      deed: 'channels.shop-deleted',
      object: 'shop',
      objectId: shopId,
      details: { name: shop.name, channel: shop.channel },
    })
    await tell(ctx, 'channels.shop-changed', { shopId })
  })
}

/**
 * Keeps typed-in credentials, sealed; fields left out keep what they hold, empty ones are cleared. Says whether the merchant must now
 * confirm in the browser. Throws SHOP_NOT_FOUND, SHOP_IN_FILE_MODE, INPUT_INVALID naming the field.
 */
export async function saveCredentials(
  outer: Ctx,
  { shopId, fields }: { readonly shopId: number; readonly fields: Readonly<Record<string, string>> },
): Promise<{ next: 'authorise' | 'test' }> {
  return outer.tx(async (ctx) => {
    const shop = await lockShop(ctx, shopId)
    if (shop.mode === 'file') throw new Failure('SHOP_IN_FILE_MODE', { name: shop.name })
    const plug = ctx.plugs.channel(shop.channel)
    const before =
      shop.credentials === null ? {} : (JSON.parse(ctx.vault.open(shop.credentials)) as Record<string, string>)
    const credentials = checked(plug, { ...before, ...typed(plug, fields) })
    await store.saveCredentials(ctx.db, shopId, {
      sealed: ctx.vault.seal(JSON.stringify(credentials)),
      appKey: plug.manifest.appKeyOf(credentials),
    })
    await audit(ctx, {
      deed: 'channels.credentials-changed',
      object: 'shop',
      objectId: shopId,
      details: { fields: Object.keys(fields) },
    })
    if (shop.beganAt !== null) await wakeShop(ctx, shopId)
    await tell(ctx, 'channels.shop-changed', { shopId })
    return { next: plug.operations['auth.start'] === undefined ? 'test' : 'authorise' }
  })
}

function typed(plug: AnyChannel, fields: Readonly<Record<string, string>>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const known = plug.manifest.fields.find((field) => field.name === name && field.kind !== 'obtained')
      if (known === undefined) throw new Failure('INPUT_INVALID', { field: name, problem: '没有这一项' })
      return [name, value.trim() === '' ? undefined : value.trim()]
    }),
  )
}

function checked(plug: AnyChannel, given: Readonly<Record<string, string | undefined>>): unknown {
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const parsed = plug.manifest.credentials.safeParse(present)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = plug.manifest.fields.find(({ name }) => name === issue?.path[0])
  const isMissing = field !== undefined && present[field.name] === undefined
  throw new Failure(
    'INPUT_INVALID',
    {
      field: field?.zh ?? String(issue?.path[0] ?? '密钥'),
      problem: isMissing ? '不能为空' : (issue?.message ?? '不对'),
    },
    parsed.error,
  )
}

/** Starts the first pull, and from now on the sweep. Harmless when it was begun. Throws SHOP_NOT_FOUND, SHOP_IN_FILE_MODE, INPUT_INVALID. */
export async function beginShop(
  outer: Ctx,
  { shopId, historyDays }: { readonly shopId: number; readonly historyDays?: number | undefined },
): Promise<void> {
  await outer.tx(async (ctx) => {
    const link = await openLinkAnyway(ctx, shopId)
    const days = historyDays ?? link.shop.historyDays
    await store.saveSettings(ctx.db, shopId, { ...link.shop, historyDays: days })
    link.shop = { ...link.shop, historyDays: days }
    if (!(await layOutHistory(ctx, link))) return
    await wakeShop(ctx, shopId)
    await tell(ctx, 'channels.shop-changed', { shopId })
  })
}

/** Everything of a shop is looked at now, its last days compared too; a ban we know of may be over and is tried. Throws SHOP_NOT_FOUND, SHOP_IN_FILE_MODE. */
export async function syncShop(outer: Ctx, shopId: number): Promise<void> {
  await outer.tx(async (ctx) => {
    const { shop } = await openLinkAnyway(ctx, shopId)
    if (shop.appKey !== null) await forgetBans(ctx.db, { channel: shop.channel, appKey: shop.appKey })
    await wakeShop(ctx, shopId, { compares: true })
  })
}
