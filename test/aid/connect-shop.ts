import type { Simulator } from '../../simulators/simulator.ts'
import { Failure } from '../../src/core/failures.ts'
import { finishAuthorisation, startAuthorisation } from '../../src/modules/channels/authorise-shop.ts'
import { saveCredentials } from '../../src/modules/channels/manage-shops.ts'
import * as shops from '../../src/modules/channels/store/shops.ts'
import type { Ctx } from '../../src/platform/module.ts'

/** Connects a shop to its simulated platform as a merchant does: types in the keys, and confirms in the browser where the platform wants that. */
export async function connectShop(ctx: Ctx, shopId: number, { about }: Simulator): Promise<void> {
  const answer = await fetch(`${about.address}/_sim/authorise`, { method: 'POST', body: '{}' })
  const { credentials } = (await answer.json()) as { readonly credentials: Readonly<Record<string, string>> }
  const shop = await shops.findShop(ctx.db, shopId)
  if (shop === null) throw new Failure('SHOP_NOT_FOUND', { shopId })
  const typed = ctx.plugs.channel(shop.channel).manifest.fields.filter((field) => field.kind !== 'obtained')
  const fields = Object.fromEntries(
    typed.flatMap(({ name }) => (credentials[name] === undefined ? [] : [[name, credentials[name]]])),
  )
  const { next } = await saveCredentials(ctx, { shopId, fields })
  if (next === 'test') return
  const { url } = await startAuthorisation(ctx, shopId)
  const consent = await fetch(url, { redirect: 'manual' })
  const back = new URL(consent.headers.get('location') ?? '')
  await finishAuthorisation(ctx, Object.fromEntries(back.searchParams))
}
