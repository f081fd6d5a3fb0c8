import { expect, test } from 'vitest'
import { openBreaker } from './breaker.ts'

const second = 1_000

test('two calls that wait long for their answers keep the rest of their shop away, and no other shop', () => {
  const breaker = openBreaker(5 * second)
  const back = [breaker.goesOut(1, 0), breaker.goesOut(1, 0), breaker.goesOut(1, 3 * second)]
  expect(breaker.stuckFor(1, 2 * second)).toBe(0)
  expect(breaker.stuckFor(1, 4 * second)).toBeGreaterThan(0)
  expect(breaker.stuckFor(2, 4 * second)).toBe(0)
  back[0]?.()
  expect(breaker.stuckFor(1, 4 * second)).toBe(0)
})

test('one slow answer alone keeps nobody away', () => {
  const breaker = openBreaker(5 * second)
  breaker.goesOut(1, 0)
  expect(breaker.stuckFor(1, 20 * second)).toBe(0)
})
