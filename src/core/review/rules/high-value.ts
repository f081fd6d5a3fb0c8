import { z } from 'zod'
import { defineRule } from '../rule.ts'

/** Holds an order above an amount (高价值), so that a person looks before it leaves. Amounts in fen; other currencies are not judged. */
export const highValue = defineRule({
  id: 'high-value',
  zh: '实付超过一定金额时挂起',
  settings: z.strictObject({ aboveFen: z.int().positive().default(500_000) }),
  needs: [],
  check: (order, _facts, { aboveFen }) =>
    order.currency === 'CNY' && order.paidFen > aboveFen ? { paidFen: order.paidFen, aboveFen } : null,
})
