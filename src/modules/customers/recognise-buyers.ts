import type { Ctx } from '../../platform/module.ts'
import * as store from './store.ts'

type BuyerKey = store.BuyerKey

/** The people behind these keys (买家), added when new. Keyed by `channel` and `buyerKey` joined with a line break. */
export async function recogniseBuyers(ctx: Ctx, keys: readonly BuyerKey[]): Promise<ReadonlyMap<string, number>> {
  const wanted = new Map(keys.map((key) => [nameOf(key), key]))
  if (wanted.size === 0) return new Map()
  const found = new Map(
    (await store.findBuyers(ctx.db, [...wanted.values()])).map((buyer) => [nameOf(buyer), buyer.id]),
  )
  const unknown = [...wanted].filter(([name]) => !found.has(name)).map(([, key]) => key)
  if (unknown.length === 0) return found

  await store.insertBuyers(ctx.db, unknown, ctx.now())
  const added = await store.findBuyers(ctx.db, unknown)
  return new Map([...found, ...added.map((buyer) => [nameOf(buyer), buyer.id] as const)])
}

const nameOf = (key: BuyerKey) => `${key.channel}\n${key.buyerKey}`
