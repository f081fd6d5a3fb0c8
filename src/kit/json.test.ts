import fc from 'fast-check'
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

test('digits within strings, fractions and exponents are left alone', () => {
  const text = String.raw`{"a\"1234567890123456789":"x:4150331829467120915,","b":0.12345678901234567,"c":1234567890123456789e2,"d":"\\\\"}`
  expect(parseJson(text)).toEqual(JSON.parse(text))
})

test.each(['01234567890123456789', '{"a":-}1234567890123456', '[1234567890123456789', '"1234567890123456789'])(
  '%s is still bad JSON',
  (text) => expect(() => parseJson(text)).toThrow(SyntaxError),
)

test('any value comes back as it was, whatever long numbers stand beside it', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.bigInt({ min: 2n ** 53n, max: 10n ** 30n }),
      fc.boolean(),
      (value, long, isNegative) => {
        const digits = `${isNegative ? '-' : ''}${long}`
        const plain = JSON.stringify(value)
        expect(parseJson(`[${plain},${digits},{"${digits}": ${digits}}]`)).toEqual([
          JSON.parse(plain, (_, inner: unknown) => (isLong(inner) ? JSON.stringify(inner) : inner)),
          digits,
          { [digits]: digits },
        ])
      },
    ),
  )
})

/** Whole numbers beyond 2^53 that JSON writes out in digits. */
function isLong(value: unknown): value is number {
  return Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(JSON.stringify(value))
}
