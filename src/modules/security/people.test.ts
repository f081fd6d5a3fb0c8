import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, type HttpBed, httpBed, testPassword } from '../../../test/aid/http.ts'
import type { Person, Role } from '../../contract/security.ts'
import { changePerson } from './people.ts'

let bed: HttpBed
let owner: Client
let roles: ReadonlyMap<string, Role>
beforeAll(async () => {
  bed = await httpBed({ seed: true, rates: { open: { burst: 10_000, perSecond: 1_000 } } })
  owner = await bed.as('owner')
  roles = new Map((await listRoles()).map((role) => [role.preset ?? role.name, role]))
})
afterAll(() => bed.close())

const listRoles = async () => ((await owner.call('GET', '/roles')).json as { roles: Role[] }).roles
const listPeople = async () => ((await owner.call('GET', '/people')).json as { people: Person[] }).people
const personCalled = async (loginName: string) => (await listPeople()).find((person) => person.loginName === loginName)!
const idOf = (preset: string) => roles.get(preset)?.id ?? 0
const code = ({ json }: { json: unknown }) => (json as { code: string }).code

describe('a person', () => {
  test('is added with a password that is made up and shown once, and asked to change it', async () => {
    const made = await owner.call('POST', '/people', {
      loginName: 'zhou',
      name: '周一',
      roleIds: [idOf('warehouse'), idOf('service')],
    })
    const { person, password } = made.json as { person: Person; password: string }
    expect(person).toMatchObject({ loginName: 'zhou', isActive: true, mustChangePassword: true, lastSignedInAt: null })
    const zhou = await bed.signIn('zhou', password)
    const me = (await zhou.call('GET', '/me')).json as { permissions: string[]; mustChangePassword: boolean }
    expect(me.mustChangePassword).toBe(true)
    expect(me.permissions).toEqual(expect.arrayContaining(['fulfilment.work', 'orders.review']))
    expect((await personCalled('zhou')).lastSignedInAt).toBe('2026-11-11T04:00:00.000Z')
  })

  test('may be given a password, which is not shown again', async () => {
    const made = await owner.call('POST', '/people', {
      loginName: 'wu',
      name: '吴二',
      roleIds: [idOf('finance')],
      password: testPassword,
    })
    expect(made.json).toMatchObject({ password: null })
    await bed.signIn('wu')
  })

  test.each([
    { when: 'the name is taken, in any case', body: { loginName: 'ZHOU' }, expected: 'PERSON_NAME_TAKEN' },
    { when: 'a role does not exist', body: { roleIds: [999] }, expected: 'ROLE_NOT_FOUND' },
    { when: 'there is no role', body: { roleIds: [] }, expected: 'INPUT_INVALID' },
    { when: 'the login name has blanks', body: { loginName: 'a b' }, expected: 'INPUT_INVALID' },
    { when: 'the password holds the login name', body: { password: 'zhang-liu-1' }, expected: 'INPUT_INVALID' },
  ])('is refused when $when', async ({ body, expected }) => {
    const reply = await owner.call('POST', '/people', {
      loginName: 'zhang-liu',
      name: '张六',
      roleIds: [idOf('service')],
      ...body,
    })
    expect(code(reply)).toBe(expected)
  })

  test('is changed by one at a time: a change upon an older state is refused', async () => {
    const { id, version } = await personCalled('wu')
    const first = await owner.call('PATCH', `/people/${id}`, { version, name: '吴二（财务）' })
    expect(first.json).toMatchObject({ name: '吴二（财务）', version: version + 1, roles: [{ preset: 'finance' }] })
    expect(code(await owner.call('PATCH', `/people/${id}`, { version, name: '别的' }))).toBe('CHANGED_MEANWHILE')
    expect(code(await owner.call('PATCH', `/people/${id}`, { version: version + 1, loginName: 'zhou' }))).toBe(
      'PERSON_NAME_TAKEN',
    )
    expect(code(await owner.call('PATCH', '/people/999', { version: 1 }))).toBe('PERSON_NOT_FOUND')
  })

  test('has other rights from the moment the roles change', async () => {
    const wu = await bed.signIn('wu')
    expect((await wu.call('GET', '/people')).status).toBe(403)
    const { id, version } = await personCalled('wu')
    await owner.call('PATCH', `/people/${id}`, { version, roleIds: [idOf('owner')] })
    expect((await wu.call('GET', '/people')).status).toBe(200)
    await owner.call('PATCH', `/people/${id}`, { version: version + 1, roleIds: [idOf('finance')] })
    expect((await wu.call('GET', '/people')).status).toBe(403)
  })

  test('who is deactivated is out at once and cannot come back in until activated', async () => {
    const wu = await bed.signIn('wu')
    const { id, version } = await personCalled('wu')
    await owner.call('PATCH', `/people/${id}`, { version, isActive: false })
    expect((await wu.call('GET', '/me')).status).toBe(401)
    expect(code(await bed.call('POST', '/session', { loginName: 'wu', password: testPassword }))).toBe(
      'SIGN_IN_REFUSED',
    )
    await owner.call('PATCH', `/people/${id}`, { version: version + 1, isActive: true })
    await bed.signIn('wu')
    const { lines } = (await owner.call('GET', `/audit?object=person&objectId=${id}`)).json as {
      lines: { deed: string; details: object }[]
    }
    expect(lines.map(({ deed }) => deed)).toEqual(
      expect.arrayContaining(['security.person-deactivated', 'security.person-activated']),
    )
    expect(lines.find(({ deed }) => deed === 'security.person-deactivated')?.details).toMatchObject({
      before: { isActive: true },
      after: { isActive: false },
    })
  })

  test('whose password is reset is out, and comes in with the new one alone', async () => {
    const wu = await bed.signIn('wu')
    const { id } = await personCalled('wu')
    const { password } = (await owner.call('POST', `/people/${id}/password`)).json as { password: string }
    expect(password).toMatch(/^[a-zA-Z2-9]{12}$/)
    expect((await wu.call('GET', '/me')).status).toBe(401)
    expect(code(await bed.call('POST', '/session', { loginName: 'wu', password: testPassword }))).toBe(
      'SIGN_IN_REFUSED',
    )
    const again = await bed.signIn('wu', password)
    expect((await owner.call('DELETE', `/people/${id}/sessions`)).json).toEqual({ ended: 1 })
    expect((await again.call('GET', '/me')).status).toBe(401)
    expect(code(await owner.call('POST', '/people/999/password'))).toBe('PERSON_NOT_FOUND')
  })
})

