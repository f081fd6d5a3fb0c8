import { z } from 'zod'
import { Failure } from '../../core/failures.ts'

/**
 * Parses what was sent. Throws INPUT_INVALID with the field's path (`field`), its title, and what is wrong in both languages; never
 * with the value that was sent, which may be personal.
 */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const outcome = schema.safeParse(input, { error: (issue) => inBoth(problemOf(issue)) })
  if (outcome.success) return outcome.data
  const issue = worstOf(outcome.error.issues)
  const path = fieldOf(issue)
  // Words that the schema's author chose come alone and stand for both languages.
  const [problem = '', problemEn = problem] = issue.message.split(between)
  throw new Failure('INPUT_INVALID', {
    path,
    field: titleOf(schema, issue.path) ?? (path || '请求'),
    problem,
    problemEn,
  })
}

const between = '\u001f'
const inBoth = ({ zh, en }: Words) => zh + between + en

/** Of a union the option that came nearest says what is wrong. */
function worstOf(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue {
  const first = issues[0]!
  if (first.code !== 'invalid_union' || first.errors.length === 0) return first
  const nearest = [...first.errors].sort((a, b) => depthOf(b) - depthOf(a))[0]
  if (!nearest || depthOf(nearest) === 0) return first
  const inner = worstOf(nearest)
  return { ...inner, path: [...first.path, ...inner.path] } as z.core.$ZodIssue
}

const depthOf = (issues: readonly z.core.$ZodIssue[]) => Math.max(0, ...issues.map((issue) => issue.path.length))

function fieldOf(issue: z.core.$ZodIssue): string {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path
  return path.map(String).join('.')
}

/** The `title` of the field, or of what it is part of; null when none is given. */
function titleOf(schema: z.core.$ZodType, path: readonly PropertyKey[]): string | null {
  const title = titleThrough(schema)
  const [step, ...rest] = path
  const inside = step === undefined ? undefined : stepInto(unwrapped(schema), step)
  return (inside && titleOf(inside, rest)) ?? title
}

function stepInto(schema: z.core.$ZodType, step: PropertyKey): z.core.$ZodType | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod
  if (def.type === 'object') return def.shape[String(step)]
  return def.type === 'array' ? def.element : undefined
}

function titleThrough(schema: z.core.$ZodType): string | null {
  const inner = innerOf(schema)
  return z.globalRegistry.get(schema)?.title ?? (inner && titleThrough(inner))
}

function innerOf(schema: z.core.$ZodType): z.core.$ZodType | null {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
      return def.innerType
    case 'pipe':
      return def.in._zod.def.type === 'transform' ? def.out : def.in
    default:
      return null
  }
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const inner = innerOf(schema)
  return inner ? unwrapped(inner) : schema
}

interface Words {
  readonly zh: string
  readonly en: string
}

/** What is wrong, in words a merchant can act on. */
function problemOf(issue: z.core.$ZodRawIssue | z.core.$ZodIssue): Words {
  switch (issue.code) {
    case 'invalid_type':
      return ofType(issue)
    case 'too_small':
      return ofSize('at-least', issue.origin, Number(issue.minimum) + (issue.inclusive === false ? 1 : 0))
    case 'too_big':
      return ofSize('at-most', issue.origin, Number(issue.maximum) - (issue.inclusive === false ? 1 : 0))
    case 'invalid_value':
      return {
        zh: `只能是 ${issue.values.map(String).join('、')}`,
        en: `must be one of ${issue.values.map(String).join(', ')}`,
      }
    case 'invalid_format':
      return ofFormat(issue.format)
    case 'unrecognized_keys':
      return { zh: '没有这一项，请去掉', en: 'is not known; leave it out' }
    case 'not_multiple_of':
      return { zh: `应为 ${issue.divisor} 的倍数`, en: `must be a multiple of ${issue.divisor}` }
    default:
      return { zh: '不符合要求', en: 'is not as required' }
  }
}

const typeWords: Readonly<Record<string, Words>> = {
  string: { zh: '应为文字', en: 'must be text' },
  number: { zh: '应为数字', en: 'must be a number' },
  int: { zh: '应为整数', en: 'must be a whole number' },
  boolean: { zh: '应为 true 或 false', en: 'must be true or false' },
  array: { zh: '应为列表', en: 'must be a list' },
  object: { zh: '应为一组字段', en: 'must be an object' },
}

function ofType(issue: z.core.$ZodRawIssue | z.core.$ZodIssue): Words {
  const isMissing = 'input' in issue && (issue.input === undefined || issue.input === null)
  if (isMissing) return { zh: '必填', en: 'is required' }
  return typeWords[String('expected' in issue ? issue.expected : '')] ?? { zh: '类型不对', en: 'has the wrong type' }
}

type Bound = 'at-least' | 'at-most'

function ofSize(bound: Bound, origin: string, size: number): Words {
  const isLeast = bound === 'at-least'
  if (origin === 'string' && isLeast && size === 1) return { zh: '必填', en: 'is required' }
  const zh = isLeast ? '至少' : '最多'
  const en = isLeast ? 'at least' : 'at most'
  if (origin === 'string') return { zh: `${zh} ${size} 个字`, en: `must have ${en} ${size} characters` }
  if (origin === 'array' || origin === 'set') return { zh: `${zh} ${size} 项`, en: `must have ${en} ${size} items` }
  return { zh: `${isLeast ? '不能小于' : '不能大于'} ${size}`, en: `must be ${en} ${size}` }
}

const formatWords: Readonly<Record<string, Words>> = {
  datetime: {
    zh: '应为带时区的时间，如 2026-11-24T08:00:00Z',
    en: 'must be a time with zone, such as 2026-11-24T08:00:00Z',
  },
  date: { zh: '应为日期，如 2026-11-24', en: 'must be a day, such as 2026-11-24' },
  email: { zh: '应为邮箱地址', en: 'must be a mail address' },
  url: { zh: '应为网址', en: 'must be a web address' },
  uuid: { zh: '应为 UUID', en: 'must be a UUID' },
}

const ofFormat = (format: string): Words => formatWords[format] ?? { zh: '格式不对', en: 'has the wrong form' }
