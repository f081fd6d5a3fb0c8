import type { Privacy } from '../channel/words.ts'
import { readPhone } from './phone.ts'
import { namesOfCities, namesOfDistricts } from './region-names.ts'
import { type FoundRegion, regionAt } from './region-search.ts'
import { type City, cityNamed, type Province, provinceNamed } from './table.ts'

/** What a reviewer must look at, most urgent first, with the sentence that says so. */
export const addressProblemWords = {
  'no-phone': '没有收件电话',
  'phone-wrong': '收件电话不对，请核对号码和区号',
  'no-province': '没有省份',
  'no-city': '没有城市',
  'no-district': '没有区县',
  'region-unknown': '省、市或区县不在行政区划表里，请核对',
  'region-contradicts': '省、市、区县互相矛盾，请核对',
  'detail-elsewhere': '详细地址里写的是别的省市，请核对',
  'no-detail': '没有详细地址',
  'no-name': '没有收件人姓名',
} as const satisfies Record<string, string>

export type AddressProblemKind = keyof typeof addressProblemWords

export interface AddressProblem {
  readonly kind: AddressProblemKind
  readonly zh: string
}

/** A receiver with the standard names of its region; name, phone and street as the channel gave them. */
export interface AddressedReceiver {
  readonly name: string
  readonly phone: string
  readonly province: string
  readonly city: string
  readonly district: string
  readonly address: string
  readonly privacy: Privacy
}

/** Districts that platforms offer and GB/T 2260 does not know; that the table lacks them means nothing. */
const unofficial =
  /新区|新城|开发区|园区|工业|高新|经开|管理区|示范区|度假区|保税|合作区|试验区|城区|街道|[镇乡团]$|农场$|其[他它]/
const kinds = Object.keys(addressProblemWords) as AddressProblemKind[]

/**
 * The problems of a receiver, most urgent first; empty when a courier can find the door. Regions are judged for every receiver.
 * Stars, ciphertext and fields that did not come at all are not: the platform has the real ones.
 */
export function addressProblems(receiver: AddressedReceiver): readonly AddressProblem[] {
  const found = new Set([
    phoneProblem(receiver),
    regionProblem(receiver),
    detailProblem(receiver),
    nameProblem(receiver),
  ])
  return kinds.filter((kind) => found.has(kind)).map((kind) => ({ kind, zh: addressProblemWords[kind] }))
}

function phoneProblem({ phone, privacy, province }: AddressedReceiver): AddressProblemKind | null {
  if (isMissing(phone, privacy)) return 'no-phone'
  return isReadable(phone, privacy) && readPhone(phone, province) === null ? 'phone-wrong' : null
}

function nameProblem({ name, privacy }: AddressedReceiver): AddressProblemKind | null {
  return isMissing(name, privacy) ? 'no-name' : null
}

function regionProblem(receiver: AddressedReceiver): AddressProblemKind | null {
  const { province: provinceName, city: cityName, district, privacy } = receiver
  if (privacy === 'absent' && provinceName + cityName + district === '') return null
  if (provinceName === '') return 'no-province'
  const province = provinceNamed(provinceName)
  if (province === null) return 'region-unknown'
  if (cityName === '') return 'no-city'
  const city = cityNamed(province, cityName)
  return city ? districtProblem(city, district) : cityProblem(province, cityName)
}

/** A county-level city in the place of its city (江苏省 昆山市) is unusual, but every courier finds it. */
function cityProblem(province: Province, city: string): AddressProblemKind | null {
  if (namesOfDistricts(province).has(city)) return null
  return namesOfCities(null).has(city) || provinceNamed(city) ? 'region-contradicts' : 'region-unknown'
}

function districtProblem(city: City, district: string): AddressProblemKind | null {
  if (city.districts.length === 0) return null
  if (district === '') return 'no-district'
  if (namesOfDistricts(city).has(district) || unofficial.test(district)) return null
  const elsewhere = namesOfDistricts(null).get(district) ?? []
  return elsewhere.some(({ place }) => place.name === district) ? 'region-contradicts' : 'region-unknown'
}

function detailProblem(receiver: AddressedReceiver): AddressProblemKind | null {
  const { address, privacy } = receiver
  if (isMissing(address, privacy)) return 'no-detail'
  if (!isReadable(address, privacy)) return null
  const text = address.trim()
  const repeated = regionAt(text, 0)
  if (repeated === null || !repeated.isExplicit) return null
  if (isElsewhere(repeated, receiver)) return 'detail-elsewhere'
  return repeated.end === text.length && repeated.town === '' ? 'no-detail' : null
}

/** One level alone may be a street or a shop (上海市场); two that fit together are a place. */
function isElsewhere({ province, city, levels }: FoundRegion, receiver: AddressedReceiver): boolean {
  if (levels < 2) return false
  const differs = (name: string | undefined, given: string) => name !== undefined && given !== '' && name !== given
  return differs(province?.name, receiver.province) || differs(city?.name, receiver.city)
}

function isMissing(text: string, privacy: Privacy): boolean {
  return privacy !== 'absent' && text.trim() === ''
}

/** Only what a channel gave in clear is judged; plain text with stars came masked from an export. */
function isReadable(text: string, privacy: Privacy): boolean {
  return privacy === 'plain' && text.trim() !== '' && !/[*＊]/.test(text)
}
