import { parseAddress } from '../../../core/address/parse.ts'
import { standardRegion } from '../../../core/address/region.ts'
import type { Receiver, RegionNames } from '../../../core/channel/shapes.ts'
import type { Privacy } from '../../../core/channel/words.ts'
import { joinName, withoutCountryCode } from '../../../kit/receiver-text.ts'
import type { AddressPayload } from './payload.ts'

/**
 * The receiver as told, with the standard names in `standard`. The platform has no field for the district; it stands
 * before the street, where `standard` finds it. Source: own-site.md 4 [sdk V], 1 O8 [rule].
 */
export function receiverOf(told: AddressPayload | null): Receiver {
  const name = joinName([told?.fullName ?? ''])
  const phone = withoutCountryCode(told?.phoneNumber ?? '')
  const address = [told?.streetLine1 ?? '', told?.streetLine2 ?? ''].filter((part) => part !== '').join(' ')
  const region = { province: told?.province ?? '', city: told?.city ?? '', district: '', town: '' }
  return {
    name,
    phone,
    raw: { ...region, address },
    standard: withDistrict(standardRegion(region), address),
    privacy: privacyOf([name, phone, address]),
    addressKey: null,
  }
}

function withDistrict(region: RegionNames, address: string): RegionNames {
  if (region.city === '' || address === '') return region
  const { city, district } = parseAddress(`${region.province}${region.city}${address}`)
  return city === region.city && address.startsWith(district) ? { ...region, district } : region
}

/** The platform sends plain text; a plugin that hides the middle of a number sends stars. */
function privacyOf(personal: readonly string[]): Privacy {
  if (personal.every((text) => text === '')) return 'absent'
  return personal.some((text) => text.includes('*')) ? 'masked' : 'plain'
}
