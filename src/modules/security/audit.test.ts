import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Client, type HttpBed, httpBed } from '../../../test/aid/http.ts'
import { id, nothing, route } from '../../contract/route.ts'
import type { AuditLine } from '../../contract/security.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Module } from '../../platform/module.ts'
import { audit, auditPersonalView, security } from './index.ts'

const cup = {
  method: 'POST',
  permission: 'stock.adjust',
  zh: '动杯子',
  input: z.strictObject({ cupId: id }),
  output: nothing,
} as const
const cups: Module = {
  name: 'cups',
  routes: [
    serve(route({ ...cup, path: '/cups/:cupId/wash' }), async () => ({})),
    serve(route({ ...cup, path: '/cups/:cupId/wonder', onlyAsks: true }), async () => ({})),
    serve(route({ ...cup, path: '/cups/:cupId/sell' }), (outer, { cupId }) =>
      outer.tx(async (ctx) => {
        await audit(
          ctx,
          [1, 2].map(
            (n) =>
              ({
                deed: 'inventory.adjusted',
                object: 'cup',
                objectId: cupId,
                details: { before: n, after: n + 1 },
              }) as const,
          ),
        )
        return {}
      }),
    ),
    serve(route({ ...cup, path: '/cups/:cupId/drop' }), (outer) =>
      outer.tx(async (ctx) => {
        await audit(ctx, { deed: 'inventory.adjusted', object: 'cup', objectId: 'dropped' })
        throw new Error('it fell')
      }),
    ),
    serve(route({ ...cup, path: '/cups/:cupId/reveal' }), async (ctx, { cupId }) => {
      await auditPersonalView(ctx, {
        object: 'order',
        objectIds: [cupId, cupId + 1],
        purpose: '联系买家',
        fields: ['phone', 'address'],
      })
      return {}
    }),
    serve(route({ ...cup, method: 'GET', path: '/cups/:cupId' }), async () => ({})),
    serve(route({ ...cup, method: 'GET', path: '/cups', input: nothing, answers: 'file' }), async () => ({
      fileName: 'a',
      type: 'text/csv',
      bytes: new Uint8Array(),
    })),
  ],
  jobs: [],
  listeners: {},
  schedules: [],
}

let bed: HttpBed
let auditor: Client
let warehouse: Client
beforeAll(async () => {
  bed = await httpBed({ seed: true, modules: [security, cups] })
  ;[auditor, warehouse] = await Promise.all([bed.as('auditor'), bed.as('warehouse')])
})
afterAll(() => bed.close())

const trail = async (query: string) =>
  (await auditor.call('GET', `/audit?${query}`)).json as { lines: AuditLine[]; next: string | null }

describe('the audit trail', () => {
  test('is only added to: the database refuses to change, delete or empty it', async () => {
    await warehouse.call('POST', '/cups/1/wash')
    for (const statement of [
      "update security.audit set actor_name = 'x'",
      'delete from security.audit',
      'truncate security.audit',
    ])
      await expect(bed.database.pool.query(statement)).rejects.toThrow('only added to')
  })

  test('tells who did what to which, when, before and after', async () => {
    await warehouse.call('POST', '/cups/5/sell')
    const { lines } = await trail('object=cup&objectId=5')
    expect(lines).toMatchObject([
      { deed: 'inventory.adjusted', zh: '调整库存', details: { before: 2, after: 3 } },
      {
        actorKind: 'person',
        actorName: '仓库',
        object: 'cup',
        objectId: '5',
        at: '2026-11-11T04:00:00.000Z',
        purpose: null,
      },
    ])
    expect(await trail('object=POST')).toMatchObject({ lines: [] })
  })

  test('holds a line for every write and every file, also where the use case wrote none, and none for reading', async () => {
    await warehouse.call('POST', '/cups/77/wash')
    await warehouse.call('GET', '/cups/77')
    expect((await warehouse.call('POST', '/cups/77/wonder')).status).toBe(200)
    await warehouse.call('GET', '/cups')
    expect((await trail('object=cups&objectId=77')).lines).toMatchObject([
      { deed: 'POST /cups/:cupId/wash', zh: '动杯子', actorName: '仓库' },
    ])
    expect((await trail(`deed=${encodeURIComponent('GET /cups')}`)).lines).toHaveLength(1)
  })

  test('says nothing of what did not happen', async () => {
    expect((await warehouse.call('POST', '/cups/1/drop')).status).toBe(500)
    expect((await warehouse.call('POST', '/cups/x/wash')).status).toBe(400)
    expect((await trail('objectId=dropped')).lines).toEqual([])
    expect((await trail('object=cups&objectId=x')).lines).toEqual([])
  })

  test('tells of every view of plain personal data, each with its purpose', async () => {
    await warehouse.call('POST', '/cups/8/reveal')
    expect((await trail('onlyPersonal=true')).lines).toMatchObject([
      {
        deed: 'security.personal-viewed',
        zh: '查看个人信息明文',
        object: 'order',
        objectId: '9',
        purpose: '联系买家',
        details: { fields: ['phone', 'address'] },
      },
      { objectId: '8', purpose: '联系买家' },
    ])
  })

  test('is read by person, time and page', async () => {
    const { rows } = await bed.database.pool.query("select id from security.person where login_name = 'warehouse'")
    const mine = await trail(`personId=${rows[0].id}&limit=200`)
    expect(mine.lines.every(({ actorName }) => actorName === '仓库')).toBe(true)
    const first = await trail('limit=3')
    const second = await trail(`limit=200&after=${first.next}`)
    const all = await trail('limit=200')
    expect([...first.lines, ...second.lines]).toEqual(all.lines)
    expect(second.next).toBeNull()
    bed.pass(1_000)
    await warehouse.call('POST', '/cups/9/wash')
    expect((await trail('from=2026-11-11T04:00:00.500Z&limit=200')).lines).toHaveLength(1)
    expect((await trail('to=2026-11-11T04:00:00.500Z&limit=200')).lines).toEqual(all.lines)
  })

  test('is exported as a table that Excel opens, without formulas, and that is told too', async () => {
    await bed.ctx.tx((ctx) => audit(ctx, { deed: 'orders.held', object: '=1+1', objectId: '@x' }))
    const { text, headers } = await auditor.call('GET', '/audit/export?from=2026-11-11T04:00:00.500Z')
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    const lines = text
      .replace(/^\uFEFF/, '')
      .trimEnd()
      .split('\r\n')
    expect(text.startsWith('\uFEFF')).toBe(true)
    expect(lines[0]).toBe('时间（北京）,身份,谁,做了什么,对象,编号,用途,详情,行号')
    expect(lines[1]).toMatch(/^2026-11-11 12:00:01,系统,系统,挂起订单,'=1\+1,'@x,,,\d+$/)
    expect(lines).toHaveLength(3)
    expect((await trail('deed=security.audit-exported')).lines).toMatchObject([
      { actorName: '审计', details: { lines: 2 } },
    ])
  })
})
