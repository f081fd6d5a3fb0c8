import { z } from 'zod'
import { defineRule } from '../rule.ts'

/** Holds an order with goods we do not know yet (商品未匹配): a line is never shipped unmatched. */
export const listingUnmatched = defineRule({
  id: 'listing-unmatched',
  zh: '有商品没匹配到 SKU 时挂起',
  settings: z.strictObject({}),
  needs: [],
  check(order) {
    const unknown = order.lines.filter((line) => !line.hasSku && line.toShip > 0)
    const [first] = unknown
    return first ? { title: first.title.slice(0, 60), lines: unknown.length } : null
  },
})
