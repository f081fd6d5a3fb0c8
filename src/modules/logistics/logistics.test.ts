import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import { sql } from '../../platform/db/sql.ts'
import { addToPool, findCarriers, readCarrierTable, setCarrier } from './carriers.ts'
import { drawNumbers, takeNumber } from './waybills.ts'

let bed: TestBed
beforeEach(async () => {
  bed = await testBed()
})
afterEach(() => bed.close())

const zto = (n: number) => `73${String(n).padStart(12, '0')}`
const fill = (from: number, to: number) =>
  addToPool(bed.ctx, { code: 'zto', numbers: Array.from({ length: to - from }, (_, i) => zto(from + i)) })
const draw = (...holders: number[]) =>
  bed.ctx.tx((ctx) =>
    drawNumbers(
      ctx,
      holders.map((holder) => ({ carrier: 'zto', holder })),
    ),
  )

describe('the carrier table', () => {
  test('of a new installation is ready to choose from', async () => {
    const { rows } = await findCarriers(bed.ctx)
    expect(rows.slice(0, 3).map((row) => [row.code, row.isActive, row.numbersLeft])).toEqual([
      ['zto', true, 0],
      ['yto', true, 0],
      ['sf', true, 0],
    ])
    expect(rows.find((row) => row.code === 'yto')?.waybillPattern).toBe('^YT\\d{13}$')
  })

  test('keeps what is not named, and knows provinces by their short names', async () => {
    await setCarrier(bed.ctx, { code: 'jt', isActive: true, priority: 5, provinces: ['浙江', '内蒙古', '浙江省'] })
    await setCarrier(bed.ctx, { code: 'jt', priority: 7 })
    expect((await readCarrierTable(bed.ctx))[0]).toEqual({
      code: 'jt',
      name: '极兔速递',
      isActive: true,
      priority: 7,
      provinces: ['内蒙古自治区', '浙江省'],
    })
  })

  test.each([
    { what: 'a carrier nobody knows', asked: { code: 'fly' }, code: 'CARRIER_NOT_FOUND' },
    { what: 'one that closed', asked: { code: 'tiantian', isActive: true }, code: 'INPUT_INVALID' },
    { what: 'a province there is none', asked: { code: 'zto', provinces: ['东极省'] }, code: 'INPUT_INVALID' },
  ])('refuses $what', async ({ asked, code }) => {
    await expect(setCarrier(bed.ctx, asked)).rejects.toMatchObject({ code })
  })
})

