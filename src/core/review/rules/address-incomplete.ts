import { z } from 'zod'
import { addressProblems } from '../../address/complete.ts'
import { defineRule } from '../rule.ts'

/** Holds an order whose receiver a courier could not find (地址异常). Stars of a masked receiver are not held against it. */
export const addressIncomplete = defineRule({
  id: 'address-incomplete',
  zh: '收件人地址或电话不完整时挂起',
  settings: z.strictObject({}),
  needs: [],
  check(order) {
    const [first] = addressProblems(order.receiver)
    return first ? { problem: first.zh } : null
  },
})
