import { readFile } from 'node:fs/promises'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { Failure } from '../../core/failures.ts'
import { readSheet } from './index.ts'

const csv = (text: string, encoding = 'utf-8') => readSheet(iconv.encode(text, encoding), '订单.csv')
const sample = async (name: string) => readSheet(await readFile(new URL(`samples/${name}`, import.meta.url)), name)

const table = {
  fileName: '订单.csv',
  headers: ['订单号', '收件人', '实付'],
  rows: [
    ['4180123456789012345', '林晓禾', '236.00'],
    ['4180123456789012346', '周䶮', '-0.05'],
  ],
}
const text = '订单号,收件人,实付\r\n4180123456789012345,林晓禾,236.00\r\n4180123456789012346,周䶮,-0.05\r\n'

test.each(['utf-8', 'gb18030', 'utf-16le'])('the same table comes from %s', async (encoding) => {
  const bytes = iconv.encode(text, encoding, { addBOM: encoding === 'utf-16le' })
  expect(await readSheet(bytes, '订单.csv')).toEqual(table)
})

test('a byte-order mark is no part of the first header', async () => {
  expect(await readSheet(iconv.encode(text, 'utf-8', { addBOM: true }), '订单.csv')).toEqual(table)
  expect((await csv('\ufeff\ufeff订单号,实付\n1,2\n')).headers[0]).toBe('订单号')
})

test('these very bytes of GBK are read', async () => {
  // 订单号,实付 LF 1,8.00
  const bytes = Uint8Array.from([
    0xb6, 0xa9, 0xb5, 0xa5, 0xba, 0xc5, 0x2c, 0xca, 0xb5, 0xb8, 0xb6, 0x0a, 0x31, 0x2c, 0x38, 0x2e, 0x30, 0x30,
  ])
  expect(await readSheet(bytes, 'a.csv')).toMatchObject({ headers: ['订单号', '实付'], rows: [['1', '8.00']] })
})

test.each([
  { name: 'commas', text: 'a,b\n1,2' },
  { name: 'tabs', text: 'a\tb\n1\t2' },
  { name: 'semicolons', text: 'a;b\n1;2' },
  { name: 'commas with a tab after each cell', text: 'a\t,b\t\n1\t,2\t\n' },
  { name: 'tabs, with commas quoted inside', text: 'a\tb\n1\t2\n"x,y,z,w,v"\t3' },
])('cells are parted by $name', async ({ text: parted }) => {
  const sheet = await csv(parted)
  expect([sheet.headers, sheet.rows[0]]).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ])
})

test.each([
  { raw: '="4180123456789012345"', cell: '4180123456789012345' },
  { raw: '"=""4180123456789012345"""', cell: '4180123456789012345' },
  { raw: "'4180123456789012345", cell: '4180123456789012345' },
  { raw: '4180123456789012345\t', cell: '4180123456789012345' },
  { raw: '"\t4180123456789012345\t"', cell: '4180123456789012345' },
  { raw: '　4180123456789012345 ', cell: '4180123456789012345' },
  { raw: '007', cell: '007' },
  { raw: '"一盒,两罐"', cell: '一盒,两罐' },
  { raw: '"他说""好"""', cell: '他说"好"' },
  { raw: '"第一行\r\n第二行"', cell: '第一行\n第二行' },
  { raw: '5" 盘', cell: '5" 盘' },
  { raw: '=1+1', cell: '=1+1' },
  { raw: '', cell: '' },
])('the cell $raw means "$cell"', async ({ raw, cell }) => {
  const { rows } = await csv(`订单号,单号,备注\n1,${raw},x\n`)
  expect(rows).toEqual([['1', cell, 'x']])
})

test('titles above the headers are skipped', async () => {
  const { headers, rows } = await csv(
    '青山茶铺\n账号：,a@b.example\n\n订单号,时间,实付,备注\n1,2026-10-20 09:00:00,8.00,\n',
  )
  expect(headers).toEqual(['订单号', '时间', '实付', '备注'])
  expect(rows).toEqual([['1', '2026-10-20 09:00:00', '8.00', '']])
})

