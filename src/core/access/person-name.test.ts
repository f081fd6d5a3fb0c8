import { expect, test } from 'vitest'
import { PersonName } from './person-name.ts'

test('a person is called anything but what the product calls itself', () => {
  expect(PersonName.parse(' 陈小华 ')).toBe('陈小华')
  for (const name of ['系统', ' 系统 ', '', '长'.repeat(41)]) expect(PersonName.safeParse(name).success).toBe(false)
})
