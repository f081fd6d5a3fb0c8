import { expect, test } from 'vitest'
import { asFields, parseFields, textOf } from './fields.ts'

test.each([
  { body: '{"tid":1234567890123456789}', fields: { tid: '1234567890123456789' } },
  { body: '[1]', fields: null },
  { body: 'null', fields: null },
  { body: '"text"', fields: null },
  { body: '<html>', fields: null },
  { body: '', fields: null },
])('a body $body is read as $fields', ({ body, fields }) => {
  expect(parseFields(body)).toEqual(fields)
})

test('only an object has fields', () => {
  expect(asFields({ a: 1 })).toEqual({ a: 1 })
  expect([[], null, undefined, 'a', 1].map(asFields)).toEqual([null, null, null, null, null])
})

test('what is no text and no number has no text', () => {
  expect(['a', 7, null, true, {}].map(textOf)).toEqual(['a', '7', '', '', ''])
})
