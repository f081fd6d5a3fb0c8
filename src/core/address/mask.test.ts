import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskAddress, maskName, maskPhone } from './mask.ts'

describe('names', () => {
  test.each([
    ['陈小华', '陈*华'],
    ['王小', '王*'],
    ['王', '王'],
    ['', ''],
    ['陈小小华', '陈**华'],
    ['欧阳小华', '欧阳*华'],
    ['欧阳华', '欧阳*'],
    ['欧阳', '欧*'],
    ['阿依古丽·买买提', '阿******提'],
    ['Lin Xiaohe', 'L********e'],
    ['林**', '林**'],
    ['*禾', '*禾'],
    ['陈*华', '陈*华'],
    ['𠮷野家', '𠮷*家'],
    ['爱*星星的猫', '爱****猫'],
    [`#${'Zm9vYmFy'.repeat(8)}#`, '***'],
  ])('%s is shown as %s', (name, shown) => expect(maskName(name)).toBe(shown))

  test('shows three characters at most, hides one at least, and masks only once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 2, maxLength: 20 }), (name) => {
        const shown = Array.from(maskName(name))
        expect(shown.filter((sign) => sign !== '*').length).toBeLessThanOrEqual(3)
        expect(shown.length).toBe(Array.from(name).length)
        expect(shown).toSatisfy((signs: string[]) => signs.some((sign) => sign === '*' || sign === '＊'))
        expect(maskName(shown.join(''))).toBe(shown.join(''))
      }),
    )
  })
})

describe('telephones', () => {
  test.each([
    ['13800000101', '138****0101'],
    ['+86 13800000101', '138****0101'],
    ['18877771111-123', '188****1111-***'],
    ['0573-88880000', '0573-****0000'],
    ['0971-6660000', '0971-***0000'],
    ['010-66660000-8', '010-****0000-*'],
    ['400-000-0101', '400***0101'],
    ['+852 51230000', '+852 ****0000'],
    ['0912000101', '091***0101'],
    ['138****0101', '138****0101'],
    ['138****0101-1234', '138****0101-1234'],
    ['88880000***', '***********'],
    ['188****1111-***', '188****1111-***'],
    ['*******4471', '*******4471'],
    ['123456', '******'],
    ['110', '***'],
    ['138000001012', '***********'],
    ['13800000101*', '***********'],
    ['$AbC0138$xyz$1$$', '***********'],
    ['', ''],
  ])('%s is shown as %s', (phone, shown) => expect(maskPhone(phone)).toBe(shown))

  const anyPhone = fc.oneof(
    fc.stringMatching(/^1[3-9][0-9]{9}(-[0-9]{1,4})?$/),
    fc.stringMatching(/^0[1-9][0-9]{1,2}-?[2-9][0-9]{6,7}(-[0-9]{1,4})?$/),
    fc.stringMatching(/^[0-9*+ -]{1,16}$/),
    fc.string({ maxLength: 40 }),
  )

  test('show an area code and four digits at most, and are masked only once', () => {
    fc.assert(
      fc.property(anyPhone, (phone) => {
        const shown = maskPhone(phone)
        expect(shown).toMatch(/^(?:\+?\d{0,4}[- ]?\*{3,}\d{0,4}(?:-[\d*]+)?|\**)$/)
        expect(maskPhone(shown)).toBe(shown)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('addresses', () => {
  test.each([
    ['双溪路12号3栋201室', '******'],
    ['A', '******'],
    ['', ''],
    ['东栅街道******', '东栅街道******'],
    ['****', '****'],
    ['双溪路12号**', '******'],
    ['尺寸2*3米的店', '******'],
  ])('%s is shown as %s', (detail, shown) => expect(maskAddress(detail)).toBe(shown))
})
