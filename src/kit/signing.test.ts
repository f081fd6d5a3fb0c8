import { expect, test } from 'vitest'
import { hashHex, hmacHex, sameText } from './signing.ts'

test('hashes are over UTF-8 bytes, in lower-case hex', () => {
  expect(hashHex('md5', '')).toBe('d41d8cd98f00b204e9800998ecf8427e')
  expect(hashHex('sha1', 'abc')).toBe('a9993e364706816aba3e25717850c26c9cd0d89d')
  expect(hashHex('sha256', 'abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

// Source: RFC 2202 case 2, RFC 4231 case 2 [doc].
test('keyed hashes are as in the published vectors', () => {
  const text = 'what do ya want for nothing?'
  expect(hmacHex('md5', 'Jefe', text)).toBe('750c783e6ab0b503eaa86e310a5db738')
  expect(hmacHex('sha1', 'Jefe', text)).toBe('effcdf6ae5eb2fa2d27416d5f184df9c259a7c79')
  expect(hmacHex('sha256', 'Jefe', text)).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
})

test.each([
  ['急单', '急单', true],
  ['急单', '急件', false],
  ['a', 'aa', false],
  ['', '', true],
])('%j and %j: %s', (one, other, same) => expect(sameText(one, other)).toBe(same))
