import { describe, expect, test } from 'vitest'
import { errorClasses } from '../../../core/channel/words.ts'
import type { Answer } from '../../../kit/plug.ts'
import { errorCodes, notJson, readFailure, statuses } from './failure.ts'
import failures from './samples/failures.json' with { type: 'json' }
import page from './samples/orders-page.json' with { type: 'json' }

const answer = (body: unknown, change: Partial<Answer> = {}): Answer => ({
  status: 200,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
  ...change,
})

describe('an answer with 200', () => {
  test.each([
    ['throttled', 'rate-limit', 'THROTTLED', 'later', 2000],
    ['access_denied', 'permission', 'ACCESS_DENIED', 'never', null],
    ['unknown_field', 'param', 'undefinedField', 'never', null],
    ['internal', 'transient', 'INTERNAL_SERVER_ERROR', 'later', null],
    ['wrong_token', 'config', 'errors', 'never', null],
    ['closed_fulfilment_order', 'business-rejected', 'fulfillment', 'never', null],
    ['stale_quantity', 'business-rejected', 'CHANGE_FROM_QUANTITY_STALE', 'later', null],
  ] as const)('%s is %s', (name, errorClass, code, retry, retryAfterMs) => {
    const reading = readFailure(answer(failures[name]))
    expect(reading).toEqual({
      class: errorClass,
      code,
      retry,
      retryAfterMs,
      reason: expect.stringMatching(/\p{Script=Han}/u),
    })
  })

  test('a success is no failure', () => {
    expect(readFailure(answer(page))).toBeNull()
    expect(
      readFailure(answer({ data: { fulfillmentCreate: { fulfillment: { id: '1' }, userErrors: [] } } })),
    ).toBeNull()
  })

  test.each(['<html>维护中</html>', '', '{"da', '{}', '[]', 'null'])('%s is not the interface', (body) => {
    expect(readFailure(answer(body))).toMatchObject({ class: 'transient', code: notJson })
  })

  test.each([
    [212, 62, 100, 2000],
    [212, 211, 100, 1000],
    [212, 300, 100, 1000],
    [1000, 0, 100, 10_000],
    [1000, -5001, 100, 61_000],
  ])(
    '%i points wanted, %i there and %i a second is a wait of %i ms',
    (requestedQueryCost, currentlyAvailable, restoreRate, wait) => {
      const cost = { requestedQueryCost, actualQueryCost: null, throttleStatus: { currentlyAvailable, restoreRate } }
      const reading = readFailure(answer({ errors: failures.throttled.errors, extensions: { cost } }))
      expect(reading).toMatchObject({ class: wait > 60_000 ? 'quota-exhausted' : 'rate-limit', retryAfterMs: wait })
    },
  )

  test('throttling without a cost still says how long', () => {
    expect(readFailure(answer({ errors: failures.throttled.errors }))).toMatchObject({ retryAfterMs: 1000 })
  })
})

describe('another status', () => {
  test.each<[status: number, headers: Record<string, string>, errorClass: string, retryAfterMs: number | null]>([
    [401, {}, 'config', null],
    [402, {}, 'config', null],
    [403, {}, 'permission', null],
    [404, {}, 'config', null],
    [418, {}, 'param', null],
    [429, { 'retry-after': '2.0' }, 'rate-limit', 2000],
    [429, {}, 'rate-limit', 1000],
    [429, { 'retry-after': '3600' }, 'quota-exhausted', 3_600_000],
    [301, {}, 'config', null],
    [500, {}, 'transient', null],
    [503, { 'retry-after': '5' }, 'transient', 5000],
  ])('%i %o is %s', (status, headers, errorClass, retryAfterMs) => {
    for (const body of ['{"errors":"words"}', '<html></html>']) {
      expect(readFailure(answer(body, { status, headers }))).toMatchObject({ class: errorClass, retryAfterMs })
    }
  })
})

test('every code and status of the tables is one of our classes', () => {
  for (const { class: errorClass, zh } of [...Object.values(errorCodes), ...Object.values(statuses)]) {
    expect(errorClasses).toContain(errorClass)
    expect(zh).toMatch(/\p{Script=Han}/u)
  }
})

test('words of the platform lose telephone numbers', () => {
  const errors = [{ message: 'phone 13800000101 is bad', extensions: { code: 'X' } }]
  expect(readFailure(answer({ errors }))?.reason).not.toContain('13800000101')
})
