import { hashHex } from '../../../kit/signing.ts'

/** Everything a call sends but its signature, common and business parameters side by side. */
export type Params = Readonly<Record<string, unknown>>

/**
 * The signature of a call: MD5 in upper-case hex over the secret, every name with its value by the order of their bytes, and the secret
 * again, without separators. What is null is left out, an empty text keeps its name [assumed]. Source: pinduoduo.md 1 [doc].
 */
export function signCall(params: Params, clientSecret: string): string {
  const pairs = Object.entries(params)
    .filter(([name, value]) => name !== 'sign' && value !== null && value !== undefined)
    .toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([name, value]) => `${name}${signedText(value)}`)
  return hashHex('md5', `${clientSecret}${pairs.join('')}${clientSecret}`).toUpperCase()
}

/** Text as it is; numbers, truths, lists and objects as the JSON in which they are sent. */
function signedText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
