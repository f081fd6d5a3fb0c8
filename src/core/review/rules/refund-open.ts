import { z } from 'zod'
import { defineRule } from '../rule.ts'

/** Holds an order with a refund that waits for somebody (退款中): shipping it would lose goods or money. */
export const refundOpen = defineRule({
  id: 'refund-open',
  zh: '有退款在处理时挂起',
  settings: z.strictObject({}),
  needs: [],
  check: (order) => (order.refundState === 'in-progress' ? {} : null),
})
