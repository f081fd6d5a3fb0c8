import { parseAddress } from '../../../core/address/parse.ts'
import { standardRegion } from '../../../core/address/region.ts'
import type { Receiver, RegionNames } from '../../../core/channel/shapes.ts'
import type { Privacy } from '../../../core/channel/words.ts'
import { joinName, withoutCountryCode } from '../../../kit/receiver-text.ts'
import type { AddressPayload } from './payload.ts'

/**
 * The receiver. The platform has no field for the district; it stands in the street, where `standard` finds it.
 * Source: own-site.md 5.2 [sdk M], 1 O8 [rule].
 */
export function receiverOf(told: AddressPayload | null): Receiver {
  const name = told === null ? '' : nameOf(told)
  const phone = withoutCountryCode(told?.phone ?? '')
  const address = [told?.address_1 ?? '', told?.address_2 ?? ''].filter((part) => part !== '').join(' ')
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

/** Family name first where the whole is Chinese. */
function nameOf({ first_name, last_name }: AddressPayload): string {
  const familyFirst = joinName([last_name, first_name])
  return familyFirst.includes(' ') ? joinName([first_name, last_name]) : familyFirst
}

function withDistrict(region: RegionNames, address: string): RegionNames {
  if (region.city === '' || address === '') return region
  const { city, district } = parseAddress(`${region.province}${region.city}${address}`)
  return city === region.city && address.startsWith(district) ? { ...region, district } : region
}

/** The platform sends plain text; a shop's own code may hide the middle of a number behind stars. */
function privacyOf(personal: readonly string[]): Privacy {
  if (personal.every((text) => text === '')) return 'absent'
  return personal.some((text) => text.includes('*')) ? 'masked' : 'plain'
}