describe('the last owner', () => {
  test('cannot be deactivated or made something else', async () => {
    const { id, version } = await personCalled('owner')
    expect(code(await owner.call('PATCH', `/people/${id}`, { version, isActive: false }))).toBe('LAST_OWNER')
    expect(code(await owner.call('PATCH', `/people/${id}`, { version, roleIds: [idOf('finance')] }))).toBe('LAST_OWNER')
    expect((await owner.call('GET', '/me')).status).toBe(200)
  })

  test('remains when two owners put each other out at the same moment', async () => {
    const body = { loginName: 'second', name: '二店主', roleIds: [idOf('owner')], password: testPassword }
    const { person: other } = (await owner.call('POST', '/people', body)).json as { person: Person }
    const one = await personCalled('owner')
    const outcomes = await Promise.allSettled(
      [one, other].map((person) =>
        changePerson(bed.ctx, { personId: person.id, version: person.version, isActive: false }),
      ),
    )
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'LAST_OWNER' } })
    await bed.database.pool.query("update security.person set is_active = true where login_name = 'owner'")
    owner = await bed.as('owner')
  })
})

describe('a role', () => {
  test('of one’s own is made, changed upon its newest state, and deleted when nobody holds it', async () => {
    const made = (await owner.call('POST', '/roles', { name: '周末客服', permissions: ['orders.read'] })).json as Role
    expect(made).toMatchObject({ preset: null, isFixed: false, people: 0, version: 1 })
    const change = { version: 1, name: '周末客服', permissions: ['orders.read', 'orders.review'] }
    expect((await owner.call('PUT', `/roles/${made.id}`, change)).json).toMatchObject({
      permissions: ['orders.read', 'orders.review'],
      version: 2,
    })
    expect(code(await owner.call('PUT', `/roles/${made.id}`, change))).toBe('CHANGED_MEANWHILE')
    expect(code(await owner.call('POST', '/roles', { name: '周末客服', permissions: [] }))).toBe('ROLE_NAME_TAKEN')
    expect(code(await owner.call('PUT', `/roles/${made.id}`, { ...change, version: 2, name: '仓库' }))).toBe(
      'ROLE_NAME_TAKEN',
    )

    const { id, version } = await personCalled('wu')
    await owner.call('PATCH', `/people/${id}`, { version, roleIds: [made.id] })
    expect((await owner.call('DELETE', `/roles/${made.id}`)).json).toMatchObject({
      code: 'ROLE_IN_USE',
      zh: '角色“周末客服”还有人在用',
    })
    await owner.call('PATCH', `/people/${id}`, { version: version + 1, roleIds: [idOf('finance')] })
    expect((await owner.call('DELETE', `/roles/${made.id}`)).status).toBe(200)
    expect(code(await owner.call('DELETE', `/roles/${made.id}`))).toBe('ROLE_NOT_FOUND')
  })

  test('that is ready-made may be changed, the owner’s may not', async () => {
    const service = roles.get('service')!
    const permissions = service.permissions.filter((permission) => permission !== 'orders.reveal')
    const signedIn = await bed.as('service')
    const changed = await owner.call('PUT', `/roles/${service.id}`, {
      version: service.version,
      name: '客服组',
      permissions,
    })
    expect(changed.json).toMatchObject({ name: '客服组', preset: 'service', people: 2 })
    expect(((await signedIn.call('GET', '/me')).json as { permissions: string[] }).permissions).not.toContain(
      'orders.reveal',
    )
    for (const call of [
      owner.call('PUT', `/roles/${idOf('owner')}`, { version: 1, name: '店主', permissions: [] }),
      owner.call('DELETE', `/roles/${idOf('owner')}`),
    ])
      expect(code(await call)).toBe('ROLE_FIXED')
  })
})

