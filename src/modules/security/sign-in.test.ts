import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HttpBed, httpBed, testPassword } from '../../../test/aid/http.ts'
import { sql } from '../../platform/db/sql.ts'

let bed: HttpBed
beforeAll(async () => {
  bed = await httpBed({ seed: true, rates: { open: { burst: 10_000, perSecond: 1_000 } } })
})
afterAll(() => bed.close())

const code = (json: unknown) => (json as { code: string }).code
const secondMs = 1_000
const dayMs = 24 * 3_600_000

describe('signing in', () => {
  test('gives who one is, with rights, roles and a token for writes', async () => {
    const reply = await bed.call('POST', '/session', { loginName: 'Warehouse', password: testPassword })
    expect(reply.json).toMatchObject({
      loginName: 'warehouse',
      roles: [{ name: '仓库', preset: 'warehouse' }],
      company: { name: '示例商家', answers: null },
      isSandbox: true,
      mustChangePassword: false,
    })
    expect((reply.json as { permissions: string[] }).permissions).not.toContain('people.manage')
    expect(String(reply.headers['set-cookie'])).toMatch(/HttpOnly.*SameSite=Lax/)
  })

  test('keeps no secret that a stolen copy could use', async () => {
    const { cookie } = await bed.signIn('finance')
    const secret = cookie.split('=')[1] ?? ''
    const kept = await bed.database.pool.query(
      'select s::text as row from security.session s union all select p::text from security.person p',
    )
    const text = JSON.stringify(kept.rows)
    expect(text).not.toContain(secret)
    expect(text).not.toContain(testPassword)
    expect(text).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
  })

  test.each([
    { when: 'the password is wrong', loginName: 'auditor', password: 'something else' },
    { when: 'nobody has that name', loginName: 'nobody-here', password: testPassword },
  ])('when $when: refused in the same words', async ({ loginName, password }) => {
    const reply = await bed.call('POST', '/session', { loginName, password })
    expect(reply.status).toBe(401)
    expect(code(reply.json)).toBe('SIGN_IN_REFUSED')
    expect(reply.cookie).toBeNull()
  })

  test('slows a guesser, says the seconds, and lets the right password in after the wait', async () => {
    const guess = () => bed.call('POST', '/session', { loginName: 'purchasing', password: 'guess' })
    for (let tried = 0; tried < 5; tried += 1) expect(code((await guess()).json)).toBe('SIGN_IN_REFUSED')
    const slowed = await bed.call('POST', '/session', { loginName: 'purchasing', password: testPassword })
    expect(slowed.status).toBe(429)
    expect(slowed.json).toMatchObject({ code: 'SIGN_IN_THROTTLED', retry: 'later', zh: '尝试次数过多，请 5 秒后再试' })
    expect(slowed.headers['retry-after']).toBe('5')

    bed.pass(5 * secondMs)
    expect(code((await guess()).json)).toBe('SIGN_IN_REFUSED')
    expect((await guess()).headers['retry-after']).toBe('10')
    bed.pass(10 * secondMs)
    await bed.signIn('purchasing')
    expect(code((await guess()).json)).toBe('SIGN_IN_REFUSED')
  })

  test('counts guesses that come at once one by one', async () => {
    const guesses = await Promise.all(
      Array.from({ length: 20 }, () => bed.call('POST', '/session', { loginName: 'service', password: 'guess' })),
    )
    const refused = guesses.filter(({ json }) => code(json) === 'SIGN_IN_REFUSED')
    expect(refused).toHaveLength(5)
    bed.pass(3_600_000)
    await bed.signIn('service')
  })
})

describe('a session', () => {
  test('ends after 14 days without use and after 30 days in any case', async () => {
    const idle = await bed.signIn('reviewer')
    const used = await bed.signIn('reviewer')
    for (let day = 0; day < 28; day += 7) {
      bed.pass(7 * dayMs)
      expect((await used.call('GET', '/me')).status).toBe(200)
    }
    expect((await idle.call('GET', '/me')).status).toBe(401)
    bed.pass(2 * dayMs + 1)
    expect((await used.call('GET', '/me')).status).toBe(401)
  })

  test('ends when its person signs out, here or everywhere', async () => {
    const [one, two, three] = await Promise.all([bed.signIn('auditor'), bed.signIn('auditor'), bed.signIn('auditor')])
    const out = await one.call('DELETE', '/session')
    expect(out.status).toBe(200)
    expect(out.cookie).toMatch(/=$/)
    expect((await one.call('GET', '/me')).status).toBe(401)
    expect((await two.call('GET', '/me')).status).toBe(200)
    expect((await three.call('DELETE', '/sessions')).json).toEqual({ ended: 2 })
    expect((await two.call('GET', '/me')).status).toBe(401)
  })

  test('is replaced, not joined, by signing in again', async () => {
    const first = await bed.signIn('auditor')
    await first.call('POST', '/session', { loginName: 'auditor', password: testPassword })
    expect((await first.call('GET', '/me')).status).toBe(401)
  })

  test('that ended, and old tries, are forgotten by the hourly tidying', async () => {
    bed.pass(31 * dayMs)
    const { security } = await import('./index.ts')
    await security.jobs[0]?.run(bed.ctx, {})
    const left = await bed.database.pool.query(
      'select (select count(*) from security.session) + (select count(*) from security.sign_in_attempt) as left',
    )
    expect(left.rows[0]).toEqual({ left: 0 })
  })
})

describe('the own account', () => {
  test('changes its password with the old one; other sessions end, this one stays', async () => {
    const [here, elsewhere] = await Promise.all([bed.signIn('finance'), bed.signIn('finance')])
    const wrong = await here.call('PUT', '/me/password', {
      currentPassword: 'no',
      newPassword: 'qing-ting 77 dian shui',
    })
    expect(wrong.json).toMatchObject({ code: 'INPUT_INVALID', field: 'currentPassword', zh: '“原密码”填写有误：不对' })
    const weak = await here.call('PUT', '/me/password', { currentPassword: testPassword, newPassword: '12345678' })
    expect(weak.json).toMatchObject({
      code: 'INPUT_INVALID',
      field: 'newPassword',
      en: 'newPassword: is too easy to guess',
    })
    const changed = await here.call('PUT', '/me/password', {
      currentPassword: testPassword,
      newPassword: 'qing-ting 77 dian shui',
    })
    expect(changed.status).toBe(200)
    expect((await here.call('GET', '/me')).status).toBe(200)
    expect((await elsewhere.call('GET', '/me')).status).toBe(401)
    await bed.signIn('finance', 'qing-ting 77 dian shui')
  })

  test('keeps language and theme', async () => {
    const me = await bed.signIn('warehouse')
    await me.call('PUT', '/me/preferences', { language: 'en', theme: 'dark' })
    expect((await me.call('GET', '/me')).json).toMatchObject({ preferences: { language: 'en', theme: 'dark' } })
  })
})

test('a person who is gone from the database is simply not signed in', async () => {
  const me = await bed.signIn('service')
  await bed.database.db.run(sql`update security.person set is_active = false where login_name = 'service'`)
  expect(code((await me.call('GET', '/me')).json)).toBe('SIGN_IN_NEEDED')
})
