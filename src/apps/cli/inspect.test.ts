import { expect, test } from 'vitest'
import { generic } from '../../connectors/channels/generic/index.ts'
import order from '../../connectors/channels/generic/samples/order-event.json' with { type: 'json' }
import { Failure } from '../../core/failures.ts'
import { answerInJson } from './answer.ts'
import type { Shell } from './command.ts'
import { standardOrders } from './inspect.ts'

const [told] = generic.inspect.orders(JSON.stringify(order))

/** A channel whose orders are `told` with a change. */
const channelTelling = (change: object) => ({
  ...generic,
  inspect: { ...generic.inspect, orders: () => [{ ...told!, ...change }] },
})

function heard() {
  const said: { readonly out: string[]; readonly err: string[] } = { out: [], err: [] }
  const shell: Shell = {
    out: (line) => void said.out.push(line),
    tell: (line) => void said.err.push(line),
    environment: {},
    readInput: async () => '',
  }
  return { said, shell }
}

test('an order of the standard is shown as it is', () => {
  expect(standardOrders(channelTelling({}), '')).toEqual([told])
})

test.each([
  [{ paidTotalFen: 12.5 }, '0.paidTotalFen'],
  [{ status: 'lost' }, '0.status'],
  [{ paidAt: 1_792_458_998_000 }, '0.paidAt'],
  [{ colour: 'red' }, '0'],
])('an order with %j is a fault of ours, told by its place', (change, place) => {
  expect(() => standardOrders(channelTelling(change), '')).toThrow(
    expect.objectContaining({ code: 'INTERNAL', details: { requestId: place } }),
  )
})

test('any other fault is told by where it happened and not by what it held', async () => {
  const { said, shell } = heard()
  const code = await answerInJson(shell, async () => {
    throw new TypeError('林晓禾 13800000101')
  })
  expect(code).toBe(1)
  expect(said.out).toEqual([])
  expect(JSON.parse(said.err[0]!)).toMatchObject({ code: 'INTERNAL', retry: 'later' })
  expect(said.err[0]).toMatch(/inspect[.]test[.]ts:\d+:\d+/)
  expect(said.err[0]).not.toContain('林晓禾')
})

test('a refusal keeps its own code', async () => {
  const { said, shell } = heard()
  await answerInJson(shell, () => Promise.reject(new Failure('CHANNEL_UNKNOWN', { channel: 'x' })))
  expect(JSON.parse(said.err[0]!)).toEqual({ code: 'CHANNEL_UNKNOWN', retry: 'never', zh: '没有渠道“x”' })
})
