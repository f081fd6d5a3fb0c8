import { isoText } from '../../core/time/instant.ts'
import type { Ctx } from '../../platform/module.ts'
import { appScope, readBans, readTurns, readUse, wantedOf } from '../../platform/send/places.ts'
import type { ShopRow } from './store/shops.ts'

export interface QuotaCard {
  readonly operation: string
  readonly per: 'shop' | 'app'
  readonly times: number
  readonly perMs: number
  readonly used: number
  /** Calls that wait for a place now, and how long the first of them has waited. */
  readonly waiting: number
  readonly waitedMs: number
  readonly bannedUntil: string | null
}

/** How much of each limit is used now (调用额度), with three statements for all shops. An app's bans show on its limits for all operations. */
export async function quotasOf(ctx: Ctx, shops: readonly ShopRow[]): Promise<ReadonlyMap<number, QuotaCard[]>> {
  const callers = shops.flatMap(({ id, channel, appKey }) => {
    const plug = ctx.plugs.channels.find((one) => one.manifest.id === channel)
    return plug === undefined || appKey === null ? [] : [{ shopId: id, channel, appKey, limits: plug.manifest.limits }]
  })
  const scopes = callers.flatMap((caller) => [`shop:${caller.shopId}`, appScope(caller)])
  const used = new Map((await readUse(ctx.db, scopes)).map((row) => [`${row.scope} ${row.name}`, row.used]))
  const turns = new Map((await readTurns(ctx.db, scopes)).map((row) => [row.limit, row]))
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
          waiting: turns.get(`${scope} ${name}`)?.waiting ?? 0,
          waitedMs: Math.round(turns.get(`${scope} ${name}`)?.longestMs ?? 0),
          bannedUntil: ban === undefined ? null : isoText(ban.until),
        }
      }),
    ]),
  )
}
