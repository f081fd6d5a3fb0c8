import { expect, test } from 'vitest'
import { z } from 'zod'
import { unknownFields } from './unknown-fields.ts'

const Line = z.looseObject({ sku: z.string(), qty: z.int() })
const Order = z.looseObject({
  id: z.string().transform((id) => id.trim()),
  receiver: z.looseObject({ name: z.string() }).nullish(),
  lines: z
    .array(Line)
    .nullish()
    .transform((lines) => lines ?? []),
  extras: z.record(z.string(), z.string()).optional(),
})

test('each field that the schema does not know is named once, with its path', () => {
  const value = {
    id: '7301',
    gift_card: null,
    receiver: { name: '林晓禾', floor: 3 },
    lines: [
      { sku: 'A', qty: 1, colour: '白' },
      { sku: 'B', qty: 1, colour: '青' },
    ],
  }
  expect(unknownFields(Order, value, 'order')).toEqual([
    'order.gift_card',
    'order.receiver.floor',
    'order.lines.colour',
  ])
})

test('nothing is named when every field is known, absent or left open', () => {
  expect(unknownFields(Order, { id: '7301', receiver: null, extras: { any: 'thing' } }, 'order')).toEqual([])
})

test('a field named like something every object has is still unknown', () => {
  expect(unknownFields(Order, { id: '1', constructor: 'x' }, 'order')).toEqual(['order.constructor'])
})

test.each([null, 'text', 7, ['a']])('a value that is no object has no fields: %j', (value) => {
  expect(unknownFields(Order, value, 'order')).toEqual([])
})
