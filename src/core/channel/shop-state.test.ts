import { expect, test } from 'vitest'
import { authorisationState, isRefreshDue, warningDue } from './authorisation.ts'
import { shopState } from './shop-state.ts'

const now = Date.parse('2026-11-11T04:00:00.000Z')
const minute = 60_000
const day = 24 * 60 * minute

const facts = {
  mode: 'api',
  isPaused: false,
  takesOrders: true,
  stoppedBecause: null,
  beganAt: now - day,
  readToAt: now - 10_000,
  authorisation: 'good',
  expiresAt: null,
} as const
test.each([
  { given: {}, state: 'good', words: '正常' },
  { given: { mode: 'file' }, state: 'files', words: '文件模式' },
  { given: { beganAt: null, readToAt: null }, state: 'new', words: '未完成连接' },
  { given: { readToAt: now - 16 * minute }, state: 'late', words: '抓单延迟 16 分钟' },
  { given: { takesOrders: false, readToAt: now - day }, state: 'good', words: '正常' },
  { given: { readToAt: now - 5 * 60 * minute }, state: 'late', words: '抓单延迟 5 小时' },
  { given: { readToAt: now - 3 * day }, state: 'late', words: '抓单延迟 3 天' },
  { given: { authorisation: 'expiring', expiresAt: now + 2.5 * day }, state: 'expiring', words: '授权 3 天后到期' },
  { given: { stoppedBecause: '授权已失效', readToAt: now - day }, state: 'stopped', words: '已停：授权已失效' },
  { given: { isPaused: true, stoppedBecause: '授权已失效' }, state: 'paused', words: '已暂停' },
] as const)('a shop with $given is $words', ({ given, state, words }) => {
  expect(shopState({ ...facts, ...given }, now)).toEqual({ state, words })
})

test.each([
  {
    when: 'most of its life is ahead',
    refreshedAt: now - 60 * minute,
    expiresAt: now + 60 * minute,
    refreshableUntil: now + day,
    due: false,
  },
  {
    when: 'seven tenths are over',
    refreshedAt: now - 84 * minute,
    expiresAt: now + 36 * minute,
    refreshableUntil: now + day,
    due: true,
  },
  {
    when: 'it has run out but can be renewed',
    refreshedAt: now - day,
    expiresAt: now - 1,
    refreshableUntil: now + day,
    due: true,
  },
  { when: 'it cannot be renewed', refreshedAt: now - day, expiresAt: now + 1, refreshableUntil: null, due: false },
  { when: 'it never ends', refreshedAt: now - day, expiresAt: null, refreshableUntil: null, due: false },
])('an authorisation is renewed when $when: $due', ({ due, ...times }) => {
  expect(isRefreshDue(times, now)).toBe(due)
})

test.each([
  { left: 8, warnedDays: null, due: null },
  { left: 6.9, warnedDays: null, due: 7 },
  { left: 6.5, warnedDays: 7, due: null },
  { left: 2.9, warnedDays: 7, due: 3 },
  { left: 0.5, warnedDays: 3, due: 1 },
  { left: 0.4, warnedDays: 1, due: null },
  { left: -1, warnedDays: null, due: null },
])('with $left days left and warned of $warnedDays, the warning is $due', ({ left, warnedDays, due }) => {
  expect(warningDue({ refreshedAt: now, expiresAt: now + left * day, refreshableUntil: null, warnedDays }, now)).toBe(
    due,
  )
})

test('what renews itself warns nobody', () => {
  expect(
    warningDue({ refreshedAt: now, expiresAt: now + day, refreshableUntil: now + 90 * day, warnedDays: null }, now),
  ).toBeNull()
})

test.each([
  { given: { isThere: false }, state: 'none' },
  { given: { isStopped: true }, state: 'expired' },
  { given: { expiresAt: now - 1 }, state: 'expired' },
  { given: { expiresAt: now - 1, refreshableUntil: now + day }, state: 'good' },
  { given: { expiresAt: now + 6 * day }, state: 'expiring' },
  { given: { expiresAt: now + 60 * day }, state: 'good' },
])('authorisation with $given is $state', ({ given, state }) => {
  const times = {
    refreshedAt: null,
    expiresAt: null,
    refreshableUntil: null,
    isThere: true,
    isStopped: false,
    ...given,
  }
  expect(authorisationState(times, now)).toBe(state)
})
