import type { Instant } from '../../src/core/time/instant.ts'
import * as shops from '../../src/modules/channels/store/shops.ts'
import type { Ctx } from '../../src/platform/module.ts'

/** A shop of a fake channel with working credentials; begun at `beganAt` unless that is null. */
export async function aShop(
  ctx: Ctx,
  given: {
    readonly name?: string
    readonly channel?: string
    readonly mode?: 'api' | 'file'
    readonly beganAt?: Instant | null
    /** The shop it stands beside, for a channel that takes no orders. */
    readonly besideShopId?: number
  } = {},
): Promise<number> {
  const { name = '一号店', channel = 'fake', mode = 'api', besideShopId = null } = given
  const { id } = await shops.insertShop(ctx.db, {
    channel,
    name,
    mode,
    besideShopId,
    connection: `hook-${name}`,
    now: ctx.now(),
  })
  if (mode === 'file') return id
  await shops.saveCredentials(ctx.db, id, {
    sealed: ctx.vault.seal(JSON.stringify({ key: 'k', token: 'good' })),
    appKey: 'k',
  })
  const beganAt = given.beganAt === undefined ? ctx.now() : given.beganAt
  if (beganAt !== null) await shops.saveBegin(ctx.db, id, beganAt)
  return id
}
