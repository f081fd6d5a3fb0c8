import { ask, parsed } from './call.ts'
import type { MedusaAccount } from './manifest.ts'
import { type HeadPayload, ReturnsAnswer } from './payload.ts'

/** Most rows of one call. Source: own-site.md 5.1 [assumed]. */
const returnsPerCall = 100

interface ReturnsOf {
  readonly operation: string
  readonly orderNos: readonly string[]
  readonly isWrite: boolean
}

/** The JSON of every return (退货) of these orders, cancelled ones included. Source: own-site.md 5.3 [sdk M]. */
export async function readReturns(
  account: MedusaAccount,
  { operation, orderNos, isWrite }: ReturnsOf,
): Promise<unknown[]> {
  const found: unknown[] = []
  for (let total = orderNos.length > 0 ? 1 : 0; found.length < total; ) {
    const query = {
      order_id: orderNos,
      fields: '*items',
      order: 'id',
      limit: String(returnsPerCall),
      offset: String(found.length),
    }
    const value = await ask(account, { operation, method: 'GET', path: '/returns', query, isWrite })
    const { returns, count } = parsed(ReturnsAnswer, value, { what: 'returns', isWrite })
    found.push(...returns)
    total = returns.length === 0 ? 0 : count
  }
  return found
}

/** Whether an order's own counts tell of a return that still counts; then its record says how far it is. */
export function hasReturns({ items }: Pick<HeadPayload, 'items'>): boolean {
  return items.some(({ detail }) => {
    const { return_requested_quantity = 0, return_received_quantity = 0, return_dismissed_quantity = 0 } = detail ?? {}
    return return_requested_quantity + return_received_quantity + return_dismissed_quantity > 0
  })
}
