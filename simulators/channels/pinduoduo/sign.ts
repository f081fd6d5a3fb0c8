import { createHash } from 'node:crypto'

/**
 * The signature of a call: every parameter but `sign`, sorted by name in byte order, names and values run together, between the app's
 * secret on both sides; MD5 in upper-case hex. Empty text keeps its name [assumed]. Source: pinduoduo.md 1 [doc].
 */
export function signCall(secret: string, params: ReadonlyMap<string, string>): string {
  const text = [...params]
    .filter(([name]) => name !== 'sign')
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([name, value]) => name + value)
    .join('')
  return createHash('md5').update(`${secret}${text}${secret}`, 'utf8').digest('hex').toUpperCase()
}
