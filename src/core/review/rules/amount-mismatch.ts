import { z } from 'zod'
import { defineRule } from '../rule.ts'

/** Holds an order whose lines and freight do not add up to what was paid (金额对不上). */
export const amountMismatch = defineRule({
  id: 'amount-mismatch',
  zh: '明细与实付对不上时挂起',
  settings: z.strictObject({}),
  needs: [],
  check: (order) => (order.warnings.includes('amount-mismatch') ? {} : null),
})
