import { describe, expect, test } from 'vitest'
import { carrierNamed, carriers } from './carriers.ts'
import { faultOfWaybill, plainWaybill } from './waybill.ts'

const carrier = (text: string) => carrierNamed(text)!

describe('carriers', () => {
  test('have codes and names of their own', () => {
    expect(carriers).toHaveLength(34)
    const owners = Map.groupBy(
      carriers.flatMap(({ code, name, aliases }) =>
        [...new Set([code, name, ...aliases].map((text) => text.toLowerCase()))].map((text) => ({ code, text })),
      ),
      ({ text }) => text,
    )
    expect([...owners.values()].filter((owner) => owner.length > 1)).toEqual([])
    for (const { code, name } of carriers) {
      expect(carrierNamed(code)?.code).toBe(code)
      expect(carrierNamed(name)?.code).toBe(code)
    }
  })

  test.each([
    ['中通', 'zto'],
    [' 顺丰快递 ', 'sf'],
    ['j&t', 'jt'],
    ['汇通', 'best'],
  ])('%s is %s', (text, code) => expect(carrierNamed(text)?.code).toBe(code))

  test('an unknown name is nobody', () => expect(carrierNamed('飞毛腿快递')).toBeNull())
})

describe('a waybill number', () => {
  // Source: carriers.csv, column example.
  test.each([
    ['sf', 'SF1399000000017'],
    ['zto', '73512345678944'],
    ['yto', 'YT7700000000123'],
    ['sto', '773000000000001'],
    ['yunda', '434100000000777'],
    ['jt', 'JT3000000000009'],
    ['ems', '1100000000017'],
    ['chinapost', '9800000000017'],
    ['jd', 'JDVA00000000001'],
    ['jd', 'JDVA00000000001-1-3-'],
    ['deppon', 'DPK000000000017'],
    ['cainiao', '621000000000017'],
    ['zjs', 'ZJS000000000017'],
    ['kye', 'KYE0000000000017'],
    ['sf-ltl', 'SF2099000000017'],
    ['ane', '300123456789'],
  ])('of %s may be %s', (code, waybillNo) => expect(faultOfWaybill(carrier(code), waybillNo)).toBeNull())

  test.each([
    ['zto', '72512345678944', 'pattern'],
    ['yto', '7700000000123', 'pattern'],
    ['ane', '快递单号', 'signs'],
    ['ane', '123', 'signs'],
    ['ane', 'A'.repeat(23), 'too-long'],
    ['ane', '1'.repeat(41), 'too-long'],
  ])('of %s may not be %s: %s', (code, waybillNo, kind) => {
    expect(faultOfWaybill(carrier(code), waybillNo)?.kind).toBe(kind)
  })

  test('is kept without spaces and in half-width capitals', () => {
    expect(plainWaybill(' ｙｔ7700 000000123\n')).toBe('YT7700000000123')
  })
})
