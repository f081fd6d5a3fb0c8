import { z } from 'zod'

const Cost = z.looseObject({
  extensions: z.looseObject({
    cost: z.looseObject({
      requestedQueryCost: z.number(),
      throttleStatus: z.looseObject({ currentlyAvailable: z.number(), restoreRate: z.number().positive() }),
    }),
  }),
})

/**
 * How long a throttled call must wait, in ms: until the missing points are back, in whole seconds. Null where the answer tells no cost.
 * Source: own-site.md 3 [doc S].
 */
export function throttleWaitMs(body: unknown): number | null {
  const read = Cost.safeParse(body)
  if (!read.success) return null
  const { requestedQueryCost, throttleStatus } = read.data.extensions.cost
  const missing = requestedQueryCost - throttleStatus.currentlyAvailable
  return Math.max(1, Math.ceil(missing / throttleStatus.restoreRate)) * 1000
}
