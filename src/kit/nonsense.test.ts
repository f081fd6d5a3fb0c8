import { expect, test } from 'vitest'
import { z } from 'zod'
import { ownFailures } from './nonsense.ts'

const { strange, refused, notFound, alreadyDone, readAs } = ownFailures('tea')

test('an answer nobody understands is nonsense; to a write it leaves open whether it was done', () => {
  expect(strange('空白')).toMatchObject({ code: 'CHANNEL_NONSENSE', details: { channel: 'tea', reason: '空白' } })
  expect(strange('空白', true)).toMatchObject({ code: 'CHANNEL_UNCLEAR' })
})

test('what we refuse ourselves names the channel and the reason', () => {
  const codes = [refused, notFound, alreadyDone].map((make) => make('原因'))
  expect(codes.map(({ code }) => code)).toEqual(['CHANNEL_REFUSED', 'CHANNEL_NOT_FOUND', 'CHANNEL_ALREADY_DONE'])
  for (const { details } of codes) expect(details).toEqual({ channel: 'tea', reason: '原因' })
})

test('a payload of another shape names its fields, at most five, each once, and never the values', () => {
  const Row = z.object(Object.fromEntries('a b c d e f g'.split(' ').map((name) => [name, z.string()])))
  const wrong = Object.fromEntries('a b c d e f g'.split(' ').map((name) => [name, 13800000101]))
  expect(() => readAs('order', () => Row.parse(wrong))).toThrow(
    expect.objectContaining({ details: { channel: 'tea', reason: 'order: a, b, c, d, e' } }),
  )
  expect(() => readAs('order', () => z.string().parse(1))).toThrow(
    expect.objectContaining({ details: { channel: 'tea', reason: 'order: root' } }),
  )
})

test('a number out of range is nonsense too; a fault of ours goes on as it is', () => {
  const out = () => {
    throw new RangeError('fen')
  }
  const ours = () => {
    throw new TypeError('ours')
  }
  expect(() => readAs('order', out)).toThrow(expect.objectContaining({ code: 'CHANNEL_NONSENSE' }))
  expect(() => readAs('order', ours)).toThrow(TypeError)
})
