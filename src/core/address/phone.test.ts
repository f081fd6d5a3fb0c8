import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { phoneText, readPhone } from './phone.ts'

const read = (text: string, province?: string) => {
  const phone = readPhone(text, province)
  return phone && `${phone.kind} ${phoneText(phone)}`
}

describe('numbers', () => {
  test.each([
    ['13800000101', 'mobile 13800000101'],
    ['138 0000 0101', 'mobile 13800000101'],
    ['138-0000-0101', 'mobile 13800000101'],
    ['+86 13800000101', 'mobile 13800000101'],
    ['0086-13800000101', 'mobile 13800000101'],
    ['86-13800000101', 'mobile 13800000101'],
    ['１３８００００ ０１０１', 'mobile 13800000101'],
    ['18877771111-123', 'virtual 18877771111-123'],
    ['18877771111转1234', 'virtual 18877771111-1234'],
    ['18877771111#1234', 'virtual 18877771111-1234'],
    ['18877771111,1234', 'virtual 18877771111-1234'],
    ['0573-88880000', 'landline 0573-88880000'],
    ['057388880000', 'landline 0573-88880000'],
    ['(0573)8888 0000', 'landline 0573-88880000'],
    ['0971-6660000', 'landline 0971-6660000'],
    ['010-66660000-8', 'landline 010-66660000-8'],
    ['+86-10-66660000', null],
    ['02166660000转808', 'landline 021-66660000-808'],
    ['400-000-0101', 'hotline 4000000101'],
    ['+852 5123 0000', 'hong-kong +852 51230000'],
    ['85251230000', 'hong-kong +852 51230000'],
    ['+853 66120000', 'macau +853 66120000'],
    ['+886 912-000-101', 'taiwan +886 912000101'],
    ['0912000101', 'taiwan 0912000101'],
    ['+886 2 2712 0000', 'taiwan +886 227120000'],
    ['12345678901', null],
    ['1380000010', null],
    ['138000001012', null],
    ['88880000', null],
    ['0573', null],
    ['请打客服', null],
    ['', null],
  ])('%s is %s', (text, expected) => expect(read(text)).toBe(expected))

  test.each([
    ['51230000', '香港特别行政区', 'hong-kong +852 51230000'],
    ['6612 0000', '澳门特别行政区', 'macau +853 66120000'],
    ['02-27120000', '台湾省', 'taiwan +886 227120000'],
    ['0912-000-101', '台湾省', 'taiwan 0912000101'],
    ['13800000101', '香港特别行政区', 'mobile 13800000101'],
    ['51230000', '广东省', null],
  ])('%s in %s is %s', (text, province, expected) => expect(read(text, province)).toBe(expected))

  test('what was read reads the same again', () => {
    const typed = fc.stringMatching(/^(\+86)?[01]?[0-9]{2,4}-?[0-9]{7,8}(-[0-9]{1,4})?$/)
    fc.assert(
      fc.property(typed, (text) => {
        const phone = readPhone(text)
        if (phone) expect(readPhone(phoneText(phone))).toEqual(phone)
      }),
      { numRuns: 2000 },
    )
  })
})
