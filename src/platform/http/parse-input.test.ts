import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Failure } from '../../core/failures.ts'
import { failureReply } from './failure-reply.ts'
import { parseInput } from './parse-input.ts'

const Input = z.strictObject({
  name: z.string().min(2).max(5).meta({ title: '姓名' }),
  code: z
    .string()
    .regex(/^[A-Z]+$/, '只能是大写字母')
    .optional(),
  age: z.int().min(1).max(99).optional(),
  kind: z.enum(['a', 'b']).optional(),
  when: z.iso.datetime().optional(),
  lines: z
    .array(z.strictObject({ quantity: z.int().meta({ title: '数量' }) }))
    .max(2)
    .meta({ title: '明细' })
    .optional(),
  step: z.number().multipleOf(5).optional(),
  limit: z.coerce.number().int().max(200).default(50),
  price: z.union([z.strictObject({ fen: z.int() }), z.string()]).optional(),
})

function refusal(input: unknown) {
  try {
    parseInput(Input, input)
  } catch (error) {
    if (error instanceof Failure) return failureReply(error, 'r').body
    throw error
  }
  throw new Error('it was taken')
}

describe('what was sent', () => {
  test('is parsed as the schema says', () => {
    expect(parseInput(Input, { name: '林晓禾', limit: '7' })).toEqual({ name: '林晓禾', limit: 7 })
  })

  test.each([
    { input: {}, field: 'name', zh: '“姓名”填写有误：必填', en: 'name: is required' },
    {
      input: { name: '' },
      field: 'name',
      zh: '“姓名”填写有误：至少 2 个字',
      en: 'name: must have at least 2 characters',
    },
    {
      input: { name: '一二三四五六' },
      field: 'name',
      zh: '“姓名”填写有误：最多 5 个字',
      en: 'name: must have at most 5 characters',
    },
    { input: { name: 7 }, field: 'name', zh: '“姓名”填写有误：应为文字', en: 'name: must be text' },
    {
      input: { name: '林禾', code: 'x' },
      field: 'code',
      zh: '“code”填写有误：只能是大写字母',
      en: 'code: 只能是大写字母',
    },
    { input: { name: '林禾', age: 0 }, field: 'age', zh: '“age”填写有误：不能小于 1', en: 'age: must be at least 1' },
    {
      input: { name: '林禾', age: 1.5 },
      field: 'age',
      zh: '“age”填写有误：应为整数',
      en: 'age: must be a whole number',
    },
    {
      input: { name: '林禾', kind: 'c' },
      field: 'kind',
      zh: '“kind”填写有误：只能是 a、b',
      en: 'kind: must be one of a, b',
    },
    {
      input: { name: '林禾', when: '明天' },
      field: 'when',
      zh: '“when”填写有误：应为带时区的时间，如 2026-11-24T08:00:00Z',
      en: 'when: must be a time with zone, such as 2026-11-24T08:00:00Z',
    },
    {
      input: { name: '林禾', lines: [{ quantity: 1 }, { quantity: '2' }] },
      field: 'lines.1.quantity',
      zh: '“数量”填写有误：应为数字',
      en: 'lines.1.quantity: must be a number',
    },
    {
      input: { name: '林禾', lines: [{}] },
      field: 'lines.0.quantity',
      zh: '“数量”填写有误：必填',
      en: 'lines.0.quantity: is required',
    },
    {
      input: { name: '林禾', more: 1 },
      field: 'more',
      zh: '“more”填写有误：没有这一项，请去掉',
      en: 'more: is not known; leave it out',
    },
    {
      input: { name: '林禾', step: 3 },
      field: 'step',
      zh: '“step”填写有误：应为 5 的倍数',
      en: 'step: must be a multiple of 5',
    },
    {
      input: { name: '林禾', limit: 'x' },
      field: 'limit',
      zh: '“limit”填写有误：应为数字',
      en: 'limit: must be a number',
    },
    {
      input: { name: '林禾', price: { fen: 'x' } },
      field: 'price.fen',
      zh: '“price.fen”填写有误：应为数字',
      en: 'price.fen: must be a number',
    },
    { input: null, field: null, zh: '“请求”填写有误：必填', en: 'request: is required' },
  ])('is refused by field and in words of both languages: $field', ({ input, field, zh, en }) => {
    expect(refusal(input)).toMatchObject({ code: 'INPUT_INVALID', retry: 'never', field, zh, en })
  })

  test('is never told back, since it may be personal', () => {
    const body = refusal({ name: '13800000101 东湖路', kind: '13800000101' })
    expect(JSON.stringify(body)).not.toMatch(/13800000101|东湖路/)
  })
})
