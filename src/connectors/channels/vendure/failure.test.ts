import { describe, expect, test } from 'vitest'
import { errorClasses } from '../../../core/channel/words.ts'
import type { Answer } from '../../../kit/plug.ts'
import { errorCodes, notJson, readFailure, resultCodes, statuses } from './failure.ts'
import failures from './samples/failures.json' with { type: 'json' }
import inParts from './samples/order-in-parts.json' with { type: 'json' }
import page from './samples/orders-page.json' with { type: 'json' }
import variants from './samples/variants-page.json' with { type: 'json' }

const answer = (body: unknown, change: Partial<Answer> = {}): Answer => ({
  status: 200,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
  ...change,
})

describe('an answer with 200', () => {
  test.each([
    ['forbidden', 'config', 'FORBIDDEN', 'never'],
    ['no_channel', 'config', 'CHANNEL_NOT_FOUND', 'never'],
    ['internal', 'transient', 'INTERNAL_SERVER_ERROR', 'later'],
    ['no_entity', 'not-found', 'ENTITY_NOT_FOUND', 'never'],
    ['bad_input', 'param', 'USER_INPUT_ERROR', 'never'],
    ['illegal', 'business-rejected', 'ILLEGAL_OPERATION', 'never'],
    ['unknown_field', 'param', 'GRAPHQL_VALIDATION_FAILED', 'never'],
    ['already_fulfilled', 'already-done', 'ITEMS_ALREADY_FULFILLED_ERROR', 'after-checking'],
    ['short_of_stock', 'business-rejected', 'INSUFFICIENT_STOCK_ON_HAND_ERROR', 'never'],
    ['handler_failed', 'business-rejected', 'CREATE_FULFILLMENT_ERROR', 'never'],
    ['cannot_move', 'business-rejected', 'FULFILLMENT_STATE_TRANSITION_ERROR', 'never'],
  ] as const)('%s is %s', (name, errorClass, code, retry) => {
    expect(readFailure(answer(failures[name]))).toEqual({
      class: errorClass,
      code,
      retry,
      retryAfterMs: null,
      reason: expect.stringMatching(/\p{Script=Han}/u),
    })
  })

  test.each([page, inParts, variants])('that is a success is no failure', (body) => {
    expect(readFailure(answer(body))).toBeNull()
  })

  test.each([
    [{ errors: [{ message: 'new words' }] }, 'param', 'errors'],
    [{ errors: [{ message: 'x', extensions: { code: 'toString' } }] }, 'param', 'toString'],
    [{ data: { cancelOrder: { errorCode: 'BRAND_NEW_ERROR', message: 'x' } } }, 'business-rejected', 'BRAND_NEW_ERROR'],
  ])('%o is known by its form', (body, errorClass, code) => {
    expect(readFailure(answer(body))).toMatchObject({ class: errorClass, code })
  })

  test.each(['<html>维护中</html>', '', '{"da', '{}', '[]', 'null', '{"data":null}'])(
    '%s is not the interface',
    (body) => {
      expect(readFailure(answer(body))).toMatchObject({ class: 'transient', code: notJson })
    },
  )
})

describe('another status', () => {
  test.each<[status: number, headers: Record<string, string>, errorClass: string, retryAfterMs: number | null]>([
    [401, {}, 'config', null],
    [403, {}, 'config', null],
    [404, {}, 'config', null],
    [418, {}, 'param', null],
    [429, { 'retry-after': '2' }, 'rate-limit', 2000],
    [429, {}, 'rate-limit', 5000],
    [429, { 'retry-after': '0' }, 'rate-limit', 5000],
    [429, { 'retry-after': '3600' }, 'quota-exhausted', 3_600_000],
    [301, {}, 'config', null],
    [500, {}, 'transient', null],
    [503, { 'retry-after': '5' }, 'transient', 5000],
  ])('%i %o is %s', (status, headers, errorClass, retryAfterMs) => {
    for (const body of ['{"errors":[{"message":"words"}]}', '<html></html>']) {
      expect(readFailure(answer(body, { status, headers }))).toMatchObject({ class: errorClass, retryAfterMs })
    }
  })

  test('with a code of the interface means what the code means', () => {
    expect(readFailure(answer(failures.unknown_field, { status: 400 }))).toMatchObject({
      class: 'param',
      code: 'GRAPHQL_VALIDATION_FAILED',
    })
    expect(readFailure(answer(failures.no_entity, { status: 500 }))).toMatchObject({ class: 'not-found' })
  })
})

test('every code and status of the tables is one of our classes', () => {
  const all = [errorCodes, resultCodes, statuses].flatMap((table) => Object.values(table))
  for (const { class: errorClass, zh } of all) {
    expect(errorClasses).toContain(errorClass)
    expect(zh).toMatch(/\p{Script=Han}/u)
  }
})

test('every code of the tables is read as its own class', () => {
  for (const [code, meaning] of Object.entries(errorCodes)) {
    expect(readFailure(answer({ errors: [{ message: '', extensions: { code } }] }))?.class).toBe(meaning.class)
  }
  for (const [errorCode, meaning] of Object.entries(resultCodes)) {
    expect(readFailure(answer({ data: { x: { errorCode, message: '' } } }))?.class).toBe(meaning.class)
  }
})

test('words of the platform are kept, without telephone numbers', () => {
  expect(readFailure(answer(failures.handler_failed))?.reason).toContain('no label')
  const errors = [{ message: 'phone 13800000101 is bad', extensions: { code: 'X' } }]
  expect(readFailure(answer({ errors }))?.reason).not.toContain('13800000101')
})
