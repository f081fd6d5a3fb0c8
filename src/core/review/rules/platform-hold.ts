import { z } from 'zod'
import { defineRule } from '../rule.ts'

/** Holds what the channel says must not be shipped yet (平台暂缓发货), such as a group buy that is not complete. */
export const platformHold = defineRule({
  id: 'platform-hold',
  zh: '平台不让发货时挂起',
  settings: z.strictObject({}),
  needs: [],
  check(order) {
    if (order.refundState === 'in-progress' || order.cancelRequested) return null
    return order.status === 'on-hold' || !order.mayShipNow ? { status: order.status } : null
  },
})