test('a title as wide as the headers is known by the date in it', async () => {
  const { headers } = await csv('导出时间,2026-10-20\n订单号,实付\n1,8.00\n')
  expect(headers).toEqual(['订单号', '实付'])
})

test('short rows are filled up, longer ones keep what they have, empty ones inside keep their place', async () => {
  const { headers, rows } = await csv('a,b,c,,\n1\n\n1,2,3,4\n,,\n\n')
  expect(headers).toEqual(['a', 'b', 'c'])
  expect(rows).toEqual([
    ['1', '', ''],
    ['', '', ''],
    ['1', '2', '3', '4'],
  ])
})

test('a table with headers alone has no rows, and one column is a table', async () => {
  expect(await csv('订单号,实付\n')).toMatchObject({ headers: ['订单号', '实付'], rows: [] })
  expect(await csv('单号\n73512345678944\n')).toMatchObject({ headers: ['单号'], rows: [['73512345678944']] })
})

const read = {
  headers: ['订单号', '下单时间', '实付', '数量', '手机', '下单日期', '时刻', '已付款', '备注'],
  rows: [
    [
      '4150331829467120915',
      '2026-10-20 09:15:02',
      '236.1',
      '2',
      '13800000101',
      '2026-10-20 00:00:00',
      '12:00:00',
      'true',
      '=1+1',
    ],
    [
      '4150331829467120916',
      '2026-10-20 23:59:59',
      '-0.05',
      '1',
      '13800000102',
      '2026-10-21 00:00:00',
      '06:00:00',
      'false',
      '第一行\n第二行',
    ],
  ],
}

test.each(['other-writer.xlsx', 'old-format.xls'])(
  '%s, written by another program, is read: text, wall time, amounts',
  async (name) => {
    expect(await sample(name)).toEqual({ fileName: name, ...read })
  },
)

test.each([
  { name: 'empty.csv', bytes: '', words: '没有内容' },
  { name: 'spaces.csv', bytes: ' , \r\n,,\n', words: '没有内容' },
  { name: 'page.xls', bytes: '<html><table><tr><td>订单号</td></tr></table></html>', words: '网页格式' },
  { name: 'quotes.csv', bytes: 'a,b\n"1,2\n', words: '引号不配对' },
  { name: 'a.pdf', bytes: '%PDF-1.7', words: 'PDF' },
  { name: 'fake.xlsx', bytes: 'PK\u0003\u0004 nothing', words: '文件损坏' },
  { name: 'packed.gz', bytes: Uint8Array.from([0x1f, 0x8b, 8, 0]), words: '请先解压' },
  { name: 'photo.png', bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47]), words: '图片' },
  { name: 'broken.xls', bytes: Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]), words: '文件损坏' },
  { name: 'binary.csv', bytes: Uint8Array.from([0x61, 0x2c, 0, 0xff, 0xff, 1]), words: '文字编码' },
  { name: 'zero.csv', bytes: Uint8Array.from([0x61, 0x2c, 0, 0x62]), words: '文字编码' },
])('$name is refused with a next step', async ({ name, bytes, words }) => {
  const failure: unknown = await readSheet(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, name).catch(
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(Failure)
  expect(failure).toMatchObject({ code: 'IMPORT_UNRECOGNISED', details: { reason: expect.stringContaining(words) } })
})

test('a workbook with a password says so', async () => {
  await expect(sample('with-password.xlsx')).rejects.toMatchObject({
    code: 'IMPORT_UNRECOGNISED',
    details: { reason: expect.stringContaining('密码') },
  })
})

test('20 MB are read and one byte more is refused', async () => {
  const bytes = new Uint8Array(20 * 1024 * 1024 + 1).fill(0x20)
  await expect(readSheet(bytes, 'a.csv')).rejects.toMatchObject({ code: 'FILE_TOO_LARGE', details: { limitMb: 20 } })
  await expect(readSheet(bytes.subarray(1), 'a.csv')).rejects.toMatchObject({ code: 'IMPORT_UNRECOGNISED' })
})
