import { Failure } from '../../../core/failures.ts'
import { beijingText, type Instant } from '../../../core/time/instant.ts'
import { failureOf } from '../../../kit/failure-class.ts'
import { asFields, type Fields } from '../../../kit/fields.ts'
import type { Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { gatewayAt } from './address.ts'
import { openAnswer } from './failure.ts'
import type { JdAccount } from './manifest.ts'
import { strange } from './nonsense.ts'
import { signCall, withoutEmpty } from './sign.ts'

/**
 * One call of a method. How it travels is this file's and sign.ts's business alone, so that another gateway can take their place; a method
 * knows its name and its business parameters. Source: jd.md 0 [rule].
 */
export interface MethodCall {
  /** Our operation it serves, such as `orders.pull`. */
  readonly operation: string
  readonly method: string
  readonly params?: Readonly<Record<string, unknown>>
  readonly isWrite?: boolean
}

/**
 * Sends one signed call and gives what stands below the answer's root key. When the platform finds our clock wrong, the call is sent once more
 * with the time of the refusal's own date header: the only repetition in this connector, since the correction cannot be kept between
 * calls. Source: jd.md 5 [rule].
 * Throws what `failureOf` makes of the platform's answer, CHANNEL_NOT_AUTHORISED without a token, CHANNEL_NONSENSE or, for a write,
 * CHANNEL_UNCLEAR when the answer is not the expected one.
 */
export async function call(account: JdAccount, asked: MethodCall): Promise<Fields> {
  if (!account.credentials.accessToken) {
    throw new Failure('CHANNEL_NOT_AUTHORISED', { channel: 'jd', reason: '店铺还没有授权' })
  }
  const first = await account.send(buildRequest(account, asked, account.now()))
  const platformTime = openAnswer(first).failure?.class === 'clock' ? dateHeader(first) : null
  if (platformTime === null) return readAnswer(first, asked)
  return readAnswer(await account.send(buildRequest(account, asked, platformTime)), asked)
}

/** The signed form of a call at a moment. Pure. Source: jd.md 1, 3 [doc D1]. */
function buildRequest(
  { address, credentials }: Pick<JdAccount, 'address' | 'credentials'>,
  { operation, method, params = {}, isWrite = false }: MethodCall,
  at: Instant,
): OutgoingRequest {
  const signed = withoutEmpty({
    method,
    app_key: credentials.appKey,
    access_token: credentials.accessToken,
    timestamp: beijingText(at),
    v: '2.0',
    '360buy_param_json': JSON.stringify(params),
  })
  return {
    operation,
    method: 'POST',
    url: gatewayAt(address),
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams({ ...signed, sign: signCall(signed, credentials.appSecret) }).toString(),
    isWrite,
  }
}

/** Pure. The root key is the method with underscores; the platform spells it `_responce`. Source: jd.md 4 [doc]. */
function readAnswer(answer: Answer, { method, isWrite = false }: MethodCall): Fields {
  const { failure, parsed } = openAnswer(answer)
  if (failure) throw failureOf('jd', failure, isWrite)

  const name = method.replaceAll('.', '_')
  const root = asFields(parsed?.[`${name}_responce`] ?? parsed?.[`${name}_response`])
  if (root === null) throw strange(`没有 ${name}_responce`, isWrite)
  return root
}

/** The result below the root. Throws CHANNEL_NONSENSE or, for a write, CHANNEL_UNCLEAR where it is missing. */
export function resultIn(root: Fields, key: string, isWrite = false): Fields {
  const result = asFields(root[key])
  if (result === null) throw strange(`没有 ${key}`, isWrite)
  return result
}

/** The same of a write that says whether it was done. Throws CHANNEL_UNCLEAR where it says nothing; a "no" was thrown before. */
export function doneIn(root: Fields, key: string): Fields {
  const result = resultIn(root, key, true)
  if (result.success !== true && result.success !== 'true') throw strange(`${key} 没有说成功`, true)
  return result
}

function dateHeader({ headers }: Answer): Instant | null {
  const at = Date.parse(headers.date ?? '')
  return Number.isNaN(at) ? null : at
}
