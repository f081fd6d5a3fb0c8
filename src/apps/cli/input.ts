import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { Failure } from '../../core/failures.ts'
import { parseJson } from '../../kit/json.ts'
import type { Shell } from './command.ts'

/** The text of a file, or of standard input for `-`, without a byte-order mark. Throws INPUT_INVALID when it cannot be read. */
export async function readText(file: string | undefined, shell: Shell): Promise<string> {
  if (file === undefined) throw invalid('FILE', '请写文件名，或用 - 表示从标准输入读')
  try {
    const whole = file === '-' ? await shell.readInput() : await readFile(file, 'utf8')
    return whole.replace(/^\uFEFF/, '')
  } catch (error) {
    throw invalid('FILE', `读不到“${file}”（${codeOf(error)}）`, error)
  }
}

/** `text` as JSON, whole numbers beyond 2^53 as text. Throws INPUT_INVALID when it is none. */
export function readJson(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw invalid('FILE', '文件内容不是 JSON', error)
  }
}

/** `value` in the shape of `schema`. Throws INPUT_INVALID naming the first field that is absent or wrong. */
export function readAs<T>(schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const path = issue?.path ?? []
  const field = path.join('.') || 'FILE'
  throw invalid(field, isAbsent(value, path) ? '没有填写' : (issue?.message ?? ''), read.error)
}

export function invalid(field: string, problem: string, cause?: unknown): Failure {
  return new Failure('INPUT_INVALID', { field, problem }, cause)
}

function isAbsent(value: unknown, path: readonly PropertyKey[]): boolean {
  const found = path.reduce<unknown>(
    (inner, key) => (inner !== null && typeof inner === 'object' ? Reflect.get(inner, key) : undefined),
    value,
  )
  return found === undefined
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '未知原因'
}
