import { z } from 'zod'
import { defineRule } from '../rule.ts'

/** Holds the second of two orders of one buyer for the same goods within a short time (疑似重复下单). */
export const likelyDuplicate = defineRule({
  id: 'likely-duplicate',
  zh: '同一买家短时间内重复下单时挂起后一单',
  settings: z.strictObject({ minutes: z.int().positive().max(1_440).default(30) }),
  needs: ['twin'],
  check: (_order, { twin }, { minutes }) =>
    twin && twin.minutes <= minutes ? { orderNo: twin.orderNo, minutes: twin.minutes } : null,
})
