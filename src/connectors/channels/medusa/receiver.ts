import type { Receiver } from '../../../core/channel/shapes.ts'
import { spokenName, streetReceiver } from '../../../kit/street-receiver.ts'
import type { AddressPayload } from './payload.ts'

/** The receiver; the district stands in the street. Source: own-site.md 5.2 [sdk M], 1 O8 [rule]. */
export function receiverOf(told: AddressPayload | null): Receiver {
  return streetReceiver({
    name: told === null ? '' : spokenName(told.first_name, told.last_name),
    phone: told?.phone ?? '',
    province: told?.province ?? '',
    city: told?.city ?? '',
    lines: [told?.address_1 ?? '', told?.address_2 ?? ''],
  })
}
