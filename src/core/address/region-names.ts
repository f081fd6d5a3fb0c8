import { cityAliases, formerDistricts, movedCounties } from './former.ts'
import { shortNames } from './short-name.ts'
import {
  type City,
  cityNamed,
  type District,
  districtNamed,
  type Province,
  provinceAliases,
  provinceNamed,
  provinces,
} from './table.ts'

/** A place under one of the names people write for it. A loose name (广州, 浦东) says nothing by itself: 广州大道 is a road. */
export interface Named<T> {
  readonly place: T
  readonly loose: boolean
}

/** Every name that may stand in free text, with every place it may mean. */
export type Names<T> = ReadonlyMap<string, readonly Named<T>[]>

type Collected<T> = Map<string, Named<T>[]>

const suffixes = ['区', '县', '市', '新区']
const zone = /(?:经济|高新|高技术|工业|产业)/

let ofProvinces: Names<Province> | null = null
let ofAllCities: Names<City> | null = null
let ofAllDistricts: Names<District> | null = null
const ofCities = new Map<Province, Names<City>>()
const ofDistricts = new Map<City | Province, Names<District>>()

export function namesOfProvinces(): Names<Province> {
  ofProvinces ??= collectProvinces()
  return ofProvinces
}

/** Cities of one province, or of the whole country; a municipality is no city there, it is found as province. */
export function namesOfCities(province: Province | null): Names<City> {
  if (province === null) {
    ofAllCities ??= collectCities(provinces().filter(({ isMunicipality }) => !isMunicipality))
    return ofAllCities
  }
  return kept(ofCities, province, () => collectCities([province]))
}

/** Districts of one city, of one province, or of the whole country, former names included. */
export function namesOfDistricts(within: City | Province | null): Names<District> {
  if (within === null) {
    ofAllDistricts ??= collectDistricts(provinces().flatMap(({ cities }) => cities))
    return ofAllDistricts
  }
  return kept(ofDistricts, within, () => collectDistricts('cities' in within ? within.cities : [within]))
}

function kept<K, V>(memo: Map<K, V>, key: K, make: () => V): V {
  const known = memo.get(key)
  if (known !== undefined) return known
  const made = make()
  memo.set(key, made)
  return made
}

function collectProvinces(): Names<Province> {
  const names: Collected<Province> = new Map()
  for (const province of provinces()) {
    add(names, province.name, { place: province, loose: false })
    for (const short of shortNames(province.name))
      add(names, short, { place: province, loose: !/[省区市]$/.test(short) })
  }
  for (const [alias, name] of Object.entries(provinceAliases)) {
    const place = provinceNamed(name)
    if (place) add(names, alias, { place, loose: false })
  }
  return names
}

function collectCities(among: readonly Province[]): Names<City> {
  const names: Collected<City> = new Map()
  for (const city of among.flatMap(({ cities }) => cities)) {
    add(names, city.name, { place: city, loose: false })
    for (const short of shortNames(city.name))
      add(names, short, { place: city, loose: !/[州县]$/.test(short) || short.length < 3 })
  }
  for (const city of among.flatMap(({ cities }) => cities)) {
    const old = `${shortNames(city.name)[0]}地区`
    if (!names.has(old)) add(names, old, { place: city, loose: false })
  }
  for (const [alias, [provinceName, cityName]] of Object.entries(cityAliases)) {
    const province = provinceNamed(provinceName)
    const city = province && cityNamed(province, cityName)
    if (city && among.includes(city.province)) add(names, alias, { place: city, loose: false })
  }
  return names
}

function collectDistricts(cities: readonly City[]): Names<District> {
  const names: Collected<District> = new Map()
  const districts = cities.flatMap((city) => city.districts)
  for (const district of districts) add(names, district.name, { place: district, loose: false })
  for (const district of districts) addEveryday(names, district)
  for (const city of cities) {
    for (const [old, name] of Object.entries(formerDistricts[city.name] ?? {})) {
      const district = districtNamed(city, name)
      if (district) add(names, old, { place: district, loose: false })
    }
  }
  for (const district of districts) addOtherSuffixes(names, district)
  if (cities.length === 1) addMoved(names, cities[0]!)
  return names
}

/** 浦东, 酉阳县, and for statistical zones 高新区 or 工业园区. A zone is never meant by its bare beginning. */
function addEveryday(names: Collected<District>, district: District): void {
  if (!zone.test(district.name)) {
    for (const short of shortNames(district.name)) add(names, short, { place: district, loose: !/[县旗]$/.test(short) })
    return
  }
  const cityBase = shortNames(district.city.name)[0] ?? district.city.name
  const rest = district.name.slice(district.name.indexOf(cityBase) + cityBase.length).replace(/^市/, '')
  if (district.name.includes(cityBase) && rest.length > 3) add(names, rest, { place: district, loose: false })
  if (/^(?:高新|火炬高)/.test(rest)) add(names, '高新区', { place: district, loose: false })
  if (/^经济(技术)?开发区$/.test(rest))
    for (const name of ['经开区', '开发区']) add(names, name, { place: district, loose: false })
}

/** 密云县 for 密云区, 吴江市 for 吴江区: counties that became districts keep their old name in address books for decades. */
function addOtherSuffixes(names: Collected<District>, district: District): void {
  const base = shortNames(district.name)[0]
  if (base === undefined || zone.test(district.name)) return
  for (const suffix of suffixes) {
    const old = base + suffix
    const known = names.get(old)
    if (!known || known.every(({ place }) => place.name !== old)) add(names, old, { place: district, loose: false })
  }
}

function addMoved(names: Collected<District>, city: City): void {
  for (const [before, county, today] of movedCounties) {
    if (before !== city.name) continue
    const now = cityNamed(city.province, today)
    const district = now && districtNamed(now, county)
    if (district) add(names, county, { place: district, loose: false })
  }
}

function add<T>(names: Collected<T>, name: string, meaning: Named<T>): void {
  const known = names.get(name)
  if (known === undefined) names.set(name, [meaning])
  else if (!known.some(({ place }) => place === meaning.place)) known.push(meaning)
}
