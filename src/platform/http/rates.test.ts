import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { networkOf, openRates, usualRates } from './rates.ts'

describe('rates', () => {
  test('let a burst through, then so many a second, and say how long to wait', () => {
    let now = 0
    const rates = openRates({ ...usualRates, write: { burst: 3, perSecond: 0.5 } }, () => now)
    const take = (who: string) => rates.take('write', who)
    expect([take('a'), take('a'), take('a')]).toEqual([0, 0, 0])
    expect(take('a')).toBe(2)
    expect(take('b')).toBe(0)
    expect(rates.take('read', 'a')).toBe(0)
    now += 1_999
    expect(take('a')).toBe(1)
    now += 1
    expect(take('a')).toBe(0)
    expect(take('a')).toBe(2)
  })

  test('never let more through than burst and rate allow', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 300 }), (pauses) => {
        let now = 0
        const rates = openRates({ ...usualRates, read: { burst: 5, perSecond: 10 } }, () => now)
        let passed = 0
        for (const pause of pauses) {
          now += pause
          if (rates.take('read', 'a') === 0) passed += 1
        }
        expect(passed).toBeLessThanOrEqual(5 + (now / 1_000) * 10 + 1e-6)
      }),
    )
  })

  test('forget the longest unused when there are very many callers', () => {
    const rates = openRates({ ...usualRates, open: { burst: 1, perSecond: 0.001 } }, () => 0)
    rates.take('open', 'first')
    expect(rates.take('open', 'first')).toBeGreaterThan(0)
    for (let n = 0; n < 20_000; n += 1) rates.take('open', `caller ${n}`)
    expect(rates.take('open', 'first')).toBe(0)
  })
})

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
