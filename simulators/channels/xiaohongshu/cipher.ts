import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { app } from './tokens.ts'

/** Address, name, phone, id number. Source: xiaohongshu.md 8 [doc]. */
export type SecretType = 1 | 2 | 3 | 4

export interface Opened {
  readonly type: SecretType
  readonly plain: string
}

const key = createHash('sha256').update('the key stays on the platform').digest().subarray(0, 16)

/** `#index#cipher#type##`: AES-CBC with PKCS5. Equal text gives equal ciphertext within the app. Source: xiaohongshu.md 8 [doc]. */
export function encrypt(type: SecretType, plain: string): string {
  const iv = createHash('md5').update(`${type}/${plain}`).digest()
  const cipher = createCipheriv('aes-128-cbc', key, iv)
  const text = Buffer.from(plain)
  // The platform's texts are longer than their content needs, and longer for longer content; the padding keeps to that.
  const filler = Buffer.alloc(Math.max(0, bytesFor(type, [...plain].length) - iv.length - 1 - text.length))
  const content = Buffer.concat([iv, cipher.update(text), cipher.update(filler), cipher.final()])
  return `#${searchIndex(type, plain)}#${content.toString('base64')}#${type}##`
}

/** Null: not one of our ciphertexts. */
export function decrypt(secret: string): Opened | null {
  const [, index, content, digit] = /^#([^#]+)#([^#]+)#([1-4])##$/.exec(secret) ?? []
  if (index === undefined || content === undefined) return null
  const type = Number(digit) as SecretType
  const plain = opened(Buffer.from(content, 'base64'))
  return plain !== null && index === searchIndex(type, plain) ? { type, plain } : null
}

/** The part of a ciphertext by which equal texts are found. Source: xiaohongshu.md 8 [doc]. */
export function searchIndex(type: SecretType, plain: string): string {
  return createHash('sha256').update(`${app.id}/${type}/${plain}`).digest('base64url').slice(0, 12)
}

/** Source: xiaohongshu.md 8 [doc] and its fixture; an address keeps three characters [assumed]. */
export function mask({ type, plain }: Opened): string {
  const signs = [...plain]
  if (type === 1) return `${signs.slice(0, 3).join('')}****`
  if (type === 2) return `${signs[0] ?? ''}${'*'.repeat(Math.max(1, signs.length - 1))}`
  if (type === 3) return `${plain.slice(0, 3)}****${plain.slice(-4)}`
  return `${plain.slice(0, 4)}${'*'.repeat(Math.max(1, plain.length - 7))}${plain.slice(-3)}`
}

function opened(content: Buffer): string | null {
  try {
    const decipher = createDecipheriv('aes-128-cbc', key, content.subarray(0, 16))
    const text = Buffer.concat([decipher.update(content.subarray(16)), decipher.final()])
    const end = text.indexOf(0)
    return text.subarray(0, end < 0 ? text.length : end).toString('utf8')
  } catch {
    return null // Cut or altered on the way: the caller says so for this text alone.
  }
}

/** Bytes that give about the length of text that the sheet names for this type and so many characters. */
function bytesFor(type: SecretType, characters: number): number {
  return Math.floor(((lengthOf(type, characters) - 18) * 3) / 4 / 16) * 16
}

function lengthOf(type: SecretType, characters: number): number {
  if (type === 3) return 200
  if (type === 4) return 300
  const steps = [
    { upTo: 5, length: 200 },
    { upTo: 20, length: 400 },
    { upTo: 50, length: 600 },
  ]
  return steps.find(({ upTo }) => characters <= upTo)?.length ?? 1000
}
