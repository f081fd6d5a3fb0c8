import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { cost, personal } from '../../contract/route.ts'
import type { Permission } from '../../core/access/permissions.ts'
import { cut } from './cut.ts'

const holding = (...permissions: Permission[]) => new Set(permissions)
const nobody = holding()

const Line = z.strictObject({ sku: z.string(), costFen: cost(z.int()) })
const Order = z.strictObject({
  orderNo: z.string(),
  receiver: personal(z.strictObject({ name: z.string(), phone: z.string() })),
  marginFen: cost(z.int()),
  lines: z.array(Line),
  byShop: z.record(z.string(), Line),
  first: Line.nullable(),
})

const order = {
  orderNo: 'T00000001',
  receiver: { name: '林*禾', phone: '138****0101' },
  marginFen: 1_200,
  lines: [{ sku: 'MUG', costFen: 900 }],
  byShop: { mubai: { sku: 'MUG', costFen: 900 } },
  first: { sku: 'MUG', costFen: 900 },
}

describe('cutting', () => {
  test('leaves everything to whoever may see it', () => {
    expect(cut(Order, holding('personal.see', 'costs.see'))(order)).toEqual(order)
  })

  test('makes personal fields null and cost fields absent, at any depth', () => {
    expect(cut(Order, nobody)(order)).toEqual({
      orderNo: 'T00000001',
      receiver: null,
      lines: [{ sku: 'MUG' }],
      byShop: { mubai: { sku: 'MUG' } },
      first: { sku: 'MUG' },
    })
    expect(JSON.stringify(cut(Order, nobody)(order))).not.toContain('900')
  })

  test('goes by each right alone', () => {
    expect(cut(Order, holding('personal.see'))(order)).toMatchObject({
      receiver: order.receiver,
      lines: [{ sku: 'MUG' }],
    })
    expect(cut(Order, holding('costs.see'))(order)).toMatchObject({ receiver: null, lines: [{ costFen: 900 }] })
  })

  test('drops what the schema does not name, so nothing leaves by accident', () => {
    const more = { ...order, supplierPriceFen: 700, lines: [{ sku: 'MUG', costFen: 900, supplier: '义乌' }] }
    expect(JSON.stringify(cut(Order, holding('personal.see', 'costs.see'))(more))).not.toMatch(/700|义乌/)
  })

  test('does not change the value it was given', () => {
    const before = structuredClone(order)
    cut(Order, nobody)(order)
    expect(order).toEqual(before)
  })

  test('finds the mark under whatever is wrapped around it', () => {
    const Wrapped = z.strictObject({
      a: personal(z.string()).optional(),
      b: cost(z.int()).nullable(),
      c: personal(z.string()).readonly(),
    })
    expect(cut(Wrapped, nobody)({ a: 'x', b: 1, c: 'y' })).toEqual({ a: null, c: null })
    expect(cut(Wrapped, nobody)({ b: 1, c: 'y' })).toEqual({ c: null })
  })

  test('cuts marked members of lists, records and tuples', () => {
    const Held = z.strictObject({
      names: z.array(personal(z.string())),
      costs: z.array(cost(z.int())),
      each: z.record(z.string(), cost(z.int())),
      pair: z.tuple([z.string(), personal(z.string())]),
    })
    const value = { names: ['林'], costs: [1, 2], each: { a: 1 }, pair: ['k', '林'] as [string, string] }
    expect(cut(Held, nobody)(value)).toEqual({ names: [null], costs: [], each: {}, pair: ['k', null] })
    expect(cut(personal(z.string()), nobody)('林')).toBeNull()
  })

  test('takes the option that the discriminator names', () => {
    const Found = z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('order'), name: personal(z.string()) }),
      z.strictObject({ kind: z.enum(['sku', 'listing']), name: z.string(), costFen: cost(z.int()) }),
    ])
    const all = cut(
      z.array(Found),
      nobody,
    )([
      { kind: 'order', name: '林' },
      { kind: 'sku', name: '杯', costFen: 9 },
    ])
    expect(all).toEqual([
      { kind: 'order', name: null },
      { kind: 'sku', name: '杯' },
    ])
    expect(() => cut(Found, nobody)({ kind: 'other' } as never)).toThrow(TypeError)
  })

  test('takes a mark on one option of a union for all of them', () => {
    expect(cut(z.strictObject({ a: z.union([personal(z.string()), z.int()]) }), nobody)({ a: 5 })).toEqual({ a: null })
  })

  test('follows schemas that hold themselves', () => {
    const Node = z.strictObject({
      costFen: cost(z.int()),
      get inside() {
        return z.array(Node)
      },
    })
    expect(cut(Node, nobody)({ costFen: 1, inside: [{ costFen: 2, inside: [] }] })).toEqual({
      inside: [{ inside: [] }],
    })
  })

  test.each([
    { what: 'a transform', schema: z.string().transform(Number) },
    {
      what: 'two objects without a discriminator',
      schema: z.union([z.strictObject({ a: z.int() }), z.strictObject({ b: z.int() })]),
    },
    { what: 'a map', schema: z.map(z.string(), z.string()) },
  ])('refuses an output that cannot be cut: $what', ({ schema }) => {
    expect(() => cut(schema, nobody)).toThrow(TypeError)
  })

  test('keeps what a loose object holds beside its fields, but not a hidden field', () => {
    const Loose = z.looseObject({ costFen: cost(z.int()) })
    expect(cut(Loose, nobody)({ costFen: 1, other: 2 })).toEqual({ other: 2 })
  })
})
