import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deeds } from './deeds.ts'
import { firstLacking, knownPermissions, presetOf, rightsOf, rightsOfAll } from './grants.ts'
import { weaknessOf } from './password.ts'
import { allPermissions, rolePresets } from './permissions.ts'
import { perAddress, perNameAndAddress, waitUntil } from './throttle.ts'

describe('a new password', () => {
  test.each([
    { password: 'a1b2c3', loginName: 'lin', weakness: 'too-short' },
    { password: '莲花池边', loginName: 'lin', weakness: 'too-short' },
    { password: 'x'.repeat(201), loginName: 'lin', weakness: 'too-long' },
    { password: 'my-LINXIAOHE-77', loginName: 'linxiaohe', weakness: 'like-login-name' },
    { password: '12345678', loginName: 'lin', weakness: 'too-plain' },
    { password: '87654321', loginName: 'lin', weakness: 'too-plain' },
    { password: '20261124', loginName: 'lin', weakness: 'too-plain' },
    { password: 'abcdefgh', loginName: 'lin', weakness: 'too-plain' },
    { password: 'aabbaabb', loginName: 'lin', weakness: 'too-plain' },
    { password: 'Password1!', loginName: 'lin', weakness: 'too-plain' },
    { password: '！woaini2026', loginName: 'lin', weakness: 'too-plain' },
    { password: '莲花池边的三只猫', loginName: 'lin', weakness: null },
    { password: 'correct horse battery', loginName: 'lin', weakness: null },
    { password: 'in-the-box-9', loginName: 'in', weakness: null },
  ])('$password: $weakness', ({ password, loginName, weakness }) => {
    expect(weaknessOf(password, loginName)).toBe(weakness)
  })
})

describe('rights', () => {
  test('of the owner are all there are, whatever was stored', () => {
    expect(rightsOf({ preset: 'owner', permissions: [] })).toEqual(allPermissions)
  })

  test('that this version does not know allow nothing', () => {
    expect(rightsOf({ preset: null, permissions: ['orders.read', 'rockets.launch'] })).toEqual(['orders.read'])
    expect(knownPermissions(['toString', '__proto__'])).toEqual([])
    expect(presetOf('toString')).toBeNull()
    expect(presetOf('service')).toBe('service')
  })

  test('of several roles add up', () => {
    const both = rightsOfAll([
      { preset: 'warehouse', permissions: rolePresets.warehouse.permissions },
      { preset: null, permissions: ['audit.read'] },
    ])
    expect([...both].sort()).toEqual([...rolePresets.warehouse.permissions, 'audit.read'].sort())
  })

  test('can be given only by whoever holds them', () => {
    const some = fc.subarray(allPermissions)
    fc.assert(
      fc.property(some, some, (held, given) => {
        const lacking = firstLacking(new Set(held), given)
        expect(lacking === null).toBe(given.every((permission) => held.includes(permission)))
      }),
    )
  })

  test('of the service role hold no cost, of the finance role no buyer', () => {
    expect(rolePresets.service.permissions).not.toContain('costs.see')
    expect(rolePresets.finance.permissions).not.toContain('personal.see')
  })
})

test('waiting grows with each failed try, up to its longest, and a few are free', () => {
  for (const patience of [perNameAndAddress, perAddress]) {
    expect(waitUntil(patience, patience.freeTries - 1, 0)).toBeNull()
    expect(waitUntil(patience, patience.freeTries, 0)).toBe(5_000)
    expect(waitUntil(patience, patience.freeTries + 1, 0)).toBe(10_000)
    expect(waitUntil(patience, 1_000_000, 0)).toBe(15 * 60_000)
  }
})

test('every deed has its words in both languages', () => {
  for (const [deed, { zh, en }] of Object.entries(deeds)) {
    expect(deed).toMatch(/^[a-z]+\.[a-z-]+$/)
    expect(zh).toMatch(/\p{Script=Han}/u)
    expect(en).toMatch(/^[A-Z][\x20-\x7e]+$/)
  }
})
