import { expect, test } from 'vitest'
import { parseJson } from './json.ts'

test('a nineteen-digit number keeps its last digits, as text', () => {
  expect(
    parseJson(
      '{"tid":4150331829467120915,"num":2,"price":"4150331829467120915.10","ids":[6190912345670001,-4150331829467120915]}',
    ),
  ).toEqual({
    tid: '4150331829467120915',
    num: 2,
    price: '4150331829467120915.10',
    ids: [6190912345670001, '-4150331829467120915'],
  })
})

test('fractions and small numbers stay numbers', () =>
  expect(parseJson('[1.5,9007199254740991,1e3]')).toEqual([1.5, 9007199254740991, 1000]))

test('bad JSON is a SyntaxError', () => expect(() => parseJson('{"a":1234567890123456789')).toThrow(SyntaxError))
