import { standardRegion } from '../../../core/address/region.ts'
import type { Receiver } from '../../../core/channel/shapes.ts'
import type { Privacy } from '../../../core/channel/words.ts'
import { type Trade, textOf, textOrNull } from './payload.ts'

/**
 * The receiver as the trade tells it. Province to town come in plain text, name, telephone and address with stars; the OAID stands for
 * the person. A county below the province has no city: then the standard name moves up. Source: taobao.md 9 [doc M, rule].
 */
export function receiverOf(trade: Trade): Receiver {
  const region = {
    province: textOf(trade.receiver_state),
    city: textOf(trade.receiver_city),
    district: textOf(trade.receiver_district),
    town: textOf(trade.receiver_town),
  }
  const name = textOf(trade.receiver_name)
  const phone = textOf(trade.receiver_mobile) || textOf(trade.receiver_phone)
  const address = textOf(trade.receiver_address)
  return {
    name,
    phone,
    raw: { ...region, address },
    standard: standardRegion(region),
    privacy: privacyOf(name + phone + address),
    addressKey: textOrNull(trade.oaid),
  }
}

/** Stars anywhere mean masked. */
function privacyOf(personal: string): Privacy {
  if (personal === '') return 'absent'
  return personal.includes('*') ? 'masked' : 'plain'
}
