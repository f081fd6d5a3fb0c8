import { expect, test } from 'vitest'
import { isSameCode, meaningsOf, shownCode } from './codes.ts'

test.each([
  { what: 'a plain code', scanned: 'MUG-WHITE', finds: 'MUG-WHITE' },
  { what: 'a code after the sign of its kind', scanned: ']C1SF123', finds: 'SF123' },
  { what: 'the goods of a carton code', scanned: ']d20106901234567892\u001d10LOT7', finds: '6901234567892' },
  { what: 'the goods of a bare carton code', scanned: '0106901234567892', finds: '6901234567892' },
  { what: 'the goods with expiry behind', scanned: '010690123456789217271231', finds: '6901234567892' },
  { what: 'the goods in brackets', scanned: '(01)06901234567892(17)271231', finds: '06901234567892' },
])('$what is found', ({ scanned, finds }) => {
  expect(meaningsOf(scanned)).toContain(finds)
})

test.each([
  { what: 'its last digit does not follow from the others', scanned: '0106901234567893' },
  { what: 'it only looks like one', scanned: '01069012345678' },
  { what: 'it is a waybill of digits', scanned: '78010690123456' },
])('no goods are read out of a number when $what', ({ scanned }) => {
  expect(meaningsOf(scanned)).toEqual([scanned])
})

test('case does not matter, absence does', () => {
  expect(isSameCode('Mug-1', 'MUG-1')).toBe(true)
  expect(isSameCode(null, '')).toBe(false)
})

test('the separator is shown by a sign', () => {
  expect(shownCode('10A\u001d17')).toBe('10A␝17')
})
