import { expect, test } from 'vitest'
import { joinName, withoutCountryCode } from './receiver-text.ts'

test.each([
  { parts: ['林', '晓禾'], name: '林晓禾' },
  { parts: ['林 晓禾'], name: '林晓禾' },
  { parts: ['林　晓禾'], name: '林晓禾' },
  { parts: ['', '林晓禾'], name: '林晓禾' },
  { parts: ['阿依古丽·', '买买提'], name: '阿依古丽·买买提' },
  { parts: ['John', 'Smith'], name: 'John Smith' },
  { parts: ['林', 'Mary'], name: '林 Mary' },
  { parts: ['林**'], name: '林**' },
  { parts: ['', ' '], name: '' },
])('$parts is the name "$name"', ({ parts, name }) => expect(joinName(parts)).toBe(name))

test.each([
  { given: '+8613800000101', phone: '13800000101' },
  { given: '+86 138 0000 0101', phone: '138 0000 0101' },
  { given: '+86-13800000101', phone: '13800000101' },
  { given: '008613800000101', phone: '13800000101' },
  { given: '13800000101', phone: '13800000101' },
  { given: '0571-8600000', phone: '0571-8600000' },
  { given: '+85291234567', phone: '+85291234567' },
  { given: '8613800000', phone: '8613800000' },
])('$given is called as $phone', ({ given, phone }) => expect(withoutCountryCode(given)).toBe(phone))
