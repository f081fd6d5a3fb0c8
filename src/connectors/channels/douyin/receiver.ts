import { standardRegion } from '../../../core/address/region.ts'
import type { Receiver } from '../../../core/channel/shapes.ts'
import type { Privacy } from '../../../core/channel/words.ts'
import { type Detail, textOf } from './payload.ts'

/** Name and address `#index#cipher*…#1##`, telephone `$index$cipher*…$1$$`. Source: douyin.md 4 [sdk]. */
const ciphertext = /^(#.+#\d##|\$.+\$\d\$\$)$/

/**
 * The receiver as the order tells it: places in plain text, the rest with stars, as ciphertext where there are no stars, or not at all
 * for an app without leave to see it. Source: douyin.md 4 [doc].
 */
export function receiverOf(detail: Detail): Receiver {
  const { post_addr: address, mask_post_addr: masked } = detail
  const place = (level: 'province' | 'city' | 'town' | 'street') =>
    textOf(address?.[level]?.name) || textOf(masked?.[level]?.name)
  const region = { province: place('province'), city: place('city'), district: place('town'), town: place('street') }
  const name = textOf(detail.mask_post_receiver) || textOf(detail.encrypt_post_receiver)
  const phone = textOf(detail.mask_post_tel) || textOf(detail.encrypt_post_tel)
  const rest = textOf(masked?.detail) || textOf(address?.detail) || textOf(address?.encrypt_detail)
  return {
    name,
    phone,
    raw: { ...region, address: rest },
    standard: standardRegion(region),
    privacy: privacyOf([name, phone, rest]),
    addressKey: addressKeyOf(detail),
  }
}

/** The address and the buyer together stand for a receiver: parcels merge where both agree. Source: douyin.md 4 [rule]. */
export function addressKeyOf({ open_address_id, doudian_open_id }: Detail): string | null {
  const address = textOf(open_address_id)
  return address === '' ? null : `${address} ${textOf(doudian_open_id)}`.trimEnd()
}

/** What the platform decrypts: name, telephone and address; empty texts where it gives none. */
export function ciphersOf({ encrypt_post_receiver, encrypt_post_tel, post_addr }: Detail) {
  return {
    name: textOf(encrypt_post_receiver),
    phone: textOf(encrypt_post_tel),
    address: textOf(post_addr?.encrypt_detail),
  }
}

function privacyOf(texts: readonly string[]): Privacy {
  if (texts.every((text) => text === '')) return 'absent'
  if (texts.some((text) => ciphertext.test(text))) return 'encrypted'
  return texts.some((text) => text.includes('*')) ? 'masked' : 'plain'
}
