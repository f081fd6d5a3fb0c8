import regions from './regions.json' with { type: 'json' }
import { shortNames } from './short-name.ts'

/** A county-level region (区/县/县级市/旗). `code` is its GB/T 2260 number; empty for Hong Kong, Macau and Taiwan. */
export interface District {
  readonly code: string
  readonly name: string
  readonly city: City
  readonly townText: string
}

/** A prefecture-level city, or a county-level one directly below its province (仙桃市). The city of a municipality is itself. */
export interface City {
  readonly code: string
  readonly name: string
  readonly province: Province
  /** Empty where towns lie directly below the city (东莞市). */
  readonly districts: readonly District[]
  readonly townText: string
}

export interface Province {
  readonly code: string
  readonly name: string
  readonly isMunicipality: boolean
  readonly cities: readonly City[]
}

const municipalities = new Set(['北京市', '天津市', '上海市', '重庆市'])

/** Everyday and mistaken names of provinces that their short names do not give. */
export const provinceAliases: Readonly<Record<string, string>> = {
  内蒙: '内蒙古自治区',
  内蒙古省: '内蒙古自治区',
  广西省: '广西壮族自治区',
  西藏省: '西藏自治区',
  宁夏省: '宁夏回族自治区',
  新疆省: '新疆维吾尔自治区',
  香港特区: '香港特别行政区',
  澳门特区: '澳门特别行政区',
  中国香港: '香港特别行政区',
  中国澳门: '澳门特别行政区',
  中国台湾: '台湾省',
  台湾地区: '台湾省',
}

interface Table {
  readonly provinces: readonly Province[]
  readonly provinceByName: ReadonlyMap<string, Province>
  readonly citiesByName: ReadonlyMap<Province, ReadonlyMap<string, City>>
}

let built: Table | null = null
const districtsByName = new Map<City, ReadonlyMap<string, District>>()
const towns = new Map<City | District, readonly string[]>()

/** Every province, municipalities and 港澳台 included, with its cities and districts. The table is built at the first call. */
export function provinces(): readonly Province[] {
  return table().provinces
}

/** The province of a full, short or everyday name (广东省, 广东, 内蒙), or null. */
export function provinceNamed(name: string): Province | null {
  return table().provinceByName.get(name) ?? null
}

/** The city of a full or short name in its province (恩施土家族苗族自治州, 恩施州, 恩施), or null. */
export function cityNamed(province: Province, name: string): City | null {
  return table().citiesByName.get(province)?.get(name) ?? null
}

/** The district of a full or short name in its city; null where there is none, or more than one. */
export function districtNamed(city: City, name: string): District | null {
  let names = districtsByName.get(city)
  if (names === undefined) {
    names = byName(city.districts)
    districtsByName.set(city, names)
  }
  return names.get(name) ?? null
}

/** Towns (街道/镇/乡) of a district, or of a city without districts. */
export function townsOf(place: City | District): readonly string[] {
  let list = towns.get(place)
  if (list === undefined) {
    list = place.townText === '' ? [] : place.townText.split(',')
    towns.set(place, list)
  }
  return list
}

function table(): Table {
  built ??= build()
  return built
}

function build(): Table {
  const source: Record<string, Record<string, string>> = regions.provinces
  const all = Object.entries(source).map(([key, cities]) => readProvince(key, cities))
  const provinceByName = byName(all)
  for (const [alias, name] of Object.entries(provinceAliases)) {
    const province = provinceByName.get(name)
    if (province) provinceByName.set(alias, province)
  }
  return {
    provinces: all,
    provinceByName,
    citiesByName: new Map(all.map((province) => [province, byName(province.cities)])),
  }
}

function readProvince(key: string, source: Record<string, string>): Province {
  const { code, name } = codeAndName(key)
  const cities: City[] = []
  const province: Province = { code, name, isMunicipality: municipalities.has(name), cities }
  for (const [cityKey, text] of Object.entries(source)) cities.push(readCity(province, cityKey, text))
  return province
}

function readCity(province: Province, key: string, text: string): City {
  const districts: District[] = []
  const direct = text.startsWith(':')
  const city: City = { ...codeAndName(key), province, districts, townText: direct ? text.slice(1) : '' }
  if (direct) return city
  for (const part of text.split(';')) {
    const colon = part.indexOf(':')
    districts.push({ ...codeAndName(part.slice(0, colon)), city, townText: part.slice(colon + 1) })
  }
  return city
}

/** '4401广州市' holds both; the digits are padded to the six of GB/T 2260. */
function codeAndName(key: string): { code: string; name: string } {
  const digits = /^\d*/.exec(key)?.[0] ?? ''
  return { code: digits === '' ? '' : digits.padEnd(6, '0'), name: key.slice(digits.length) }
}

/** By full name, and by each short name that only one of them has and that is nobody's full name. */
function byName<T extends { readonly name: string }>(places: readonly T[]): Map<string, T> {
  const full = new Map(places.map((place) => [place.name, place]))
  const short = new Map<string, T | null>()
  for (const place of places) {
    for (const name of shortNames(place.name)) short.set(name, short.has(name) ? null : place)
  }
  for (const [name, place] of short) if (place && !full.has(name)) full.set(name, place)
  return full
}
