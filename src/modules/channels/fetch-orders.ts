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

export interface Wanted {
  readonly orderNos: readonly string[]
  readonly source: SeenSource
  /** Done in the transaction that stores them, also for the part that came before a failure. */
  readonly onStored?: (ctx: Ctx, fetched: Fetched) => Promise<void>
}

/**
 * Fetches orders by number, several at once, and stores them as seen in one transaction. What came before a failure is stored before it
 * is thrown, so that the next try has less to do. Throws what `orders.get` throws, but CHANNEL_NOT_FOUND and CHANNEL_NONSENSE.
 */
export async function fetchOrders(ctx: Ctx, link: Link, wanted: Wanted): Promise<Fetched> {
  const get = operationOf(link, 'orders.get')
  const at = ctx.now()
  const fetched = { orders: [] as SeenOrder[], gone: [] as string[], unreadable: [] as string[] }
  const fetchOne = async (orderNo: string) => {
    try {
      fetched.orders.push(await ask(ctx, link, (account) => get(account, orderNo)))
    } catch (error) {
      const code = error instanceof Failure ? error.code : null
      if (code === 'CHANNEL_NOT_FOUND') fetched.gone.push(orderNo)
      else if (code === 'CHANNEL_NONSENSE') fetched.unreadable.push(orderNo)
      else throw error
    }
  }
  let fresh: readonly string[] = []
  try {
    await inParallel(wanted.orderNos, atOnce, fetchOne)
  } finally {
    fresh = await ctx.tx(async (inner) => {
      const { isNew } = await storeSeen(inner, fetched.orders, { shopId: link.shopId, source: wanted.source, at })
      await wanted.onStored?.(inner, { ...fetched, fresh: isNew })
      return isNew
    })
  }
  const { unreadable } = fetched
  if (unreadable.length > 0) ctx.log.warn({ shopId: link.shopId, unreadable }, 'orders could not be read')
  return { ...fetched, fresh }
}
