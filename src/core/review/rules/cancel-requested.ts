import { z } from 'zod'
import { defineRule } from '../rule.ts'

/** Holds an order whose buyer asked to cancel (申请取消). */
export const cancelRequested = defineRule({
  id: 'cancel-requested',
  zh: '买家申请取消时挂起',
  settings: z.strictObject({}),
  needs: [],
  check: (order) => (order.cancelRequested ? {} : null),
})
