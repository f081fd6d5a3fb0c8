import { expect } from 'vitest'
import { Failure, type FailureCode } from '../../../core/failures.ts'
import type { Account, Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { DouyinCredentials } from './manifest.ts'
import { signCall } from './sign.ts'

/** For tests: a shop that is authorised, and the moment of all of its calls. */
export const now = Date.parse('2026-01-01T00:03:20.500Z')
export const own = DouyinCredentials.parse({
  appKey: '7012345678901234567',
  appSecret: 'secret-demo-0001',
  accessToken: 'token-1',
  refreshToken: 'refresh-1',
  shopId: '1234567',
  shopName: '青屿食品',
})

export const done = (data: unknown = {}) => ({ code: 10000, msg: 'success', sub_code: '', sub_msg: '', data })

export type Said = object | string
interface Asked {
  readonly method: string
  /** The parameters as text, so that long numbers keep their digits. */
  readonly text: string
  readonly params: unknown
  readonly query: Readonly<Record<string, string>>
}

/** A platform that gives the answers one after the other and refuses a call that is not signed at the moment it names. */
export function platform(answers: readonly Said[], credentials: DouyinCredentials = own) {
  const calls: Asked[] = []
  const requests: OutgoingRequest[] = []
  const account: Account<DouyinCredentials> = {
    credentials,
    address: 'https://shop.example',
    now: () => now,
    send: async (request): Promise<Answer> => {
      const asked = askedBy(request, credentials)
      calls.push(asked)
      requests.push(request)
      const said = answers[calls.length - 1]
      if (said === undefined) throw new Error(`unexpected call ${asked.method}`)
      return { status: 200, headers: {}, body: typeof said === 'string' ? said : JSON.stringify(said) }
    },
  }
  return { account, calls, requests, methods: () => calls.map(({ method }) => method) }
}

function askedBy({ url, body, headers, method: verb }: OutgoingRequest, credentials: DouyinCredentials): Asked {
  const { pathname, searchParams } = new URL(url)
  const query = Object.fromEntries(searchParams)
  const { method = '', timestamp = '' } = query
  const text = body ?? ''
  const parts = { appKey: credentials.appKey, method, paramJson: text, timestamp, version: '2' }
  expect([verb, headers]).toEqual(['POST', { 'content-type': 'application/json;charset=UTF-8' }])
  expect(pathname).toBe(`/${method.replaceAll('.', '/')}`)
  expect(query).toMatchObject({
    app_key: credentials.appKey,
    timestamp: '1767225800',
    v: '2',
    sign_method: 'hmac-sha256',
    sign: signCall(parts, credentials.appSecret, 'hmac-sha256'),
  })
  return { method, text, params: JSON.parse(text), query }
}

/** The failure with which a call ends, which must be this one. */
export async function refusal(call: Promise<unknown>, code: FailureCode): Promise<Failure> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Failure)
  expect((error as Failure).code).toBe(code)
  return error as Failure
}
