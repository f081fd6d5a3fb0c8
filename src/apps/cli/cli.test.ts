import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import { runOnServer } from '../../../test/aid/database.ts'
import { httpBed } from '../../../test/aid/http.ts'
import { migrate } from '../../platform/db/migrate.ts'
import { sql } from '../../platform/db/sql.ts'
import { loadKeys } from '../../platform/vault/keys.ts'
import { openVault } from '../../platform/vault/vault.ts'
import { version } from '../../platform/version.ts'
import { type Command, runCommand, type Shell } from './command.ts'
import { databaseCommands } from './database.ts'
import { keyCommands } from './keys.ts'
import { withCtx, withDatabase } from './open.ts'
import { openApiCommands } from './openapi.ts'
import { personCommands } from './person.ts'
import { tokenCommands } from './token.ts'

const commands: readonly Command[] = [
  ...personCommands,
  ...tokenCommands,
  ...keyCommands,
  ...databaseCommands,
  ...openApiCommands,
]

let bed: TestBed
let dataDir: string
beforeAll(async () => {
  bed = await testBed()
  dataDir = await mkdtemp(path.join(tmpdir(), 'cli-'))
})
afterAll(async () => {
  await bed.close()
  await rm(dataDir, { recursive: true })
})

interface Said {
  readonly code: number
  readonly out: string[]
  readonly told: string
}

interface Typed {
  readonly input?: string
  readonly environment?: Record<string, string>
}

function fakeShell({ input = '', environment }: Typed): { shell: Shell; out: string[]; told: string[] } {
  const out: string[] = []
  const told: string[] = []
  const shell: Shell = {
    out: (text) => void out.push(text),
    tell: (text) => void told.push(text),
    environment: { DATABASE_URL: bed.own.url, DATA_DIR: dataDir, ...environment },
    readInput: async () => input,
  }
  return { shell, out, told }
}

/** Runs `tongdan <line>` on the test's database. */
async function tongdan(line: string, typed: Typed = {}): Promise<Said> {
  const { shell, out, told } = fakeShell(typed)
  const code = await runCommand(commands, line.split(' ').filter(Boolean), shell)
  return { code, out, told: told.join('\n') }
}

describe('the command', () => {
  test.each(['', 'help', '--help', 'token --help'])('"%s" helps in both languages', async (line) => {
    const { code, out } = await tongdan(line)
    expect(code).toBe(0)
    expect(out.join('\n')).toContain('新建接口令牌')
    expect(out.join('\n')).toContain('Adds an API token')
  })

  test('help for a group or a command tells of that alone', async () => {
    expect((await tongdan('help keys')).out.join('')).not.toContain('person add')
    expect((await tongdan('keys rotate --help')).out.join('')).not.toContain('keys status')
  })

  test.each([
    'tokn',
    'token',
    'token grow',
    'token add',
    'token add --nam x',
    'token revoke x',
    'person password',
    'person add --login a --name b --role king',
  ])('"%s" is not understood: exit code 2 and the usage', async (line) => {
    const { code, told } = await tongdan(line)
    expect(code).toBe(2)
    expect(told).toContain('用法 / usage')
  })

  test('a wrong setting or an address where no database answers is one sentence and exit code 1', async () => {
    const port = await tongdan('token list', { environment: { PORT: 'x' } })
    expect(port).toMatchObject({ code: 1, told: expect.stringContaining('设置有误：PORT 应为') })
    const nowhere = await tongdan('token list', { environment: { DATABASE_URL: 'postgresql://a:b@127.0.0.1:1/x' } })
    expect(nowhere).toMatchObject({
      code: 1,
      told: expect.stringMatching(/连不上数据库：ECONNREFUSED\nThe database cannot be reached/),
    })
  })
})

describe('people', () => {
  test('before set-up the first is the owner of a named company', async () => {
    const first = 'person add --login lin --name 林晓禾 --role owner'
    expect(await tongdan(first)).toMatchObject({ code: 1, told: expect.stringContaining('“公司名称”填写有误：必填') })
    const other = await tongdan('person add --login lin --name 林晓禾 --role warehouse --company 木白家居')
    expect(other).toMatchObject({ code: 1, told: expect.stringContaining('第一个员工应是店主') })
    const { code, out } = await tongdan(`${first} --company 木白家居`)
    expect(code).toBe(0)
    const http = await httpBed({ bed })
    const { json } = await http.call('POST', '/session', { loginName: 'lin', password: out[0] })
    expect(json).toMatchObject({
      company: { name: '木白家居' },
      mustChangePassword: true,
      roles: [{ preset: 'owner' }],
    })
    await http.http.close()
  })

  test('a password comes from standard input or is made up; a weak one is refused', async () => {
    expect(await tongdan('person password lin --password-stdin', { input: '12345678\n' })).toMatchObject({
      code: 1,
      told: expect.stringContaining('太容易被猜到'),
    })
    expect(await tongdan('person password lin --password-stdin', { input: 'mu bai jia ju 77\n' })).toMatchObject({
      code: 0,
      out: [],
    })
    expect(await tongdan('person password lin --password-stdin')).toMatchObject({ code: 2 })
    expect((await tongdan('person password lin')).out[0]).toHaveLength(12)
    expect(await tongdan('person password nobody')).toMatchObject({
      code: 1,
      told: expect.stringContaining('没有这个员工'),
    })
    expect(await tongdan('person add --login lin --name 林 --role auditor')).toMatchObject({
      code: 1,
      told: expect.stringContaining('已有人用'),
    })
  })
})

