import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import {
  ChannelLine,
  ChannelOrder,
  channelOrderSchema,
  channelOrderVersion,
  Promotion,
  Receiver,
  Shipment,
} from '../../src/core/channel/shapes.ts'
import { errorClasses, orderRefundStates, privacies, refundStates, statusFacts } from '../../src/core/channel/words.ts'
import { answer } from './tongdan.ts'

/** The public page of the standard and its schema say what the code does, or these fail. */
const docs = path.join(import.meta.dirname, '../../docs')
const page = readFileSync(path.join(docs, 'channel-order.md'), 'utf8')
const schemaFile = path.join(docs, `schema/channel-order.v${channelOrderVersion}.json`)

/** The text below a heading, up to the next heading. */
function section(heading: string): string {
  const [, rest] = page.split(new RegExp(`^#+ ${heading}$`, 'm'))
  if (rest === undefined) throw new Error(`no heading ${heading}`)
  return rest.split(/^#+ /m)[0]!
}

/** The rows of the table in a section, without its head, as cells. */
function table(heading: string): string[][] {
  const rows = section(heading)
    .split('\n')
    .filter((line) => line.startsWith('|'))
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

const bare = (cell = '') => cell.replaceAll('`', '')

describe('the page names every field and no other', () => {
  test.each([
    ['ChannelOrder', ChannelOrder],
    ['Line', ChannelLine],
    ['Receiver', Receiver],
    ['Shipment', Shipment],
    ['Promotion', Promotion],
  ] as const)('of %s, and which may be null', (heading, schema) => {
    const fields = Object.entries<z.ZodType>(schema.shape)
    const expected = fields.map(([name, field]) => `${name}${field.safeParse(null).success ? ' or null' : ''}`)
    const told = table(heading).map(([name, type]) => `${bare(name)}${type?.includes('or null') ? ' or null' : ''}`)
    expect(told).toEqual(expected)
  })

  test.each([
    ['ChannelOrder', 'buyer', ChannelOrder.shape.buyer],
    ['ChannelOrder', 'remainingToShip', ChannelOrder.shape.remainingToShip.element],
    ['ChannelOrder', 'invoice', ChannelOrder.shape.invoice.unwrap()],
    ['Line', 'components', ChannelLine.shape.components.element],
    ['Receiver', 'raw', Receiver.shape.raw],
    ['Receiver', 'standard', Receiver.shape.standard],
    ['Shipment', 'lines', Shipment.shape.lines.element],
    ['Promotion', 'gift', Promotion.shape.gift.unwrap()],
  ] as const)('of %s.%s', (heading, field, schema) => {
    const row = table(heading).find(([name]) => bare(name) === field)
    const told = [...(row?.[2] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name)
    expect(told).toEqual(Object.keys(schema.shape))
  })
})

describe('the page tells the words', () => {
  test('of every state and what it means', () => {
    const yes = (fact: boolean) => (fact ? 'yes' : 'no')
    const expected = Object.entries(statusFacts).map(([state, facts]) => [
      `\`${state}\``,
      facts.zh,
      yes(facts.paid),
      yes(facts.shippable),
      yes(facts.ended),
    ])
    expect(table('States')).toEqual(expected)
  })

  test.each([
    ['`orderRefundState`', orderRefundStates],
    ['`refundState`', refundStates],
    ['`privacy`', privacies],
    ['Error classes', errorClasses],
  ] as const)('of %s', (name, words) => {
    const item = section('Words')
      .split(/^- /m)
      .find((text) => text.startsWith(name))
    const [list = ''] = (item ?? '').slice(name.length).split('.')
    expect([...list.matchAll(/`([\w-]+)`/g)].map(([, word]) => word)).toEqual([...words])
  })
})

test('the example is an order of the standard, and is what the inspector makes of the contract’s own example', async () => {
  const example: unknown = JSON.parse(/```json\n([\s\S]*?)```/.exec(section('Example'))![1]!)
  expect(ChannelOrder.parse(example)).toEqual(example)
  const contract = readFileSync(path.join(import.meta.dirname, 'samples/generic/contract-examples.json'), 'utf8')
  const { order_event } = JSON.parse(contract) as { readonly order_event: unknown }
  expect(await answer(['inspect', 'orders', 'generic', '-'], order_event)).toEqual([example])
})

test('the schema file is fresh: npx tongdan schema channel-order > docs/schema/channel-order.v1.json', async () => {
  const kept: unknown = JSON.parse(readFileSync(schemaFile, 'utf8'))
  expect(kept).toEqual(JSON.parse(JSON.stringify(channelOrderSchema())))
  expect(await answer(['schema', 'channel-order'])).toEqual(kept)
})
