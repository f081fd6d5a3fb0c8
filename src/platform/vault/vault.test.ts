import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addKey, loadKeys, openKeptVault, rereadKeys } from './keys.ts'
import { openVault } from './vault.ts'

const key = (id: number) => ({ id, bytes: Buffer.alloc(32, id) })

describe('sealing', () => {
  test('opens to the same text, and no two seals are alike', () => {
    const vault = openVault([key(1)])
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const sealed = vault.seal(text)
        expect(vault.open(sealed)).toBe(text)
        expect(vault.seal(text).equals(sealed)).toBe(false)
      }),
    )
  })

  test('one altered byte is noticed', () => {
    const vault = openVault([key(1)])
    const sealed = vault.seal('13800000101')
    sealed[sealed.length - 20]! ^= 1
    expect(() => vault.open(sealed)).toThrow(expect.objectContaining({ code: 'KEY_MISSING' }))
  })

  test('after a rotation the new key seals, the old one still opens, and fingerprints stay', () => {
    const before = openVault([key(1)])
    const after = openVault([key(1), key(2)])
    const sealed = before.seal('林晓禾')
    expect(after.open(sealed)).toBe('林晓禾')
    expect(after.keyOf(after.seal('x'))).toBe(2)
    expect(after.fingerprint('phone', '138')).toBe(before.fingerprint('phone', '138'))
    expect(() => before.open(after.seal('x'))).toThrow(expect.objectContaining({ code: 'KEY_MISSING' }))
  })

  test('a vault that meets a newer key reads the ring again and goes on, sealing with the newer one', () => {
    let ring = [key(1)]
    const running = openVault([key(1)], () => ring)
    const newer = openVault([key(1), key(2)]).seal('林晓禾')
    expect(() => running.open(newer)).toThrow(expect.objectContaining({ code: 'KEY_MISSING' }))
    ring = [key(1), key(2)]
    expect(running.open(newer)).toBe('林晓禾')
    expect(running.newestKey).toBe(2)
    expect(running.keyOf(running.seal('x'))).toBe(2)
    expect(running.fingerprint('phone', '138')).toBe(openVault([key(1)]).fingerprint('phone', '138'))
  })

  test('a fingerprint tells nothing without the key, and purposes differ', () => {
    expect(openVault([key(1)]).fingerprint('phone', '138')).not.toBe(openVault([key(2)]).fingerprint('phone', '138'))
    expect(openVault([key(1)]).fingerprint('phone', '138')).not.toBe(openVault([key(1)]).fingerprint('tail', '138'))
  })
})

describe('the key file', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'keys-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('is made with mode 600 and read back', async () => {
    const file = path.join(folder, 'made', 'master.key')
    const first = await loadKeys({ file })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await loadKeys({ file })).toEqual(first)
    expect(await addKey(file)).toBe(2)
    expect((await loadKeys({ file })).map((k) => k.id)).toEqual([1, 2])
    expect(rereadKeys(file)).toEqual(await loadKeys({ file }))
    const running = await openKeptVault({ file })
    await addKey(file)
    expect(running.open((await openKeptVault({ file })).seal('林晓禾'))).toBe('林晓禾')
  })

  test('is refused when others may read it', async () => {
    const file = path.join(folder, 'open.key')
    await writeFile(file, `1:${Buffer.alloc(32).toString('base64')}\n`, { mode: 0o644 })
    await expect(loadKeys({ file })).rejects.toMatchObject({ code: 'KEY_MISSING' })
    expect(await readFile(file, 'utf8')).toContain('1:')
  })

  test('is refused when a key is too short', async () => {
    await expect(loadKeys({ file: '', fromEnvironment: '1:AAAA' })).rejects.toMatchObject({ code: 'KEY_MISSING' })
  })
})