describe('nobody gives away more than they hold', () => {
  test('whoever manages people without being owner can neither make an owner nor become one', async () => {
    const leader = (
      await owner.call('POST', '/roles', {
        name: '组长',
        permissions: ['people.manage', 'tokens.manage', 'orders.read'],
      })
    ).json as Role
    await owner.call('POST', '/people', {
      loginName: 'leader',
      name: '组长',
      roleIds: [leader.id],
      password: testPassword,
    })
    const { call } = await bed.signIn('leader')
    const [boss, self] = [await personCalled('owner'), await personCalled('leader')]
    const attempts = [
      call('POST', '/people', { loginName: 'x1', name: 'x', roleIds: [idOf('owner')] }),
      call('PATCH', `/people/${self.id}`, { version: self.version, roleIds: [idOf('owner')] }),
      call('POST', `/people/${boss.id}/password`),
      call('PATCH', `/people/${boss.id}`, { version: boss.version, loginName: 'gone' }),
      call('DELETE', `/people/${boss.id}/sessions`),
      call('POST', '/roles', { name: '更多', permissions: ['system.manage'] }),
      call('PUT', `/roles/${leader.id}`, { version: leader.version, name: '组长', permissions: ['system.manage'] }),
      call('PUT', `/roles/${idOf('finance')}`, { version: 1, name: '财务', permissions: [] }),
      call('POST', '/tokens', { name: 'x', permissions: ['system.manage'], expiresInDays: null }),
    ]
    for (const attempt of attempts) expect(code(await attempt)).toBe('PERMISSION_NEEDED')
    expect((await call('POST', '/people', { loginName: 'x2', name: 'x', roleIds: [leader.id] })).status).toBe(200)
  })
})
