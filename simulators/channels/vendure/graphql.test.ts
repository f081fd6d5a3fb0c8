import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Caller, keysOf, openCaller } from './caller.ts'

let shop: Caller
beforeEach(async () => {
  shop = await openCaller()
})
afterEach(() => shop.close())

const code = (answer: Awaited<ReturnType<Caller['ask']>>) => answer.errors[0]?.extensions?.code

test.each([
  { when: 'a key that nobody has', headers: { 'vendure-api-key': 'wrong' }, expected: 'FORBIDDEN' },
  { when: 'no key', headers: {}, expected: 'FORBIDDEN' },
  { when: 'a channel that is not there', headers: { 'vendure-token': 'nowhere' }, expected: 'CHANNEL_NOT_FOUND' },
])('$when is told with HTTP 200 as $expected', async ({ headers, expected }) => {
  const own = expected === 'CHANNEL_NOT_FOUND' ? keysOf(shop.credentials) : {}
  const answer = await shop.ask('{ orders { totalItems } }', {}, { ...own, ...headers })
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.text)).toMatchObject({ data: null, errors: [{ extensions: { code: expected } }] })
  expect((await shop.counts()).refused).toEqual({ [expected]: 1 })
})

test('a key alone asks the default channel', async () => {
  const { data } = await shop.ask(
    '{ activeChannel { code token } }',
    {},
    keysOf({ ...shop.credentials, channelToken: '' }),
  )
  expect(data).toEqual({ activeChannel: { code: 'mubai-home', token: shop.credentials.channelToken } })
})

test.each([
  { query: '{ orders { nobody } }', expected: 'GRAPHQL_VALIDATION_FAILED' },
  { query: '{ orders { ', expected: 'GRAPHQL_PARSE_FAILED' },
  { query: 'query ($o: OrderListOptions) { orders(options: $o) { totalItems } }', expected: 'BAD_USER_INPUT' },
])('$query is no call: $expected with HTTP 400', async ({ query, expected }) => {
  const answer = await shop.ask(query, { o: { filter: { updatedAt: { after: 'yesterday' } } } })
  expect([answer.status, code(answer)]).toEqual([400, expected])
})

test('only JSON that is posted to the endpoint is read', async () => {
  const post = { method: 'POST', headers: { ...keysOf(shop.credentials) }, body: '{"query":"{ me { id } }"}' }
  expect((await fetch(`${shop.address}/admin-api`, post)).status).toBe(400)
  expect((await fetch(`${shop.address}/admin-api`)).status).toBe(400)
  expect((await fetch(`${shop.address}/shop-api`, post)).status).toBe(404)
})

test('more than a hundred rows are refused and break a limit', async () => {
  const answer = await shop.ask('{ productVariants(options: { take: 101 }) { totalItems } }')
  expect([answer.status, code(answer)]).toEqual([200, 'USER_INPUT_ERROR'])
  expect((await shop.counts()).violations).toBe(1)
})

test('who asks as whom, and where stock lies', async () => {
  const { data } = await shop.ask(
    '{ me { identifier channels { token } } globalSettings { outOfStockThreshold } stockLocations { items { id name } } stockLocation(id: 9) { id } }',
  )
  expect(data).toEqual({
    me: { identifier: 'oms@mubai.example', channels: [{ token: shop.credentials.channelToken }] },
    globalSettings: { outOfStockThreshold: 0 },
    stockLocations: {
      items: [
        { id: '1', name: '木白家居 总仓' },
        { id: '2', name: '木白家居 门店' },
      ],
    },
    stockLocation: null,
  })
})

const skus = async (options: string) => {
  const answer = await shop.ask<{ productVariants: { items: { sku: string }[]; totalItems: number } }>(
    `{ productVariants(options: ${options}) { items { sku } totalItems } }`,
  )
  if (answer.errors.length > 0) throw new Error(answer.text)
  return answer.data.productVariants.items.map(({ sku }) => sku)
}

test.each([
  { options: '{ filter: { sku: { eq: "MB-1002" } } }', expected: ['MB-1002'] },
  { options: '{ filter: { sku: { in: ["MB-1003", "MB-1001"] } } }', expected: ['MB-1001', 'MB-1003'] },
  { options: '{ filter: { sku: { contains: "mb-5" } } }', expected: ['MB-5001', 'MB-5002'] },
  { options: '{ filter: { sku: { regex: "^MB-80" } }, sort: { sku: DESC } }', expected: ['MB-8002', 'MB-8001'] },
  {
    options: '{ filter: { sku: { eq: "MB-1001" }, price: { gt: 9900 } }, filterOperator: OR, take: 2 }',
    expected: ['MB-1001', 'MB-3003'],
  },
  {
    options: '{ filter: { _or: [{ sku: { eq: "MB-2001" } }, { _and: [{ sku: { eq: "MB-2002" } }] }] } }',
    expected: ['MB-2001', 'MB-2002'],
  },
  { options: '{ filter: { price: { between: { start: 3900, end: 3900 } } } }', expected: ['MB-2001', 'MB-2002'] },
  { options: '{ filter: { sku: { notIn: ["MB-9501"] }, enabled: { eq: true } }, skip: 22 }', expected: ['MB-9002'] },
  { options: '{ filter: { sku: { isNull: true } } }', expected: [] },
])('of variants $options finds $expected', async ({ options, expected }) => {
  expect(await skus(options)).toEqual(expected)
})
