import { z } from 'zod'
import { defineRule } from '../rule.ts'

/** Holds an order whose buyer asks for something in the note (买家留言), so that a person reads it. */
export const noteAsks = defineRule({
  id: 'note-asks',
  zh: '买家留言含关键词时挂起',
  settings: z.strictObject({
    words: z
      .array(z.string().min(1).max(20))
      .max(100)
      .default([
        '改地址',
        '换地址',
        '地址改',
        '晚点发',
        '先别发',
        '不要发',
        '暂不发',
        '指定快递',
        '发顺丰',
        '开发票',
        '急',
        '送人',
        '贺卡',
        '换成',
      ]),
  }),
  needs: [],
  check(order, _facts, { words }) {
    const word = words.find((w) => order.buyerNote.includes(w))
    return word === undefined ? null : { word }
  },
})
