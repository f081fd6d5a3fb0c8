import { expect, test } from 'vitest'
import { carrierTable } from './carrier-table.ts'

const table = carrierTable([
  ['sf', 'shunfeng', '顺丰速运'],
  ['zto', 'zhongtong', '中通快递'],
])

test.each([
  { given: { carrier: 'sf', carrierName: '中通快递' }, code: 'shunfeng', why: 'our code comes first' },
  { given: { carrier: 'other', carrierName: ' 中通快递 ' }, code: 'zhongtong', why: 'else the name' },
  { given: { carrier: 'other', carrierName: '某某快递' }, code: null, why: 'else nothing' },
])('the code of $given is $code: $why', ({ given, code }) => {
  expect(table.codeFor(given)).toBe(code)
})

test('names and codes lead to each other, and what is unknown to nothing', () => {
  expect([table.nameFor('sf'), table.nameOf('zhongtong'), table.codeOf(' 顺丰速运')]).toEqual([
    '顺丰速运',
    '中通快递',
    'shunfeng',
  ])
  expect([table.nameFor('x'), table.nameOf('x'), table.codeOf('x')]).toEqual([null, null, null])
})
