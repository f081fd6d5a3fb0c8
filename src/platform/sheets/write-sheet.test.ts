import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import type { SheetOut } from '../../kit/channel.ts'
import { readSheet, writeCsv, writeXlsx } from './index.ts'

const out = (rows: SheetOut['rows'], change: Partial<SheetOut> = {}): SheetOut => ({
  fileName: '发货.csv',
  encoding: 'utf-8',
  headers: ['订单号', '收件人', '金额'],
  rows,
  ...change,
})
const row = ['4180123456789012345', '林晓禾', '236.00'] as const

test('UTF-8 begins with its mark and ends its lines as on Windows', () => {
  expect(Buffer.from(writeCsv(out([row]))).toString('utf-8')).toBe(
    '\ufeff订单号,收件人,金额\r\n4180123456789012345,林晓禾,236.00\r\n',
  )
})

test('GBK has no mark, and is what other programs call GBK', () => {
  const bytes = writeCsv(out([row], { encoding: 'gbk' }))
  expect([...bytes.subarray(0, 6)]).toEqual([0xb6, 0xa9, 0xb5, 0xa5, 0xba, 0xc5])
  expect(iconv.decode(Buffer.from(bytes), 'gbk')).toBe('订单号,收件人,金额\r\n4180123456789012345,林晓禾,236.00\r\n')
})

test('a rare character of a name survives GBK', async () => {
  const bytes = writeCsv(out([['1', '周䶮𠮷😀', '1']], { encoding: 'gbk' }))
  expect((await readSheet(bytes, 'a.csv')).rows).toEqual([['1', '周䶮𠮷😀', '1']])
})

test.each([
  { cell: '=HYPERLINK("http://bad.example")', written: `"'=HYPERLINK(""http://bad.example"")"` },
  { cell: '+cmd|calc', written: "'+cmd|calc" },
  { cell: '-2+3', written: "'-2+3" },
  { cell: '@SUM(A1)', written: "'@SUM(A1)" },
  { cell: '\t=1', written: "'\t=1" },
  { cell: '-0.05', written: '-0.05' },
  { cell: '+8613800000101', written: '+8613800000101' },
  { cell: '-', written: '-' },
  { cell: '', written: '' },
  { cell: '一盒,两罐', written: '"一盒,两罐"' },
  { cell: '第一行\n第二行', written: '"第一行\n第二行"' },
])('the cell "$cell" cannot run as a formula: $written', ({ cell, written }) => {
  const text = Buffer.from(writeCsv(out([['1', cell, '2']]))).toString('utf-8')
  expect(text.split('\r\n')[1]).toBe(`1,${written},2`)
})

const cell = fc.oneof(
  fc.constantFrom(
    '',
    '4180123456789012345',
    '007',
    '-0.05',
    '=1+1',
    '=""',
    '="007"',
    "'tis",
    '一盒,两罐',
    '他说"好"',
    '第一行\n第二行',
    "it's",
    '-',
    '1e5',
  ),
  fc
    .string({ unit: fc.constantFrom('林', 'a', '"', ',', ';', '=', '+', '-', '@', '\n', '7', '.', ' ') })
    .map((text) => text.trim()),
)
const rows = fc.array(
  fc.tuple(
    fc.nat().map((n) => `T-${n}`),
    cell,
    cell,
  ),
  { minLength: 1, maxLength: 8 },
)

test('what is written as CSV is read again, in both encodings', async () => {
  await fc.assert(
    fc.asyncProperty(rows, fc.constantFrom('utf-8' as const, 'gbk' as const), async (written, encoding) => {
      const sheet = await readSheet(writeCsv(out(written, { encoding })), '发货.csv')
      expect(sheet).toEqual({ fileName: '发货.csv', headers: ['订单号', '收件人', '金额'], rows: written })
    }),
  )
})

test('what is written as xlsx is read again, amounts to the fen', async () => {
  const written = [
    ['4180123456789012345', '=1+1', '236.00'],
    ['007', '第一行\n第二行', '-0.05'],
    ['T-3', '<b>&"林\'', '1000000.10'],
    ['_x0041_', '_x005F_x0041_', '0.00'],
  ]
  const sheet = await readSheet(await writeXlsx(out(written, { fileName: '发货:10/20.xlsx' })), '发货.xlsx')
  expect(sheet).toMatchObject({ headers: ['订单号', '收件人', '金额'] })
  expect(sheet.rows.map(([no, name]) => [no, name])).toEqual(written.map(([no, name]) => [no, name]))
  expect(sheet.rows.map(([, , amount]) => amount)).toEqual(['236', '-0.05', '1000000.1', '0'])
})

test('any text survives xlsx', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (written) => {
      const sheet = await readSheet(await writeXlsx(out([...written, ['末', '文字', '文字']])), 'a.xlsx')
      expect(sheet.rows).toEqual([...written, ['末', '文字', '文字']])
    }),
    { numRuns: 30 },
  )
})

test('50,000 rows are written and read within 400 MB', async () => {
  const before = process.memoryUsage.rss()
  const many = Array.from({ length: 50_000 }, (_, i) => [
    `41801234567890${i}`,
    `收件人${i % 500}，示例路 ${i} 号`,
    (i / 100).toFixed(2),
  ])
  const csv = writeCsv(out(many, { encoding: 'gbk' }))
  const xlsx = await writeXlsx(out(many))
  for (const bytes of [csv, xlsx]) {
    const sheet = await readSheet(bytes, 'many')
    expect(sheet.rows).toHaveLength(50_000)
    expect(sheet.rows.at(-1)?.slice(0, 2)).toEqual(many.at(-1)?.slice(0, 2))
  }
  expect((process.memoryUsage.rss() - before) / 1e6).toBeLessThan(400)
})
