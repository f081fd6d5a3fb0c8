import { Failure, failureWords } from '../../core/failures.ts'
import type { Authorised } from '../../kit/channel.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { type Link, offers, openAccount, operationOf } from './link.ts'
import { lockRenewal } from './store/renewals.ts'
import type { ShopRow } from './store/shops.ts'
import * as store from './store/shops.ts'

interface Refusal {
  /** The shop as it was when the refused call was made. */
  readonly used: ShopRow
  readonly failure: Failure
  /** A fresh authorisation was refused too: another one would not help. */
  readonly isRenewed: boolean
}

/**
 * After a refusal for want of authorisation (授权失效): takes what somebody else has renewed meanwhile, renews it where the channel allows
 * that, or stops this one shop and throws the refusal.
 */
export async function renewOrStop(ctx: Ctx, link: Link, { used, failure, isRenewed }: Refusal): Promise<void> {
  if (!isRenewed && (await renew(ctx, link, used))) return
  await stopShop(ctx, link.shopId, failure)
  throw failure
}

/** True when the link now holds other credentials than `used`. Several that fail at once renew once. Throws when the channel is silent. */
export async function renew(ctx: Ctx, link: Link, used: ShopRow): Promise<boolean> {
  return ctx.tx(async (inner) => {
    await lockRenewal(inner.db, link.shopId)
    const shop = await store.findShop(inner.db, link.shopId)
    if (shop === null || shop.stoppedAt !== null) return false
    link.shop = shop
    if (shop.refreshedAt !== used.refreshedAt) return true
    if (!canRenew(link, inner.now())) return false

    const authorised = await refreshed(inner, link)
    if (authorised === null) return false
    await saveAuthorised(inner, link, authorised)
    return true
  })
}

/** Where no merchant confirms anything the keys typed in always bring a token, the first one too. */
export const canRenew = (link: Pick<Link, 'plug' | 'shop'>, now: number) => {
  if (!offers(link, 'auth.refresh')) return false
  const { refreshableUntil } = link.shop
  return !offers(link, 'auth.start') || (refreshableUntil !== null && refreshableUntil > now)
}

async function refreshed(ctx: Ctx, link: Link): Promise<Authorised<unknown> | null> {
  try {
    return await operationOf(link, 'auth.refresh')(openAccount(ctx, link).account)
  } catch (error) {
    if (error instanceof Failure && error.code === 'CHANNEL_NOT_AUTHORISED') return null
    throw error
  }
}

/** Keeps what authorisation brought, sealed; the shop is no longer stopped. */
export async function saveAuthorised(ctx: Ctx, link: Link, authorised: Authorised<unknown>): Promise<void> {
  const credentials = link.plug.manifest.credentials.parse(authorised.credentials)
  await store.saveAuthorisation(ctx.db, link.shopId, {
    sealed: ctx.vault.seal(JSON.stringify(credentials)),
    appKey: link.plug.manifest.appKeyOf(credentials),
    channelShopNo: authorised.channelShopNo,
    expiresAt: authorised.expiresAt,
    refreshableUntil: authorised.refreshableUntil,
    now: ctx.now(),
  })
  const shop = await store.findShop(ctx.db, link.shopId)
  if (shop !== null) link.shop = shop
  await tell(ctx, 'channels.shop-changed', { shopId: link.shopId })
}

/** Only this shop stops; its cursor stands still, so nothing is missed. */
async function stopShop(ctx: Ctx, shopId: number, failure: Failure): Promise<void> {
  await ctx.tx(async (inner) => {
    const because = failureWords(failure.code, failure.details)
    if ((await store.saveStop(inner.db, shopId, because, inner.now())) === 0) return
    inner.log.warn({ shopId, code: failure.code }, 'shop stopped')
    await tell(inner, 'channels.shop-changed', { shopId })
  })
}
