import { z } from 'zod'
import { defineRule } from '../rule.ts'

/** Holds an order in a status that no sheet names (渠道状态未知): it is not guessed. */
export const payloadUnknown = defineRule({
  id: 'payload-unknown',
  zh: '渠道状态不认识时挂起',
  settings: z.strictObject({}),
  needs: [],
  check(order) {
    const unknown = order.warnings.find((warning) => warning.startsWith('unknown-status:'))
    return unknown === undefined ? null : { status: unknown.slice('unknown-status:'.length, 80) }
  },
})
