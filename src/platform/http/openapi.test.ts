import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { cost, id, nothing, personal, route } from '../../contract/route.ts'
import type { Module } from '../module.ts'
import { openApiDocument } from './openapi.ts'
import { serve } from './serve.ts'

const never = () => Promise.reject(new Error('not called'))
const cups: Module = {
  name: 'cups',
  routes: [
    serve(
      route({
        method: 'GET',
        path: '/cups/:cupId',
        permission: 'stock.read',
        zh: '看杯子',
        input: z.strictObject({
          cupId: id,
          colour: z.enum(['red', 'blue']).optional(),
          limit: z.coerce.number().int().max(9),
        }),
        output: z.strictObject({ owner: personal(z.string()), costFen: cost(z.int()) }),
      }),
      never,
    ),
    serve(
      route({
        method: 'PATCH',
        path: '/cups/:cupId',
        permission: 'stock.adjust',
        zh: '改杯子',
        input: z.strictObject({ cupId: id, colour: z.string().meta({ title: '颜色' }) }),
        output: nothing,
      }),
      never,
    ),
    serve(
      route({
        method: 'POST',
        path: '/cups/scans',
        permission: 'open',
        zh: '扫描',
        input: z.strictObject({ fileName: z.string() }),
        output: nothing,
        takes: 'bytes',
        answers: 'file',
      }),
      never,
    ),
    serve(
      route({
        method: 'DELETE',
        path: '/cups/:cupId',
        permission: 'signed-in',
        zh: '丢掉杯子',
        input: z.strictObject({ cupId: id }),
        output: nothing,
      }),
      never,
    ),
  ],
  jobs: [],
  listeners: {},
  schedules: [],
}

type Paths = Record<string, Record<string, Record<string, unknown>>>
const document = openApiDocument([cups], '1.2.3')
const paths = document.paths as Paths

describe('the API document', () => {
  test('names each call by path and method, with its words and its right', () => {
    expect(document).toMatchObject({ openapi: '3.1.1', info: { title: '统单 Tongdan', version: '1.2.3' } })
    expect(Object.keys(paths)).toEqual(['/api/v1/cups/{cupId}', '/api/v1/cups/scans'])
    expect(paths['/api/v1/cups/{cupId}']?.get).toMatchObject({
      operationId: 'getCupsCupId',
      tags: ['cups'],
      summary: '看杯子',
      description: '需要权限：看库存（stock.read）。',
      'x-permission': 'stock.read',
      security: [{ token: [] }],
    })
    expect(paths['/api/v1/cups/scans']?.post).toMatchObject({ security: [] })
    expect(paths['/api/v1/cups/{cupId}']?.delete?.description).toContain('员工本人')
  })

  test('puts input where it belongs: path, query or body', () => {
    expect(paths['/api/v1/cups/{cupId}']?.get?.parameters).toMatchObject([
      { name: 'cupId', in: 'path', required: true, schema: { type: 'integer' } },
      { name: 'colour', in: 'query', required: false, schema: { enum: ['red', 'blue'] } },
      { name: 'limit', in: 'query', required: true, schema: { maximum: 9 } },
    ])
    expect(paths['/api/v1/cups/{cupId}']?.patch).toMatchObject({
      parameters: [{ name: 'cupId', in: 'path' }],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { properties: { colour: { type: 'string', title: '颜色' } }, required: ['colour'] },
          },
        },
      },
    })
    expect(JSON.stringify(paths['/api/v1/cups/{cupId}']?.patch?.requestBody)).not.toContain('cupId')
    expect(paths['/api/v1/cups/{cupId}']?.delete).not.toHaveProperty('requestBody')
    expect(paths['/api/v1/cups/scans']?.post).toMatchObject({
      parameters: [{ name: 'fileName', in: 'query' }],
      requestBody: { content: { 'application/octet-stream': {} } },
      responses: { 200: { content: { 'application/octet-stream': {} } } },
    })
  })

  test('says which right lets a marked field through, and how failures look', () => {
    const get = paths['/api/v1/cups/{cupId}']?.get
    const text = JSON.stringify(get)
    expect(text).toContain('"x-right":"personal.see"')
    expect(text).toContain('"x-right":"costs.see"')
    expect(text).not.toContain('"mark"')
    expect(get?.responses).toMatchObject({
      default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } } },
    })
    expect(document).toMatchObject({
      components: { schemas: { Failure: { required: expect.arrayContaining(['code', 'retry', 'requestId']) } } },
    })
  })
})
