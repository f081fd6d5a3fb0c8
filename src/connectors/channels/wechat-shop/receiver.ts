import type { z } from 'zod'
import { standardRegion } from '../../../core/address/region.ts'
import type { Receiver } from '../../../core/channel/shapes.ts'
import type { Privacy } from '../../../core/channel/words.ts'
import { type AddressInfo, type OrderPayload, textOf, textOrNull } from './payload.ts'

/**
 * The receiver as the order tells it: province to district plain, name, telephone and address with stars. `hash_code`
 * stands for receiver and address within the shop. Source: wechat-shop.md 6 [doc], 14 [rule].
 */
export function receiverOf(order: OrderPayload): Receiver {
  const told = order.order_detail?.delivery_info?.address_info
  const region = {
    province: textOf(told?.province_name),
    city: textOf(told?.city_name),
    district: textOf(told?.county_name),
    town: '',
  }
  const name = textOf(told?.user_name)
  const phone = textOf(told?.tel_number)
  const address = addressIn(told)
  return {
    name,
    phone,
    raw: { ...region, address },
    standard: standardRegion(region),
    privacy: privacyOf(name + phone + address),
    addressKey: textOrNull(told?.hash_code),
  }
}

/** Street and, where it is apart, the number of the house. */
export function addressIn(told: z.infer<typeof AddressInfo> | null | undefined): string {
  return textOf(told?.detail_info) + textOf(told?.house_number)
}

/** Stars anywhere mean masked. */
function privacyOf(personal: string): Privacy {
  if (personal === '') return 'absent'
  return personal.includes('*') ? 'masked' : 'plain'
}
