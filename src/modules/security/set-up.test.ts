import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type HttpBed, httpBed, testPassword } from '../../../test/aid/http.ts'
import { rolePresets } from '../../core/access/permissions.ts'
import { seedPeople } from './index.ts'

let bed: HttpBed
beforeEach(async () => {
  bed = await httpBed()
})
afterEach(() => bed.close())

const answers = { ordersPerDay: '50-300', channels: ['taobao', '线下微信群'], people: '2-5' }
const wanted = { company: '木白家居', loginName: '林晓禾', name: '林晓禾', password: testPassword, answers }

describe('set-up', () => {
  test('makes the company, the roles and the owner, who is signed in at once', async () => {
    expect((await bed.call('GET', '/setup')).json).toMatchObject({ isDone: false, company: null, isSandbox: true })
    const done = await bed.call('POST', '/setup', wanted)
    expect(done.json).toMatchObject({
      loginName: '林晓禾',
      company: { name: '木白家居', answers },
      roles: [{ preset: 'owner', name: '店主' }],
    })
    const { csrfToken } = done.json as { csrfToken: string }
    const headers = { cookie: done.cookie ?? '', 'x-csrf-token': csrfToken }
    const { roles } = (await bed.call('GET', '/roles', undefined, headers)).json as {
      roles: { preset: string; permissions: string[] }[]
    }
    expect(Object.fromEntries(roles.map(({ preset, permissions }) => [preset, [...permissions].sort()]))).toEqual(
      Object.fromEntries(
        Object.entries(rolePresets).map(([preset, { permissions }]) => [preset, [...permissions].sort()]),
      ),
    )
    expect((await bed.call('GET', '/setup')).json).toMatchObject({ isDone: true, company: '木白家居' })
    const { lines } = (await bed.call('GET', '/audit?deed=security.set-up', undefined, headers)).json as {
      lines: unknown[]
    }
    expect(lines).toMatchObject([{ actorName: '林晓禾', details: { company: '木白家居' } }])
    expect((await bed.call('PUT', '/company', { name: '木白家居（杭州）' }, headers)).status).toBe(200)
    expect((await bed.call('GET', '/me', undefined, headers)).json).toMatchObject({
      company: { name: '木白家居（杭州）' },
    })
  })

  test('happens once, however many try at once', async () => {
    const replies = await Promise.all(
      Array.from({ length: 6 }, (_, n) => bed.call('POST', '/setup', { ...wanted, loginName: `owner${n}` })),
    )
    expect(replies.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409, 409, 409, 409])
    expect(replies.find(({ status }) => status === 409)?.json).toMatchObject({ code: 'SETUP_DONE' })
    const { rows } = await bed.database.pool.query(
      'select (select count(*) from security.person) as people, (select count(*) from security.company) as companies',
    )
    expect(rows[0]).toEqual({ people: 1, companies: 1 })
    expect((await bed.call('POST', '/setup', wanted)).json).toMatchObject({ code: 'SETUP_DONE' })
  })

  test.each([
    { password: 'short', zh: '“密码”填写有误：至少 8 个字符' },
    { password: '林晓禾林晓禾林晓禾', zh: '“密码”填写有误：太容易被猜到，请换一个' },
    { password: 'password2026', zh: '“密码”填写有误：太容易被猜到，请换一个' },
  ])('refuses a weak password: $password', async ({ password, zh }) => {
    const { json } = await bed.call('POST', '/setup', { ...wanted, password })
    expect(json).toMatchObject({ code: 'INPUT_INVALID', field: 'password', zh })
    expect((await bed.call('GET', '/setup')).json).toMatchObject({ isDone: false })
  })
})

test('the sandbox’s ready log-ins can be made again and again', async () => {
  const people = [
    { loginName: 'boss', name: '店主', role: 'owner', password: testPassword },
    { loginName: 'cang', name: '仓库', role: 'warehouse', password: testPassword },
  ] as const
  await seedPeople(bed.ctx, people, '木白家居')
  await seedPeople(bed.ctx, [{ ...people[1], name: '仓库二', role: 'finance', password: 'another-one 42' }])
  await bed.signIn('boss')
  const { call } = await bed.signIn('cang', 'another-one 42')
  expect((await call('GET', '/me')).json).toMatchObject({
    name: '仓库二',
    roles: [{ preset: 'finance' }],
    company: { name: '木白家居' },
  })
  expect((await bed.call('GET', '/setup')).json).toMatchObject({ isDone: true, company: '木白家居' })
})