describe('a pool', () => {
  test('takes each number once and names those that are not its carrier’s', async () => {
    const numbers = [zto(1), ` ${zto(1)} `, zto(2), 'YT7700000000123']
    expect(await addToPool(bed.ctx, { code: '中通', numbers })).toEqual({
      added: 2,
      known: 0,
      wrong: ['YT7700000000123'],
    })
    expect(await addToPool(bed.ctx, { code: 'zto', numbers: [zto(2), zto(3)] })).toEqual({
      added: 1,
      known: 1,
      wrong: [],
    })
  })

  test('gives its oldest numbers first, and none when it is empty', async () => {
    await fill(1, 3)
    expect(await draw(70, 71, 72)).toEqual(
      new Map([
        [70, zto(1)],
        [71, zto(2)],
      ]),
    )
    expect(await draw(72)).toEqual(new Map())
    expect((await findCarriers(bed.ctx)).rows[0]?.numbersLeft).toBe(0)
  })

  test('never takes a number back, not even one that is added again', async () => {
    await fill(1, 2)
    await draw(70)
    expect(await fill(1, 2)).toEqual({ added: 0, known: 1, wrong: [] })
    expect(await draw(71)).toEqual(new Map())
    await expect(bed.ctx.db.run(sql`update logistics.waybill set taken_by = 71`)).rejects.toThrow('never given again')
    await expect(bed.ctx.db.run(sql`update logistics.waybill set taken_by = null, taken_at = null`)).rejects.toThrow(
      'never given again',
    )
  })

  test('a draw that is rolled back was none', async () => {
    await fill(1, 2)
    const failing = bed.ctx.tx(async (ctx) => {
      await drawNumbers(ctx, [{ carrier: 'zto', holder: 70 }])
      throw new Error('something else broke')
    })
    await expect(failing).rejects.toThrow('something else broke')
    expect(await draw(71)).toEqual(new Map([[71, zto(1)]]))
  })

  test('gives no number twice to many who draw at once, and leaves none while somebody wants one', async () => {
    await fill(0, 300)
    const drawn = await Promise.all(
      Array.from({ length: 40 }, (_, i) => draw(...Array.from({ length: 10 }, (_none, k) => i * 10 + k))),
    )
    const numbers = drawn.flatMap((one) => [...one.values()])
    expect(new Set(numbers).size).toBe(numbers.length)
    // Whoever looked while others held the last ones got fewer; asking again gets the rest.
    const rest = await draw(...Array.from({ length: 300 - numbers.length }, (_, i) => 1_000 + i))
    expect(new Set([...numbers, ...rest.values()]).size).toBe(300)
  })

  test('gives a thousand in as many statements as one', async () => {
    await fill(0, 1_100)
    const count = async (holders: number[]) => {
      const before = bed.database.statements()
      await draw(...holders)
      return bed.database.statements() - before
    }
    expect(await count([1])).toBe(await count(Array.from({ length: 1_000 }, (_, i) => 100 + i)))
  })

  test('serves several carriers at once, each from its own numbers', async () => {
    await fill(1, 3)
    await addToPool(bed.ctx, { code: 'yto', numbers: ['YT7700000000123'] })
    const drawn = await bed.ctx.tx((ctx) =>
      drawNumbers(ctx, [
        { carrier: 'yto', holder: 1 },
        { carrier: 'zto', holder: 2 },
        { carrier: 'yto', holder: 3 },
        { carrier: 'sf', holder: 4 },
      ]),
    )
    expect(drawn).toEqual(
      new Map([
        [1, 'YT7700000000123'],
        [2, zto(1)],
      ]),
    )
  })
})

describe('a typed number', () => {
  const type = (holder: number, waybillNo: string, force = false) =>
    takeNumber(bed.ctx, { carrier: '中通快递', waybillNo, holder, force })

  test('is taken once, and is the same when it is typed again', async () => {
    expect(await type(70, ` ${zto(1)}`)).toEqual({ kind: 'taken', carrier: 'zto', waybillNo: zto(1) })
    expect(await type(70, zto(1))).toMatchObject({ kind: 'taken' })
    expect(await type(71, zto(1))).toEqual({ kind: 'used', by: 70, waybillNo: zto(1) })
  })

  test('that lies in the pool is out of it', async () => {
    await fill(1, 2)
    await type(70, zto(1))
    expect(await draw(71)).toEqual(new Map())
  })

  test('that does not look right is refused until somebody insists; one that cannot be printed always', async () => {
    await expect(type(70, 'YT7700000000123')).rejects.toMatchObject({ code: 'WAYBILL_REFUSED' })
    expect(await type(70, 'YT7700000000123', true)).toMatchObject({ kind: 'taken' })
    await expect(type(70, '单号单号', true)).rejects.toMatchObject({ code: 'WAYBILL_REFUSED' })
    await expect(
      takeNumber(bed.ctx, { carrier: 'fly', waybillNo: zto(1), holder: 1, force: true }),
    ).rejects.toMatchObject({ code: 'CARRIER_NOT_FOUND' })
  })

  test('of two people for two parcels at once is one parcel’s', async () => {
    const outcomes = await Promise.all([70, 71, 72, 73].map((holder) => type(holder, zto(9))))
    expect(outcomes.filter((one) => one.kind === 'taken')).toHaveLength(1)
  })
})
