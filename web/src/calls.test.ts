import { expect, test } from 'vitest'
import { request } from './api.ts'

const files = import.meta.glob<string>('./**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true })
const contract = import.meta.glob<Record<string, unknown>>('../../src/contract/*.ts', { eager: true })

const described = new Set(
  Object.values(contract)
    .flatMap((module) => Object.values(module))
    .flatMap((value) => (isRoute(value) ? [`${value.method} ${value.path}`] : [])),
)

function isRoute(value: unknown): value is { method: string; path: string } {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'permission' in value
}

test('the contract is seen at all', () => expect(described.size).toBeGreaterThan(80))

test('every call that the page makes is in the contract, with the same method', () => {
  const used = Object.entries(files)
    .filter(([file]) => !file.endsWith('.test.ts'))
    .flatMap(([file, text]) =>
      [...text.matchAll(/'((?:GET|POST|PUT|PATCH|DELETE) \/[^']*)'/g)].map(([, name]) => ({ file, name: name ?? '' })),
    )
  expect(used.length).toBeGreaterThan(20)
  expect(used.filter(({ name }) => !described.has(name))).toEqual([])
})

test('the client knows every file of the contract that describes calls', () => {
  const client = files['./api.ts'] ?? ''
  const withCalls = Object.entries(contract)
    .filter(([, module]) => Object.values(module).some(isRoute))
    .map(([file]) => file.replace('../../src/', ''))
  expect(withCalls.filter((file) => !client.includes(file))).toEqual([])
})

test('a schema is never loaded by the page: the contract comes as types only', () => {
  const loaded = Object.entries(files).filter(
    ([file, text]) =>
      !file.endsWith('.test.ts') &&
      /^import (?!type)[^\n]*src\/contract|from 'zod/m.test(text.replace(/^import type.*$/gm, '')),
  )
  expect(loaded.map(([file]) => file)).toEqual([])
})

test.each([
  [
    'GET /orders',
    { view: 'held', shopIds: [1, 2], search: '' },
    { url: '/api/v1/orders?view=held&shopIds=1%2C2&search=' },
  ],
  ['GET /orders/:orderNo', { orderNo: 'T1' }, { url: '/api/v1/orders/T1' }],
  [
    'POST /orders/:orderNo/remark',
    { orderNo: 'T1', remark: '急' },
    { url: '/api/v1/orders/T1/remark', body: '{"remark":"急"}' },
  ],
  ['DELETE /session', {}, { method: 'DELETE', url: '/api/v1/session', body: undefined }],
  ['POST /stock/check', {}, { url: '/api/v1/stock/check', body: '{}' }],
])('%s fills path, query and body', (name, input, expected) => {
  expect(request(name, input)).toMatchObject(expected)
})

test('a file takes its fields into the address', () => {
  expect(request('POST /imports', { fileName: '订单.csv' }, true)).toEqual({
    method: 'POST',
    url: `/api/v1/imports?fileName=${encodeURIComponent('订单.csv')}`,
    body: undefined,
  })
})
