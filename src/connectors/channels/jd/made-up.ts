import { expect } from 'vitest'
import { Failure, type FailureCode } from '../../../core/failures.ts'
import type { Account, Answer, OutgoingRequest } from '../../../kit/plug.ts'
import type { JdCredentials } from './manifest.ts'
import { signCall } from './sign.ts'

export const now = Date.parse('2025-10-16T13:30:00Z')
export const address = 'https://jd.example'
export const own: JdCredentials = {
  appKey: 'DEMOAPPKEY0001',
  appSecret: 'demosecret',
  accessToken: 'demoaccesstoken0001',
  refreshToken: 'demorefreshtoken0001',
  venderId: '10999001',
}

type Said = object | string | Partial<Answer>
const isAnswer = (said: Said): said is Partial<Answer> =>
  typeof said === 'object' && ('status' in said || 'headers' in said)

interface Asked {
  readonly method: string
  readonly timestamp: string
  readonly params: Readonly<Record<string, unknown>>
  readonly form: Readonly<Record<string, string>>
}

/**
 * A platform that gives the answers one after the other. A call of the gateway must be signed with the secret; calls of authorisation are kept
 * in `requests` alone.
 */
export function platform(answers: readonly Said[], credentials = own, at = address) {
  const calls: Asked[] = []
  const requests: OutgoingRequest[] = []
  const account: Account<JdCredentials> = {
    credentials,
    address: at,
    now: () => now,
    send: async (request) => {
      requests.push(request)
      if (request.method === 'POST') calls.push(readCall(request, credentials))
      const said = answers[requests.length - 1]
      if (said === undefined) throw new Error(`unexpected call ${calls.at(-1)?.method}`)
      if (typeof said === 'string') return { status: 200, headers: {}, body: said }
      if (isAnswer(said)) return { status: 200, headers: {}, body: '', ...said }
      return { status: 200, headers: {}, body: JSON.stringify(said) }
    },
  }
  return { account, calls, requests }
}

function readCall(request: OutgoingRequest, { appSecret }: JdCredentials): Asked {
  const form = Object.fromEntries(new URLSearchParams(request.body ?? ''))
  expect(request.url).toMatch(/\/routerjson$/)
  expect(form.sign).toBe(signCall(form, appSecret))
  expect(Object.values(form)).not.toContain('')
  const params = JSON.parse(form['360buy_param_json'] ?? '') as Record<string, unknown>
  return { method: form.method ?? '', timestamp: form.timestamp ?? '', params, form }
}

/** An answer of a method with this below its root key. */
export const answerOf = (method: string, root: object) => ({
  [`${method.replaceAll('.', '_')}_responce`]: { ...root, code: '0' },
})

export async function refusal(work: Promise<unknown>, code: FailureCode): Promise<Failure> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Failure)
  expect((error as Failure).code).toBe(code)
  return error as Failure
}
