import { isoText } from '../../core/time/instant.ts'
import type { Ctx } from '../../platform/module.ts'
import { appScope, readBans, readUse, wantedOf } from '../../platform/send/places.ts'
import type { ShopRow } from './store/shops.ts'

export interface QuotaCard {
  readonly operation: string
  readonly per: 'shop' | 'app'
  readonly times: number
  readonly perMs: number
  readonly used: number
  readonly bannedUntil: string | null
}

/** How much of each limit is used now (调用额度), with two statements for all shops. An app's bans show on its limits for all operations. */
export async function quotasOf(ctx: Ctx, shops: readonly ShopRow[]): Promise<ReadonlyMap<number, QuotaCard[]>> {
  const callers = shops.flatMap(({ id, channel, appKey }) => {
    const plug = ctx.plugs.channels.find((one) => one.manifest.id === channel)
    return plug === undefined || appKey === null ? [] : [{ shopId: id, channel, appKey, limits: plug.manifest.limits }]
  })
  const scopes = callers.flatMap((caller) => [`shop:${caller.shopId}`, appScope(caller)])
  const used = new Map((await readUse(ctx.db, scopes)).map((row) => [`${row.scope} ${row.name}`, row.used]))
  const bans = await readBans(ctx.db, scopes)
  return new Map(
    callers.map((caller) => [
      caller.shopId,
      caller.limits.map((limit) => {
        const { scope, name } = wantedOf(caller, limit)
        const ban = bans.find(
          (one) => one.scope === appScope(caller) && (limit.operation === '*' || one.operation === limit.operation),
        )
        return {
          ...limit,
          used: used.get(`${scope} ${name}`) ?? 0,
          bannedUntil: ban === undefined ? null : isoText(ban.until),
        }
      }),
    ]),
  )
}
