import { z } from 'zod'
import { Receiver } from '../../core/channel/shapes.ts'
import type { Vault } from '../../platform/vault/vault.ts'

/** Everything personal of an order, sealed as one: receiver, buyer's nick, notes of both sides, invoice. */
export const Person = z.object({
  receiver: Receiver,
  nick: z.string(),
  buyerNote: z.string().nullable(),
  sellerRemark: z.string().nullable(),
  invoice: z.unknown().nullable(),
  /** What the channel tells, kept aside once our staff changed the receiver; null while `receiver` is the channel's own. */
  told: Receiver.nullable(),
})
export type Person = z.infer<typeof Person>

/** A person as stored: sealed, with keyed fingerprints to find it by. */
export interface SealedPerson {
  readonly sealed: Buffer
  readonly privacy: string
  readonly phone: string | null
  readonly phoneTail: string | null
  readonly address: string | null
  readonly nameGrams: readonly string[]
}

export function sealPerson(vault: Vault, person: Person): SealedPerson {
  const { receiver } = person
  const tail = phoneTail(receiver.phone)
  return {
    sealed: vault.seal(JSON.stringify(person)),
    privacy: receiver.privacy,
    phone: isWholePhone(receiver.phone) ? vault.fingerprint('phone', receiver.phone) : null,
    phoneTail: tail === null ? null : vault.fingerprint('tail', tail),
    address: addressFingerprint(vault, receiver),
    nameGrams:
      receiver.privacy === 'encrypted' || receiver.privacy === 'absent'
        ? []
        : grams(receiver.name).map((gram) => vault.fingerprint('name', gram)),
  }
}

/** Opens what `sealPerson` sealed. It was strict when it was sealed, so it is not parsed again. */
export function openPerson(vault: Vault, sealed: Uint8Array): Person {
  return JSON.parse(vault.open(sealed)) as Person
}

/** The platform's token stands for a masked receiver; a plain one is told by phone and whole address. */
function addressFingerprint(vault: Vault, { addressKey, name, phone, raw, privacy }: Receiver): string | null {
  if (addressKey !== null) return vault.fingerprint('address', addressKey)
  if (privacy !== 'plain') return null
  return vault.fingerprint('address', [name, phone, raw.province, raw.city, raw.district, raw.address].join('\n'))
}

const isWholePhone = (phone: string) => /^[\d+\- ]{7,}$/.test(phone)

/** The last four digits, where the channel shows them. */
function phoneTail(phone: string): string | null {
  return /(\d{4})(?:-\d+)?$/.exec(phone)?.[1] ?? null
}

/** Every character and every pair of neighbours of a name, stars left out: what a search of one or two characters needs. */
export function grams(name: string): string[] {
  const characters = [...name.replace(/\s/g, '')]
  const single = characters.filter((c) => c !== '*')
  const pairs = characters.slice(1).map((c, i) => characters[i]! + c)
  return [...new Set([...single, ...pairs.filter((pair) => !pair.includes('*'))])].slice(0, 60)
}
