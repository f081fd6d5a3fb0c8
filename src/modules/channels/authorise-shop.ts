import { randomBytes } from 'node:crypto'
import { isRefreshDue, warningDue } from '../../core/channel/authorisation.ts'
import { Failure, failureWords } from '../../core/failures.ts'
import { isoText } from '../../core/time/instant.ts'
import { tell } from '../../platform/events/tell.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import { retryLaidDown } from '../../platform/jobs/laid-down.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from '../security/index.ts'
import { askBare } from './ask.ts'
import { type Link, offers, openLink, openLinkAnyway, operationOf } from './link.ts'
import { canRenew, renew, saveAuthorised } from './renew.ts'
import { insertState, lockRenewal, takeState } from './store/renewals.ts'
import * as store from './store/shops.ts'
import { wakeShop } from './wake-shop.ts'

const stateLivesMs = 15 * 60_000

/** Where the channel sends the merchant's browser back to: a page that hands the query to `finishAuthorisation`. */
export const redirectUriOf = (ctx: Pick<Ctx, 'settings'>) => `${ctx.settings.publicUrl}/shops/authorised`

const fingerprintOf = (ctx: Ctx, state: string) => ctx.vault.fingerprint('authorisation-state', state)

/** The address at which the merchant confirms (授权), good for 15 minutes and one use. Throws CHANNEL_OPERATION_ABSENT where keys alone are enough. */
export async function startAuthorisation(ctx: Ctx, shopId: number): Promise<{ url: string; expiresAt: string }> {
  const link = await openLinkAnyway(ctx, shopId)
  const state = randomBytes(32).toString('base64url')
  const expiresAt = ctx.now() + stateLivesMs
  await insertState(ctx.db, { state: fingerprintOf(ctx, state), shopId, expiresAt })
  const start = operationOf(link, 'auth.start')
  const { url } = await askBare(ctx, link, (account) => start(account, { redirectUri: redirectUriOf(ctx), state }))
  return { url, expiresAt: isoText(expiresAt) }
}

/**
 * Exchanges what came back for credentials. What the shop had laid down is done now, and what it missed is caught up, since its cursor
 * stood still. Throws AUTHORISATION_EXPIRED_LINK, CHANNEL_REFUSED when the merchant declined or confirmed with another shop's account.
 */
export async function finishAuthorisation(
  ctx: Ctx,
  query: Readonly<Record<string, string>>,
): Promise<{ shopId: number; name: string; expiresAt: string | null }> {
  const used = await takeState(ctx.db, fingerprintOf(ctx, query.state ?? ''), ctx.now())
  if (used === null) throw new Failure('AUTHORISATION_EXPIRED_LINK')
  const link = await openLinkAnyway(ctx, used.shopId)
  const finish = operationOf(link, 'auth.finish')
  const authorised = await askBare(ctx, link, (account) => finish(account, { redirectUri: redirectUriOf(ctx), query }))
  refuseOtherShop(link, authorised)

  await ctx.tx(async (inner) => {
    await lockRenewal(inner.db, link.shopId)
    await saveAuthorised(inner, link, authorised)
    await audit(inner, {
      deed: 'channels.shop-authorised',
      object: 'shop',
      objectId: link.shopId,
      details: { channelShopNo: authorised.channelShopNo },
    })
    await retryLaidDown(inner.db, { authorisedShopId: link.shopId }, inner.now())
    if (link.shop.beganAt !== null) await wakeShop(inner, link.shopId)
  })
  return {
    shopId: link.shopId,
    name: link.shop.name,
    expiresAt: authorised.expiresAt === null ? null : isoText(authorised.expiresAt),
  }
}

/** Orders of two shops must not run together in one. */
function refuseOtherShop(
  { plug, shop }: Link,
  { channelShopNo, shopName }: { readonly channelShopNo: string; readonly shopName: string },
): void {
  if (shop.channelShopNo === null || shop.channelShopNo === channelShopNo) return
  throw new Failure('CHANNEL_REFUSED', {
    channel: plug.manifest.zh,
    reason: `刚才确认的是另一家店“${shopName}”，请用“${shop.name}”的账号授权`,
  })
}

/** Enqueues renewals that are due, and tells of authorisations that end in 7, 3 or 1 days, each once. */
export async function watchAuthorisations(ctx: Ctx): Promise<void> {
  const now = ctx.now()
  for (const shop of await store.listExpiring(ctx.db)) {
    const offersRefresh = ctx.plugs.channel(shop.channel).operations['auth.refresh'] !== undefined
    if (offersRefresh && isRefreshDue(shop, now)) {
      await enqueue(ctx, 'auth.refresh', { shopId: shop.id }, { key: `auth.refresh:${shop.id}`, priority: -20 })
    }
    const days = warningDue(shop, now)
    if (days === null) continue
    await ctx.tx(async (inner) => {
      await store.saveWarned(inner.db, shop.id, days)
      await tell(inner, 'channels.authorisation-expiring', { shopId: shop.id, days })
    })
  }
}

/** Renews ahead of the end. A refusal stops nothing yet: what is there may still hold for a while, and the merchant is warned. */
export async function refreshShop(ctx: Ctx, shopId: number): Promise<void> {
  const link = await openLink(ctx, shopId)
  if (link === null || !canRenew(link, ctx.now()) || !isRefreshDue(link.shop, ctx.now())) return
  if (!(await renew(ctx, link, link.shop))) ctx.log.warn({ shopId }, 'authorisation could not be renewed')
}

/** One harmless call; where keys alone bring a token, the first one is fetched. What is wrong comes as words and is no failure of the test. */
export async function testShop(ctx: Ctx, shopId: number) {
  const link = await openLinkAnyway(ctx, shopId)
  const began = performance.now()
  const took = () => Math.round(performance.now() - began)
  try {
    if (!offers(link, 'auth.start') && link.shop.refreshedAt === null) await renew(ctx, link, link.shop)
    const describe = operationOf(link, 'shop.describe')
    const { channelShopNo, name } = await askBare(ctx, link, describe)
    if (link.shop.channelShopNo === null) await store.saveShopNo(ctx.db, shopId, channelShopNo)
    else refuseOtherShop(link, { channelShopNo, shopName: name })
    return { ok: true, shopName: name, channelShopNo, ms: took(), trouble: null }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return {
      ok: false,
      shopName: null,
      channelShopNo: null,
      ms: took(),
      trouble: { code: error.code, zh: failureWords(error.code, error.details) },
    }
  }
}
