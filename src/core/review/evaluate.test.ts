import { describe, expect, test } from 'vitest'
import { evaluate, findingWords, neverOverruled, ReviewSettings, readyRules } from './evaluate.ts'
import { findingCodes, findings } from './findings.ts'
import type { ReviewFacts, ReviewOrder } from './rule.ts'
import { rules } from './rules/index.ts'

const clean: ReviewOrder = {
  status: 'paid-wait-ship',
  refundState: 'none',
  cancelRequested: false,
  mayShipNow: true,
  paidFen: 9_800,
  currency: 'CNY',
  buyerNote: '谢谢',
  sellerRemark: '',
  receiver: {
    name: '林晓禾',
    phone: '13800004471',
    province: '浙江省',
    city: '杭州市',
    district: '西湖区',
    address: '示例路 12 号 3 幢 502',
    privacy: 'plain',
  },
  warnings: [],
  lines: [{ title: '粗陶马克杯', hasSku: true, toShip: 1 }],
}
const nothing: ReviewFacts = { missing: [], twin: null }
const usual = readyRules(ReviewSettings.parse({}))

test('nothing speaks against a clean order', () => expect(evaluate(clean, nothing, usual)).toEqual([]))

describe('each kind of trouble is found, and only that', () => {
  test.each([
    { code: 'refund-open', order: { refundState: 'in-progress' } },
    { code: 'cancel-requested', order: { cancelRequested: true } },
    { code: 'platform-hold', order: { mayShipNow: false } },
    { code: 'platform-hold', order: { status: 'on-hold' } },
    { code: 'stock-short', facts: { missing: [{ sku: 'MUG', quantity: 2 }] } },
    { code: 'listing-unmatched', order: { lines: [{ title: '新品', hasSku: false, toShip: 1 }] } },
    { code: 'address-incomplete', order: { receiver: { ...clean.receiver, phone: '' } } },
    { code: 'address-incomplete', order: { receiver: { ...clean.receiver, address: '' } } },
    { code: 'amount-mismatch', order: { warnings: ['amount-mismatch'] } },
    { code: 'likely-duplicate', facts: { twin: { orderNo: 'T00000009', minutes: 12 } } },
    { code: 'note-asks', order: { buyerNote: '麻烦改地址到公司' } },
    { code: 'high-value', order: { paidFen: 500_001 } },
    { code: 'payload-unknown', order: { warnings: ['unknown-status:WAIT_MOON'] } },
  ] as { code: string; order?: Partial<ReviewOrder>; facts?: Partial<ReviewFacts> }[])(
    '$code',
    ({ code, order = {}, facts = {} }) => {
      expect(evaluate({ ...clean, ...order }, { ...nothing, ...facts }, usual).map((found) => found.code)).toEqual([
        code,
      ])
    },
  )
})

test.each([
  {
    when: 'a masked receiver has stars',
    order: {
      receiver: {
        ...clean.receiver,
        name: '林**',
        phone: '*******4471',
        address: '东*街道双*路**号',
        privacy: 'masked',
      },
    },
  },
  {
    when: 'an unmatched line has nothing left to ship',
    order: { lines: [{ title: '新品', hasSku: false, toShip: 0 }] },
  },
  { when: 'a dear order is in another currency', order: { paidFen: 900_000, currency: 'USD' } },
  { when: 'an earlier order was hours ago', facts: { twin: { orderNo: 'T00000009', minutes: 600 } } },
] as { when: string; order?: Partial<ReviewOrder>; facts?: Partial<ReviewFacts> }[])(
  'nothing is said when $when',
  ({ order = {}, facts = {} }) => {
    expect(evaluate({ ...clean, ...order }, { ...nothing, ...facts }, usual)).toEqual([])
  },
)

test('the worst comes first', () => {
  const codes = evaluate(
    { ...clean, paidFen: 900_000, buyerNote: '改地址', refundState: 'in-progress' },
    nothing,
    usual,
  ).map((found) => found.code)
  expect(codes).toEqual(['refund-open', 'note-asks', 'high-value'])
})

test('a rule switched off says nothing, except those that keep an order from leaving wrongly', () => {
  const off = readyRules(
    ReviewSettings.parse({ rules: Object.fromEntries(rules.map((rule) => [rule.id, { on: false }])) }),
  )
  expect(off.map((rule) => rule.id).sort()).toEqual([...neverOverruled].sort())
})

test('settings of a rule are obeyed, and ones that make no sense fall back to the rule’s own', () => {
  const set = (settings: unknown) =>
    readyRules(ReviewSettings.parse({ rules: { 'high-value': { on: true, settings } } }))
  expect(evaluate({ ...clean, paidFen: 20_000 }, nothing, set({ aboveFen: 10_000 }))).toHaveLength(1)
  expect(evaluate({ ...clean, paidFen: 20_000 }, nothing, set({ aboveFen: '很多' }))).toEqual([])
})

test('every finding has words that say what to do next, and every rule a finding', () => {
  for (const code of findingCodes) expect(findings[code].next.length).toBeGreaterThan(4)
  for (const rule of rules) expect(findingCodes).toContain(rule.id)
  expect(findingWords({ code: 'stock-short', because: { sku: 'MUG', short: 2, kinds: 3 } })).toBe(
    '缺货：MUG 缺 2 件，另有 2 种也缺',
  )
  expect(findingWords({ code: 'high-value', because: { paidFen: 500_001, aboveFen: 500_000 } })).toBe(
    '实付 ¥5000.01，超过 ¥5000.00',
  )
})
