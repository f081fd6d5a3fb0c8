import type { Receiver } from '../../../core/channel/shapes.ts'
import { joinName } from '../../../kit/receiver-text.ts'
import { streetReceiver } from '../../../kit/street-receiver.ts'
import type { AddressPayload } from './payload.ts'

/** The receiver; the district stands before the street. Source: own-site.md 4 [sdk V], 1 O8 [rule]. */
export function receiverOf(told: AddressPayload | null): Receiver {
  return streetReceiver({
    name: joinName([told?.fullName ?? '']),
    phone: told?.phoneNumber ?? '',
    province: told?.province ?? '',
    city: told?.city ?? '',
    lines: [told?.streetLine1 ?? '', told?.streetLine2 ?? ''],
  })
}
