import { standardRegion } from '../../../core/address/region.ts'
import type { Receiver, RegionNames } from '../../../core/channel/shapes.ts'
import type { Privacy } from '../../../core/channel/words.ts'
import { readCipher } from './cipher.ts'
import { type Consignee, textOf, textOrNull } from './payload.ts'

/**
 * The receiver as the order tells it: telephone with stars, or all personal fields as ciphertext, depending on the call. The `oaid` stands for
 * the person. In municipalities the platform names the district in the place of the city. Source: jd.md 7 [doc, sdk Q, rule].
 */
export function receiverOf(consignee: Consignee | null | undefined): Receiver {
  const given = consignee ?? {}
  const region = {
    province: textOf(given.province),
    city: textOf(given.city),
    district: textOf(given.county),
    town: textOf(given.town),
  }
  const name = textOf(given.fullname) || textOf(given.encrypt_fullname)
  const phone = phoneOf(given)
  const address = textOf(given.fullAddress) || textOf(given.encrypt_fullAddress)
  return {
    name,
    phone,
    raw: { ...region, address: withoutRegion(address, region) },
    standard: standardRegion(region),
    privacy: privacyOf([name, phone, address]),
    addressKey: textOrNull(given.oaid),
  }
}

function phoneOf(given: Partial<Consignee>): string {
  const candidates = [
    given.mobile,
    given.telephone,
    given.encrypt_mobile,
    given.encrypt_telephone,
    given.desen_mobile,
    given.desen_telephone,
  ]
  return candidates.map(textOf).find((text) => text !== '') ?? ''
}

/** Street and number of an address that begins with its own region, as the platform writes them; any other text stays as it is. */
export function withoutRegion(fullAddress: string, region: RegionNames): string {
  const { province } = standardRegion(region)
  const head = [province, region.province].find((name) => name !== '' && fullAddress.startsWith(name))
  if (head === undefined) return fullAddress
  let rest = fullAddress.slice(head.length).trimStart()
  for (const name of [region.city, region.district, region.town]) {
    if (name !== '' && rest.startsWith(name)) rest = rest.slice(name.length).trimStart()
  }
  return rest === '' ? fullAddress : rest
}

function privacyOf(personal: readonly string[]): Privacy {
  if (personal.every((text) => text === '')) return 'absent'
  if (personal.some((text) => readCipher(text) !== null)) return 'encrypted'
  return personal.some((text) => text.includes('*')) ? 'masked' : 'plain'
}
