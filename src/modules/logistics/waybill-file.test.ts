import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import type { Sheet } from '../../kit/channel.ts'
import { findCarriers } from './carriers.ts'
import { waybillFile } from './waybill-file.ts'
import { drawNumbers, takeNumber } from './waybills.ts'

let bed: TestBed
beforeEach(async () => {
  bed = await testBed()
})
afterEach(() => bed.close())

const zto = (n: number) => `73${String(n).padStart(12, '0')}`
const sheet = (text: string): Sheet => {
  const [headers = [], ...rows] = text.split('\n').map((line) => line.split(','))
  return { fileName: '单号.csv', headers, rows }
}
const preview = (text: string) => waybillFile.preview(bed.ctx, sheet(text))
/** As `channels` does it: what is wrong is left out, in one transaction. */
const run = (importId: number, text: string) =>
  bed.ctx.tx(async (ctx) => {
    const { errors } = await waybillFile.preview(ctx, sheet(text))
    const badRows = new Set(errors.map((error) => error.row))
    return waybillFile.run(ctx, { importId, sheet: sheet(text), badRows })
  })
const undo = (importId: number) => bed.ctx.tx((ctx) => waybillFile.undo(ctx, importId))
const draw = (...holders: number[]) =>
  bed.ctx.tx((ctx) =>
    drawNumbers(
      ctx,
      holders.map((holder) => ({ carrier: 'zto', holder })),
    ),
  )
const left = async () =>
  Object.fromEntries(
    (await findCarriers(bed.ctx)).rows.filter((row) => row.numbersLeft > 0).map((row) => [row.code, row.numbersLeft]),
  )
const numbers = (from: number, to: number) =>
  ['快递公司,运单号', ...Array.from({ length: to - from }, (_, i) => `中通快递,${zto(from + i)}`)].join('\n')

test.each([
  { headers: '快递公司,运单号', meanings: ['快递公司', '运单号'] },
  { headers: '序号,承运商,快递单号', meanings: ['快递公司', '运单号'] },
  { headers: '快递公司', meanings: null },
  { headers: '订单编号,快递公司,运单号', meanings: null },
])('of $headers it knows $meanings', ({ headers, meanings }) => {
  const recognised = waybillFile.recognise(sheet(headers))
  expect(recognised && [...recognised.values()]).toEqual(meanings)
})

describe('a preview', () => {
  test('tells what is new and what is there, free or taken', async () => {
    await run(1, numbers(1, 3))
    await draw(70)
    expect(await preview(numbers(1, 5))).toEqual({ new: 2, known: 2, changed: 0, errors: [] })
    expect(await left()).toEqual({ zto: 1 })
  })

  test('names each wrong cell and what to write instead', async () => {
    const { errors } = await preview(
      [
        '快递公司,运单号',
        `中通,${zto(1)}`,
        `飞毯,${zto(2)}`,
        `,${zto(3)}`,
        `天天快递,${zto(4)}`,
        '中通快递,',
        '中通快递,YT7700000000123',
        '圆通,4.15E+18',
        `ZTO, ${zto(1)} `,
        `圆通,yt7700000000123`,
      ].join('\n'),
    )
    expect(errors.map(({ row, column, value, zh }) => [row, column, value, zh])).toEqual([
      [2, '快递公司', '飞毯', '没有这家快递公司，请写名称，如“中通快递”'],
      [3, '快递公司', '', '请填快递公司'],
      [4, '快递公司', '天天快递', '天天快递已停业，请换一家'],
      [5, '运单号', '', '请填运单号'],
      [6, '运单号', 'YT7700000000123', '不像中通快递的单号，请核对'],
      [7, '运单号', '4.15E+18', '运单号只能有数字、字母和横线，至少 4 位'],
      [8, '运单号', zto(1), '和第 1 行重复'],
    ])
  })
})

test('running it fills the pools, each number once, in the order of the file', async () => {
  expect(await run(1, `${numbers(1, 4)}\n圆通,YT7700000000123\n飞毯,1234`)).toEqual({
    new: 4,
    known: 0,
    changed: 0,
    errors: [],
  })
  expect(await run(2, numbers(2, 6))).toMatchObject({ new: 2, known: 2 })
  expect(await left()).toEqual({ zto: 5, yto: 1 })
  expect([...(await draw(70, 71)).values()]).toEqual([zto(1), zto(2)])
})

test('undoing it takes out what no parcel took, names what one did, and leaves the numbers of others', async () => {
  await run(1, numbers(1, 4))
  await run(2, numbers(3, 6))
  await draw(70)
  await takeNumber(bed.ctx, { carrier: 'zto', waybillNo: zto(2), holder: 71, force: false })
  expect(await waybillFile.previewUndo(bed.ctx, 1)).toEqual({
    undone: 1,
    left: [
      { label: zto(1), zh: '中通快递，已用在包裹上' },
      { label: zto(2), zh: '中通快递，已用在包裹上' },
    ],
  })
  await undo(1)
  expect(await left()).toEqual({ zto: 2 })
  expect([...(await draw(72)).values()]).toEqual([zto(4)])
  expect(await run(3, numbers(1, 4))).toMatchObject({ new: 1, known: 2 })
})

test('a number that is drawn while its import is undone stays with its parcel', async () => {
  await run(1, numbers(0, 200))
  const holders = Array.from({ length: 150 }, (_, i) => i + 1)
  const [drawn] = await Promise.all([draw(...holders), undo(1)])
  expect((await waybillFile.previewUndo(bed.ctx, 1)).left.map((one) => one.label)).toEqual([...drawn.values()].sort())
  expect(await left()).toEqual({})
})

test('five thousand numbers are one statement a lot', async () => {
  const statements = async (work: () => Promise<unknown>) => {
    const before = bed.database.statements()
    await work()
    return bed.database.statements() - before
  }
  const one = await statements(() => run(1, numbers(0, 1_000)))
  expect(await statements(() => run(2, numbers(10_000, 15_000)))).toBe(one + 4)
  expect(await left()).toEqual({ zto: 6_000 })
})
