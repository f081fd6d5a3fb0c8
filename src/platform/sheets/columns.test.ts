import { expect, test } from 'vitest'
import { findColumns, rowsBy } from './columns.ts'

const names = { sku: ['商家编码', 'SKU 编码'], weight: ['重量(克)', '重量'] }

test.each([
  { headers: ['商家编码', '重量(克)'], found: { sku: '商家编码', weight: '重量(克)' } },
  { headers: ['*sku编码', ' 重量 （克） '], found: { sku: '*sku编码', weight: ' 重量 （克） ' } },
  { headers: ['SKU编码', '商家编码'], found: { sku: '商家编码' } },
  { headers: ['重量', '编码'], found: { weight: '重量' } },
])('of $headers it finds $found', ({ headers, found }) => {
  const columns = findColumns(headers, names)
  expect(Object.fromEntries([...columns].map(([field, { header }]) => [field, header]))).toEqual(found)
})

test('rows are read by meaning, empty ones passed over, and a wrong cell names its column as the file does', () => {
  const sheet = { fileName: 'a.csv', headers: ['备注', 'SKU编码'], rows: [['x', ' MUG '], ['y'], ['', '']] }
  const rows = rowsBy(sheet, findColumns(sheet.headers, names), names)
  expect(rows.map(({ row, text }) => [row, text('sku'), text('weight')])).toEqual([[1, 'MUG', '']])
  expect(rows[0]?.wrong('sku', '没有')).toEqual({ row: 1, column: 'SKU编码', value: 'MUG', zh: '没有' })
  expect(rows[0]?.wrong('weight', '没有')).toMatchObject({ column: '重量(克)', value: '' })
})
