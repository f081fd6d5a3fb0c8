import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Failure } from '../../core/failures.ts'
import { afterFailing } from './after-failing.ts'

const unreachable = new Failure('DATABASE_UNREACHABLE', { reason: 'ECONNRESET' })

describe('what becomes of a job that failed', () => {
  test.each([
    { word: 'never', error: new Failure('CHANNEL_UNKNOWN', { channel: 'fake' }) },
    { word: 'after-authorising', error: new Failure('CHANNEL_NOT_AUTHORISED', { channel: 'fake', reason: 'expired' }) },
  ])('$word: laid down at the first try', ({ word, error }) => {
    expect(afterFailing(error, 0, 0.5)).toEqual({ kind: 'laid-down', because: word })
  })

  test.each([
    { tried: 0, afterMs: 1_000 },
    { tried: 1, afterMs: 2_000 },
    { tried: 9, afterMs: 512_000 },
    { tried: 10, afterMs: 600_000 },
    { tried: 28, afterMs: 600_000 },
  ])('later: pauses double up to ten minutes ($tried tries behind it: $afterMs ms)', ({ tried, afterMs }) => {
    expect(afterFailing(unreachable, tried, 0)).toEqual({ kind: 'again', afterMs })
  })

  test('later: given up after thirty tries', () => {
    expect(afterFailing(unreachable, 29, 0)).toEqual({ kind: 'laid-down', because: 'gave-up' })
  })

  test('a mistake of ours is tried again like trouble that passes', () => {
    expect(afterFailing(new TypeError('cannot read'), 0, 0)).toEqual({ kind: 'again', afterMs: 1_000 })
  })

  test('a wait that the other side named is kept to, whatever the number of tries', () => {
    const limited = new Failure('CHANNEL_RATE_LIMITED', { channel: 'fake', retryAfterMs: 90_000 })
    for (const tried of [0, 5, 20]) expect(afterFailing(limited, tried, 0)).toEqual({ kind: 'again', afterMs: 90_000 })
  })

  test('chance shortens a pause by half at most, and never below a named wait', () => {
    const limited = new Failure('CHANNEL_RATE_LIMITED', { channel: 'fake', retryAfterMs: 5_000 })
    fc.assert(
      fc.property(fc.nat(28), fc.double({ min: 0, max: 1, noNaN: true }), (tried, chance) => {
        const longest = afterFailing(unreachable, tried, 0)
        const shortened = afterFailing(unreachable, tried, chance)
        const named = afterFailing(limited, tried, chance)
        if (longest.kind !== 'again' || shortened.kind !== 'again' || named.kind !== 'again') throw new Error('gave up')
        expect(shortened.afterMs).toBeLessThanOrEqual(longest.afterMs)
        expect(shortened.afterMs).toBeGreaterThanOrEqual(longest.afterMs / 2)
        expect(named.afterMs).toBeGreaterThanOrEqual(5_000)
      }),
    )
  })
})
