import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, type HttpBed, httpBed } from '../../../test/aid/http.ts'
import type { ApiToken } from '../../contract/security.ts'

let bed: HttpBed
let owner: Client
beforeAll(async () => {
  bed = await httpBed({ seed: true })
  owner = await bed.as('owner')
})
afterAll(() => bed.close())

const dayMs = 24 * 3_600_000
const list = async () => ((await owner.call('GET', '/tokens')).json as { tokens: ApiToken[] }).tokens
async function make(body: object) {
  const { json } = await owner.call('POST', '/tokens', {
    name: '财务软件',
    permissions: ['audit.read'],
    expiresInDays: null,
    ...body,
  })
  const { token, plain } = json as { token: ApiToken; plain: string }
  return {
    token,
    plain,
    call: (address: string) => bed.call('GET', address, undefined, { authorization: `Bearer ${plain}` }),
  }
}

describe('an API token', () => {
  test('works for what it was given and for nothing else', async () => {
    const { token, plain, call } = await make({})
    expect(plain).toMatch(/^td_[\w-]{43}$/)
    expect(token).toMatchObject({
      name: '财务软件',
      start: `${plain.slice(0, 8)}…`,
      permissions: ['audit.read'],
      createdBy: '店主',
      expiresAt: null,
      state: 'good',
    })
    expect((await call('/audit')).status).toBe(200)
    expect((await call('/people')).json).toMatchObject({ code: 'PERMISSION_NEEDED' })
    expect((await list()).find(({ id }) => id === token.id)?.lastUsedAt).toBe('2026-11-11T04:00:00.000Z')
  })

  test('is shown once: only its hash is kept', async () => {
    const { plain } = await make({})
    const { rows } = await bed.database.pool.query('select t::text as row from security.token t')
    expect(JSON.stringify(rows)).not.toContain(plain.slice(8))
    expect(JSON.stringify((await owner.call('GET', '/tokens')).json)).not.toContain(plain.slice(8))
  })

  test('ends when its days are over', async () => {
    const { token, call } = await make({ expiresInDays: 2 })
    expect(token.expiresAt).toBe('2026-11-13T04:00:00.000Z')
    bed.pass(2 * dayMs - 1)
    expect((await call('/audit')).status).toBe(200)
    bed.pass(1)
    expect((await call('/audit')).json).toMatchObject({ code: 'SIGN_IN_NEEDED' })
    expect((await list()).find(({ id }) => id === token.id)?.state).toBe('expired')
  })

  test('ends at once when it is revoked, and stays so', async () => {
    const { token, call } = await make({})
    expect((await owner.call('DELETE', `/tokens/${token.id}`)).status).toBe(200)
    expect((await call('/audit')).status).toBe(401)
    expect((await owner.call('DELETE', `/tokens/${token.id}`)).status).toBe(200)
    expect((await list()).find(({ id }) => id === token.id)?.state).toBe('revoked')
    expect((await owner.call('DELETE', '/tokens/999')).json).toMatchObject({ code: 'TOKEN_NOT_FOUND' })
  })

  test('is in the trail by its name for what it does', async () => {
    const { token, call } = await make({ name: '审计导出' })
    await call('/audit/export')
    const { lines } = (await owner.call('GET', `/audit?tokenId=${token.id}`)).json as { lines: unknown[] }
    expect(lines).toMatchObject([{ actorKind: 'token', actorName: '审计导出', deed: 'security.audit-exported' }])
  })

  test.each([{ permissions: [] }, { permissions: ['orders.reed'] }, { name: '' }, { expiresInDays: 0 }])(
    'is not made of %o',
    async (body) => {
      const { json } = await owner.call('POST', '/tokens', {
        name: 'x',
        permissions: ['audit.read'],
        expiresInDays: null,
        ...body,
      })
      expect(json).toMatchObject({ code: 'INPUT_INVALID' })
    },
  )
})
