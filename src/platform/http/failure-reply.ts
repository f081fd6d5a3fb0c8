import type { FastifyError } from 'fastify'
import type { FailureBody } from '../../contract/route.ts'
import { type Permission, permissions } from '../../core/access/permissions.ts'
import { Failure, failures, failureWords } from '../../core/failures.ts'

export interface FailureReply {
  readonly status: number
  readonly body: FailureBody
  /** Seconds for the Retry-After header, or null. */
  readonly retryAfter: number | null
}

/** A failure as an answer. */
export function failureReply(failure: Failure, requestId: string): FailureReply {
  const { code, details } = failure
  const english = { ...details, ...(code === 'INPUT_INVALID' && englishOf(details)) }
  const seconds = Number(details.seconds ?? Number.NaN)
  return {
    status: failures[code].status,
    body: {
      code,
      retry: failure.retry,
      zh: failureWords(code, { ...details, requestId }),
      en: failureWords(code, { ...english, requestId }, 'en'),
      field: code === 'INPUT_INVALID' && details.path ? String(details.path) : null,
      requestId,
    },
    retryAfter: Number.isFinite(seconds) ? seconds : null,
  }
}

function englishOf({ path, field, problem, problemEn }: Failure['details']) {
  return { field: path === '' ? 'request' : (path ?? field ?? ''), problem: problemEn ?? problem ?? '' }
}

/**
 * The failure that `error` is or, of Fastify's own refusals, amounts to; `limits` are the route's. Anything else is INTERNAL; its text
 * stays in the log.
 */
export function asFailure(
  error: unknown,
  limits: { readonly bodyLimit?: number | undefined; readonly handlerTimeout?: number | undefined },
): Failure {
  if (error instanceof Failure) return error
  const code = (error as FastifyError | undefined)?.code
  if (code === 'FST_ERR_HANDLER_TIMEOUT')
    return new Failure('ANSWER_TOO_SLOW', { seconds: (limits.handlerTimeout ?? 0) / 1_000 }, error)
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new Failure('FILE_TOO_LARGE', { limitMb: (limits.bodyLimit ?? 0) / megabyte }, error)
  const problem = code === undefined ? undefined : refusals[code]
  return problem ? inputInvalid({ path: '', title: '请求' }, problem, error) : new Failure('INTERNAL', {}, error)
}

/** INPUT_INVALID about the field at `path`, which people know as `title`, in words of both languages. */
export function inputInvalid(
  { path, title }: { readonly path: string; readonly title: string },
  problem: { readonly zh: string; readonly en: string },
  cause?: unknown,
): Failure {
  return new Failure('INPUT_INVALID', { path, field: title, problem: problem.zh, problemEn: problem.en }, cause)
}

/** `看订单（orders.read）`: so that both the owner and an integrator know which right is meant. */
export const permissionWords = (permission: Permission) => `${permissions[permission]}（${permission}）`

const json = { zh: '不是正确的 JSON', en: 'is not valid JSON' }
const type = { zh: 'Content-Type 应为 application/json', en: 'must have Content-Type application/json' }
const address = { zh: '地址写法不对', en: 'has a malformed address' }
const refusals: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: json,
  FST_ERR_CTP_EMPTY_JSON_BODY: json,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: type,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { zh: '长度与内容不符', en: 'has a length that does not fit its content' },
  FST_ERR_BAD_URL: address,
  FST_ERR_MAX_LIMIT: address,
}

const megabyte = 1024 * 1024
