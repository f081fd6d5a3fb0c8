import { expect, test } from 'vitest'
import { anOrder } from '../../test/aid/orders.ts'
import type { CellError } from './channel.ts'
import { piecesCell, readOrders, sharedCell, sheetColumns, takeCell, textCell, textIn, yuanCell } from './sheet-rows.ts'

const names = { no: ['订单号', '主订单号'], paid: ['实付'], count: ['数量'] } as const
const columns = sheetColumns<keyof typeof names>(names, { cell: (text) => text.trim() })
const sheet = {
  fileName: '订单.csv',
  headers: ['主订单号', ' 实付 ', '别的', '订单号', '数量'],
  rows: [
    ['A1', '¥1,236.50', 'x', '', '2'],
    ['', '', '', '', ''],
    ['B1', '一元', '', 'B2', '0'],
  ],
}
const read = () => columns.rowsOf(sheet, columns.placesOf(sheet.headers))

test('a column is found by any of its names, the usual one first where it holds something', () => {
  const [first, second] = read()
  expect(textIn(first?.cells.get('no'))).toBe('A1')
  expect(textIn(second?.cells.get('no'))).toBe('B2')
})

test('rows keep their number in the file, and empty ones are left out', () => {
  expect(read().map(({ number }) => number)).toEqual([1, 3])
})

test('a cell that cannot be read is noted once, with its column as the file writes it', () => {
  const errors: CellError[] = []
  const [first, second] = read()
  expect(takeCell(first?.cells.get('paid'), yuanCell, errors)).toBe(123_650)
  expect(takeCell(second?.cells.get('paid'), yuanCell, errors)).toBeNull()
  expect(takeCell(second?.cells.get('paid'), yuanCell, errors)).toBeNull()
  expect(takeCell(second?.cells.get('count'), piecesCell, errors)).toBeNull()
  expect(errors.map(({ row, column, value }) => [row, column, value])).toEqual([
    [3, '实付', '一元'],
    [3, '数量', '0'],
  ])
})

test('a cell that must be there and is not is named by the usual name of its column', () => {
  const errors: CellError[] = []
  const row = { number: 7, cells: new Map() }
  expect(columns.needCell(row, { key: 'no', reader: textCell(/^\w+$/, '编号') }, errors)).toBeNull()
  expect(errors).toEqual([{ row: 7, column: '订单号', value: '', zh: '请填订单号' }])
})

test('what belongs to the order stands in whichever of its rows has it', () => {
  expect(sharedCell({ rows: read().toReversed() }, 'count')?.text).toBe('0')
  expect(sharedCell({ rows: [] }, 'count')).toBeUndefined()
})

test('rows of one number are one order; one with a wrong cell is left out, and its cells are named in the order of the file', () => {
  const columns = sheetColumns<'no' | 'pieces'>({ no: ['订单号'], pieces: ['数量'] }, { cell: (text) => text.trim() })
  const rows = [
    ['B', 'two'],
    ['A', '1'],
    ['C', '5'],
    ['A', 'three'],
    ['C', '6'],
    ['D', '7'],
  ]
  const sheet = { fileName: 'x.csv', headers: ['订单号', '数量'], rows }
  const made: number[] = []
  const reading = readOrders(columns.rowsOf(sheet, columns.placesOf(sheet.headers)), 'no', ({ rows: own, errors }) => {
    const pieces = own.map(({ cells }) => takeCell(cells.get('pieces'), piecesCell, errors) ?? 0)
    return () => {
      const sum = pieces.reduce((all, each) => all + each, 0)
      made.push(sum)
      return sum === 7 ? null : anOrder({ channelOrderNo: textIn(own[0]?.cells.get('no')), createdAt: 0 })
    }
  })
  expect(made).toEqual([11, 7])
  expect(reading.errors.map(({ row, value }) => [row, value])).toEqual([
    [1, 'two'],
    [4, 'three'],
  ])
  expect(reading.orders).toMatchObject([
    { order: { channelOrderNo: 'C' }, rows: [3, 5], raw: '[{"订单号":"C","数量":"5"},{"订单号":"C","数量":"6"}]' },
  ])
})
