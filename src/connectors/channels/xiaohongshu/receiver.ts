import { standardRegion } from '../../../core/address/region.ts'
import type { Receiver } from '../../../core/channel/shapes.ts'
import type { Privacy } from '../../../core/channel/words.ts'
import { isCiphertext } from './ciphertext.ts'
import { type Masks, noMasks } from './masks.ts'
import { type Detail, type ReceiverRow, textOf, textOrNull } from './payload.ts'

/** What the platform adds to an order on request. */
export interface ToldReceiver {
  readonly row: ReceiverRow | null
  readonly masks?: Masks
}

/**
 * The receiver as the order tells it: places in plain text, nothing personal. `row` adds the town, and name, telephone and address as
 * ciphertext, in whose place a mask stands where there is one; a row that no longer matches tells nothing. `openAddressId` stands for the
 * person and changes with the address. Source: xiaohongshu.md 6, 8, 13 [doc, rule].
 */
export function receiverOf(detail: Detail, { row, masks = noMasks }: ToldReceiver): Receiver {
  const told = isOutdated(row) ? detail : (row ?? detail)
  const region = {
    province: textOf(told.receiverProvinceName),
    city: textOf(told.receiverCityName),
    district: textOf(told.receiverDistrictName),
    town: textOf(told.receiverTownName),
  }
  const texts = [told.receiverName, told.receiverPhone, told.receiverAddress].map(textOf)
  const [name = '', phone = '', address = ''] = texts.map((text) => masks.get(text) ?? text)
  return {
    name,
    phone,
    raw: { ...region, address },
    standard: standardRegion(region),
    privacy: privacyOf(texts, masks),
    addressKey: textOrNull(detail.openAddressId),
  }
}

/** The address changed between the order and the question for its receiver. */
export function isOutdated(row: ReceiverRow | null): boolean {
  return row?.matched === false
}

function privacyOf(texts: readonly string[], masks: Masks): Privacy {
  if (texts.every((text) => text === '')) return 'absent'
  const secrets = texts.filter(isCiphertext)
  if (secrets.length > 0) return secrets.every((text) => masks.has(text)) ? 'masked' : 'encrypted'
  return texts.some((text) => text.includes('*')) ? 'masked' : 'plain'
}
