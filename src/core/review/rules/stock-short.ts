import { z } from 'zod'
import { defineRule } from '../rule.ts'

/** Holds an order that no place can fill (缺货, 超卖): sold, but nothing held for it. */
export const stockShort = defineRule({
  id: 'stock-short',
  zh: '库存不够时挂起',
  settings: z.strictObject({}),
  needs: ['missing'],
  check(_order, { missing }) {
    const [first] = missing
    return first ? { sku: first.sku, short: first.quantity, kinds: missing.length } : null
  },
})
