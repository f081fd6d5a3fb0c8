import { Failure } from '../../core/failures.ts'
import type { SeenOrder } from '../../kit/channel.ts'
import type { Ctx } from '../../platform/module.ts'
import { ask } from './ask.ts'
import { inParallel } from './in-parallel.ts'
import { type Link, operationOf } from './link.ts'
import type { SeenSource } from './store/seen.ts'
import { storeSeen } from './store-seen.ts'

/** So many orders are fetched at once; the limits decide how quickly they go out. */
const atOnce = 6

export interface Fetched {
  readonly orders: readonly SeenOrder[]
  /** Those whose content was new to us. */
  readonly fresh: readonly string[]
  /** The channel does not know these numbers. */
  readonly gone: readonly string[]
  /** The channel's answer for these cannot be read; neighbours are not held up by them. */
  readonly unreadable: readonly string[]
}

/**
 * Fetches orders by number, several at once, and stores them as seen in one transaction. What came before a failure is stored before it
 * is thrown, so that the next try has less to do. Throws what `orders.get` throws, but CHANNEL_NOT_FOUND and CHANNEL_NONSENSE.
 */
export async function fetchOrders(
  ctx: Ctx,
  link: Link,
  wanted: { readonly orderNos: readonly string[]; readonly source: SeenSource },
): Promise<Fetched> {
  const get = operationOf(link, 'orders.get')
  const at = ctx.now()
  const orders: SeenOrder[] = []
  const gone: string[] = []
  const unreadable: string[] = []
  const fetchOne = async (orderNo: string) => {
    try {
      orders.push(await ask(ctx, link, (account) => get(account, orderNo)))
    } catch (error) {
      const code = error instanceof Failure ? error.code : null
      if (code === 'CHANNEL_NOT_FOUND') gone.push(orderNo)
      else if (code === 'CHANNEL_NONSENSE') unreadable.push(orderNo)
      else throw error
    }
  }
  let fresh: readonly string[] = []
  try {
    await inParallel(wanted.orderNos, atOnce, fetchOne)
  } finally {
    fresh = (await storeSeen(ctx, orders, { shopId: link.shopId, source: wanted.source, at })).isNew
  }
  if (unreadable.length > 0) ctx.log.warn({ shopId: link.shopId, unreadable }, 'orders could not be read')
  return { orders, fresh, gone, unreadable }
}
