import { parseAddress } from '../core/address/parse.ts'
import { standardRegion } from '../core/address/region.ts'
import type { Receiver, RegionNames } from '../core/channel/shapes.ts'
import type { Privacy } from '../core/channel/words.ts'
import { joinName, withoutCountryCode } from './receiver-text.ts'

/** A receiver as programs for websites tell one: there is no field for the district, it stands before the street. */
export interface StreetAddress {
  readonly name: string
  readonly phone: string
  readonly province: string
  readonly city: string
  /** The lines of the street; empty ones are left out. */
  readonly lines: readonly string[]
  /** The province in Chinese where `province` is a code or an English name; `province` itself when left out. */
  readonly provinceZh?: string
}

/** The receiver as told in `raw`, with the standard names in `standard`, where the district is found in the street. */
export function streetReceiver({ name, province, city, lines, ...told }: StreetAddress): Receiver {
  const phone = withoutCountryCode(told.phone)
  const address = lines.filter((line) => line !== '').join(' ')
  const region = { province, city, district: '', town: '' }
  const standard = standardRegion({ ...region, province: told.provinceZh ?? province })
  return {
    name,
    phone,
    raw: { ...region, address },
    standard: withDistrict(standard, address),
    privacy: privacyOf([name, phone, address]),
    addressKey: null,
  }
}

/** A name in two fields: family name first where the whole is Chinese, else as it is spoken. */
export function spokenName(first: string, last: string): string {
  const familyFirst = joinName([last, first])
  return familyFirst.includes(' ') ? joinName([first, last]) : familyFirst
}

function withDistrict(region: RegionNames, address: string): RegionNames {
  if (region.city === '' || address === '') return region
  const { city, district } = parseAddress(`${region.province}${region.city}${address}`)
  return city === region.city && address.startsWith(district) ? { ...region, district } : region
}

/** These programs send plain text; a plugin that hides the middle of a number sends stars. */
function privacyOf(personal: readonly string[]): Privacy {
  if (personal.every((text) => text === '')) return 'absent'
  return personal.some((text) => text.includes('*')) ? 'masked' : 'plain'
}
