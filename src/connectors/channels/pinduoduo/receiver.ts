import { standardRegion } from '../../../core/address/region.ts'
import type { Receiver } from '../../../core/channel/shapes.ts'
import type { Privacy } from '../../../core/channel/words.ts'
import { type Order, textOf, textOrNull } from './payload.ts'

/** `~…~1~` name and address, `$…$1$` telephone. Source: pinduoduo.md 4 [sdk]. */
const ciphertext = /^(~.+~\d+~|\$.+\$\d+\$)$/

/**
 * The receiver as the order tells it: places in plain text, the rest with stars, or as ciphertext where there are no stars. `town` is
 * the district; no street is told. Source: pinduoduo.md 4 [sdk].
 */
export function receiverOf(order: Order): Receiver {
  const region = { province: textOf(order.province), city: textOf(order.city), district: textOf(order.town), town: '' }
  const name = textOf(order.receiver_name_mask) || textOf(order.receiver_name)
  const phone = textOf(order.receiver_phone_mask) || textOf(order.receiver_phone)
  const address = textOf(order.receiver_address_mask) || textOf(order.receiver_address)
  return {
    name,
    phone,
    raw: { ...region, address },
    standard: standardRegion(region),
    privacy: privacyOf([name, phone, address]),
    addressKey: textOrNull(order.open_address_id),
  }
}

export function isCiphertext(text: string): boolean {
  return ciphertext.test(text)
}

function privacyOf(texts: readonly string[]): Privacy {
  if (texts.every((text) => text === '')) return 'absent'
  if (texts.some(isCiphertext)) return 'encrypted'
  return texts.some((text) => text.includes('*')) ? 'masked' : 'plain'
}
