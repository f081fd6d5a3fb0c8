import { createHash, randomBytes, randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { weaknessOf, weaknessWords } from '../../core/access/password.ts'
import { inputInvalid } from '../../platform/http/failure-reply.ts'

const secretBytes = 32

/** The secret of a session: 256 bits of chance as text. */
export const newSessionSecret = () => randomBytes(secretBytes).toString('base64url')

/** The secret of an API token; its first letters say what it is, should it turn up where it does not belong. */
export const newTokenSecret = () => `td_${newSessionSecret()}`

/** What is kept of a secret. It holds 256 bits of chance, so a plain hash cannot be guessed back. */
export const secretHash = (secret: string) => createHash('sha256').update(secret).digest()

// argon2id (the library's own choice). Source: OWASP Password Storage Cheat Sheet, argon2id with 19 MiB and 2 passes [doc].
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string) => hash(password.normalize('NFKC'), cost)

/** Takes as long for a person who does not exist (`kept` null) as for one who does, so that names cannot be found out. */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const isRight = await verify(kept ?? (await nobodysHash), password.normalize('NFKC'))
  return kept !== null && isRight
}

const nobodysHash = hashPassword(newSessionSecret())

/** Without letters and figures that look alike on paper. */
const alphabet = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const madeUpLength = 12

/** A password to be told to somebody and changed by them. */
export const madeUpPassword = () =>
  Array.from({ length: madeUpLength }, () => alphabet[randomInt(alphabet.length)]).join('')

/** Throws INPUT_INVALID about the field at `path` when the password is too weak. */
export function refuseWeak(password: string, loginName: string, path: string): void {
  const weakness = weaknessOf(password, loginName)
  if (weakness !== null) throw inputInvalid({ path, title: '密码' }, weaknessWords[weakness])
}