describe('tokens', () => {
  test('are printed once, listed by their beginning, and revoked', async () => {
    const { out } = await tongdan('token add --name 财务软件 --permissions orders.read,costs.see --days 30')
    expect(out[0]).toMatch(/^td_[\w-]{43}$/)
    const http = await httpBed({ bed })
    const call = () => http.call('GET', '/audit', undefined, { authorization: `Bearer ${out[0]}` })
    expect((await call()).json).toMatchObject({ code: 'PERMISSION_NEEDED' })
    const listed = (await tongdan('token list')).out[0]?.split('\t') ?? []
    expect(listed.slice(1, 4)).toEqual(['good', `${out[0]?.slice(0, 8)}…`, '财务软件'])
    expect(await tongdan(`token revoke ${listed[0]}`)).toMatchObject({ code: 0 })
    expect((await call()).json).toMatchObject({ code: 'SIGN_IN_NEEDED' })
    expect(await tongdan('token revoke 999')).toMatchObject({
      code: 1,
      told: expect.stringContaining('没有这个接口令牌'),
    })
    await http.http.close()
  })

  test.each(['--permissions orders.reed', '--like king', '--like finance --days 0'])(
    'with "%s" are not understood',
    async (options) => {
      expect((await tongdan(`token add --name x ${options}`)).code).toBe(2)
    },
  )
})

describe('keys', () => {
  const seal = async (ring: Parameters<typeof openVault>[0]) =>
    bed.database.db.run(sql`
      insert into platform.kept_answer (who, key_hash, request_hash, began_at, answer_sealed)
      values ('a', ${randomBytes(8)}, '\\x00', now(), ${openVault(ring).seal('x')})`)

  test('rotating adds a key, seals everything anew, and does so again only when it is done', async () => {
    await seal(await loadKeys({ file: path.join(dataDir, 'master.key') }))
    const first = await tongdan('keys rotate')
    expect(first).toMatchObject({ code: 0, told: expect.stringContaining('已用 2 号密钥重新加密 1 处') })
    expect(first.told).toContain('platform.kept_answer.answer_sealed 100%')
    expect((await tongdan('keys status')).out).toContain('platform.kept_answer.answer_sealed\t2:1')

    await seal([(await loadKeys({ file: path.join(dataDir, 'master.key') }))[0]!])
    const cutShort = await tongdan('keys rotate')
    expect(cutShort.told).toContain('接着做上次没做完的轮换')
    expect((await tongdan('keys status')).out).toContain('platform.kept_answer.answer_sealed\t2:2')
  })

  test('in the environment are rotated by the merchant: a new one is offered', async () => {
    const ring = await loadKeys({ file: path.join(dataDir, 'master.key') })
    const text = ring.map(({ id, bytes }) => `${id}:${bytes.toString('base64')}`).join(',')
    const { code, out } = await tongdan('keys rotate', { environment: { TONGDAN_MASTER_KEY: text } })
    expect(code).toBe(1)
    const longer = await tongdan('keys rotate', { environment: { TONGDAN_MASTER_KEY: `${text},${out[0]}` } })
    expect(longer).toMatchObject({ code: 0, told: expect.stringContaining('已用 3 号密钥重新加密 2 处') })
  })
})

test('migrate brings an empty database to the program’s form; until then other commands say so', async () => {
  const name = `empty_${randomBytes(4).toString('hex')}`
  await runOnServer(bed.own.connection, `create database ${name}`)
  const url = new URL(bed.own.url)
  url.pathname = `/${name}`
  const environment = { DATABASE_URL: url.href }
  expect(await tongdan('token list', { environment })).toMatchObject({
    code: 1,
    told: expect.stringContaining('请先运行 tongdan migrate'),
  })
  const { code, out } = await tongdan('migrate', { environment })
  expect(code).toBe(0)
  expect(out[0]).toBe('202611241130_platform_begin.sql')
  expect(await tongdan('migrate', { environment })).toMatchObject({ code: 0, out: [] })
  expect(await tongdan('token list', { environment })).toMatchObject({ code: 0, out: [] })
  const { shell } = fakeShell({ environment })
  await withDatabase(shell, ({ db }) =>
    db.run(sql`update platform.migration set checksum = 'x' where name like '%_platform_begin%'`),
  )
  await expect(withDatabase(shell, (database) => migrate(database))).rejects.toMatchObject({
    code: 'MIGRATION_CHANGED',
  })
  await withDatabase(shell, ({ db }) =>
    db.run(sql`insert into platform.migration values ('209901010000_x_of_tomorrow.sql', 'x')`),
  )
  await withDatabase(shell, ({ db }) => db.run(sql`delete from platform.migration where name < '2099'`))
  await expect(withDatabase(shell, (database) => migrate(database))).rejects.toMatchObject({ code: 'DATABASE_NEWER' })
  await expect(withCtx(shell, async () => 0)).rejects.toMatchObject({ code: 'DATABASE_OLDER' })
  await runOnServer(bed.own.connection, `drop database ${name} with (force)`)
})

test('openapi prints the document of this version', async () => {
  const { out } = await tongdan('openapi')
  expect(JSON.parse(out.join('\n'))).toMatchObject({ openapi: '3.1.1', info: { version } })
})
