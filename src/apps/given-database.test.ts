import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase, urlOf } from '../../test/aid/database.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/db/open.ts'
import { silentLog } from '../platform/log.ts'
import { openDataHome } from './data-home.ts'
import { checkGiven, refuseOld } from './given-database.ts'

let own: TestDatabase
beforeAll(async () => {
  own = await testDatabase()
})
afterAll(() => own.drop())

const opened = (url: string) =>
  openDataHome({ ...readConfig({}), databaseUrl: url }, silentLog, () => undefined).then((home) => home.stop())

/** The address of the test's database with something changed. */
const changed = (part: { readonly password?: string; readonly database?: string }) =>
  urlOf({ ...own.connection, ...part })

test.each([
  { what: 'nobody answers', url: () => 'postgresql://a:b@127.0.0.1:1/c', says: '没有 PostgreSQL 应答' },
  { what: 'the host is nowhere', url: () => 'postgresql://a:b@nowhere.invalid/c', says: '找不到这台主机' },
  { what: 'the password is wrong', url: () => changed({ password: 'no' }), says: '用户名或密码不对' },
  { what: 'the database is not there', url: () => changed({ database: 'nothing_here' }), says: '没有这个库' },
])('$what: one sentence says so', async ({ url, says }) => {
  await expect(opened(url())).rejects.toMatchObject({
    code: 'DATABASE_URL_REFUSED',
    details: { reason: expect.stringContaining(says), reasonEn: expect.stringMatching(/^[ -~]+$/) },
  })
})

test('a database that is there and new enough is used', async () => {
  const database = openDatabase({ url: changed({}), poolSize: 1 })
  await expect(checkGiven(database)).resolves.toBeUndefined()
  await database.close()
})

test('one that is too old is refused by its number', () => {
  expect(() => refuseOld(140_011)).toThrow(
    expect.objectContaining({
      code: 'DATABASE_URL_REFUSED',
      details: expect.objectContaining({ reason: '它是 PostgreSQL 14，需要 15 或更新版本' }),
    }),
  )
  expect(() => refuseOld(150_018)).not.toThrow()
})
