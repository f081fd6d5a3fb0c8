import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { app } from './tokens.ts'

/** Address, name, phone, id number. Source: douyin.md 4 [doc]. */
export type SecretType = 1 | 2 | 3 | 4

export interface Opened {
  readonly type: SecretType
  readonly plain: string
}

const key = createHash('sha256').update('the key stays on the platform').digest().subarray(0, 16)
/** What stands behind the star in every recorded text. */
const version = 'Q2dZSUFTQUg='

/**
 * `$index$cipher*version$1$$` for a phone, `#index#cipher*version#1##` for all else: AES, equal text giving equal ciphertext [assumed].
 * Source of the shapes: douyin.md 4 [sdk].
 */
export function encrypt(type: SecretType, plain: string): string {
  const iv = createHash('md5').update(`${type}/${plain}`).digest()
  const cipher = createCipheriv('aes-128-cbc', key, iv)
  const content = Buffer.concat([iv, cipher.update(`${type}${plain}`, 'utf8'), cipher.final()]).toString('base64')
  const mark = type === 3 ? '$' : '#'
  return [mark, indexOf(type, plain), mark, content, '*', version, mark, '1', mark, mark].join('')
}

/** Null: not one of our ciphertexts. */
export function decrypt(secret: string): Opened | null {
  const [, mark, index, content] = /^([#$])([^#$]+)\1([^#$*]+)\*[^#$*]+\1\d\1\1$/.exec(secret) ?? []
  if (mark === undefined || index === undefined || content === undefined) return null
  const text = opened(Buffer.from(content, 'base64'))
  if (text === null) return null
  const [type, plain] = [Number(text[0]) as SecretType, text.slice(1)]
  return index === indexOf(type, plain) && (mark === '$') === (type === 3) ? { type, plain } : null
}

/** Source: fixture order.searchList: an address hides all, a name all but its first sign, a phone all but its first digit. */
export function mask({ type, plain }: Opened): string {
  if (type === 1) return '********'
  const signs = [...plain]
  return `${signs[0] ?? ''}${'*'.repeat(Math.max(1, signs.length - 1))}`
}

function indexOf(type: SecretType, plain: string): string {
  return createHash('sha256')
    .update(`${app.key}/${type}/${plain}`)
    .digest('base64url')
    .slice(0, type === 3 ? 18 : 4)
}

function opened(content: Buffer): string | null {
  try {
    const decipher = createDecipheriv('aes-128-cbc', key, content.subarray(0, 16))
    return Buffer.concat([decipher.update(content.subarray(16)), decipher.final()]).toString('utf8')
  } catch {
    return null // Cut or altered on the way: the caller says so for this text alone.
  }
}
