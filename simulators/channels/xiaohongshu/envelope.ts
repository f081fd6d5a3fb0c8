import type { ArkError } from './errors.ts'

/** The two forms in which services answer. Source: xiaohongshu.md 4 [doc]. */
export type Style = 'old' | 'new'

/**
 * What answers may look like besides: `code-200` names success 200, `bare` leaves the code out, `success-true` calls every failure a
 * success. All were seen by somebody. Source: xiaohongshu.md 4.
 */
export type Habit = 'plain' | 'code-200' | 'bare' | 'success-true'

export type Json = Readonly<Record<string, unknown>>

/** `data` undefined: the method answers its success alone. */
export function success(style: Style, habit: Habit, data: unknown): Json {
  const content = data === undefined ? {} : { data }
  if (habit === 'bare') return { ...content, success: true }
  if (habit === 'code-200') {
    return { success: true, code: 200, ...(style === 'old' ? { error_code: 0 } : {}), msg: '成功', ...content }
  }
  if (style === 'new') return { code: 0, msg: '成功', success: true, ...content }
  return { ...content, success: true, error_code: 0 }
}

export function failure(style: Style, habit: Habit, { code, message, claimsSuccess }: ArkError): Json {
  if (habit === 'success-true' || claimsSuccess)
    return { msg: message, error_msg: message, code, success: true, error_code: code }
  if (style === 'new') return { code, msg: message, success: false }
  return { success: false, error_code: code, error_msg: message }
}
