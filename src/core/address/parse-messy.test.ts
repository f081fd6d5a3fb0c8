import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAddress } from './parse.ts'
import { shortNames } from './short-name.ts'
import { type City, type District, districtNamed, type Province, provinces, townsOf } from './table.ts'

/** A text as somebody might paste it, and what must be read from it. Invented people, real regions. */
interface MessyCase {
  readonly text: string
  readonly province: string
  readonly city: string
  readonly district: string
  readonly name: string
  readonly phone: string
}

interface Place {
  readonly province: Province
  readonly city: City
  readonly district: District | null
}

const people = [
  '林晓禾',
  '陈一鸣',
  '王志城',
  '欧阳小禾',
  '周女士',
  '赵文',
  '小鱼儿',
  '许愿',
  '李园',
  'Lin Xiaohe',
  '阿依古丽·买买提',
]
const phones = ['13800000101', '19900000202', '18877771111-123', '0573-88880000', '010-66660000']
const streets = [
  '示例路12号',
  '双溪路8号3栋201室',
  '人民东路100弄5号',
  '解放大道1-2号',
  '示例小区 3-2-401',
  '建设街9号阳光花园2单元',
  '示例村委会旁',
]
const separators = ['', '', '', ' ', ' ', ',', '，', '/', '-', '、', '\n', ' - ', '>']

/** `count` cases, the same for the same seed. */
function messyCases(seed: number, count: number): MessyCase[] {
  const dice = diceOf(seed)
  const places = allPlaces()
  return Array.from({ length: count }, () => messyCase(places[dice(places.length)]!, dice))
}

function messyCase(place: Place, dice: Dice): MessyCase {
  const name = pick(people, dice)
  const phone = pick(phones, dice)
  const address = regionText(place, dice)
  return {
    text: withWidth(withContact(address, { name, phone }, dice), dice),
    province: place.province.name,
    city: place.province.isMunicipality ? place.province.name : place.city.name,
    district: place.district?.name ?? '',
    name,
    phone,
  }
}

function regionText(place: Place, dice: Dice): string {
  const separator = pick(separators, dice)
  const parts = levels(place, dice)
  const towns = townsOf(place.district ?? place.city)
  if (towns.length > 0 && dice(3) === 0) parts.push(pick(towns, dice))
  const street = pick(streets, dice)
  const region = dice(10) === 0 ? `【${parts.join(separator)}】` : parts.join(separator)
  const again = dice(8) === 0 ? `${separator}${place.province.name}${place.city.name}${place.district?.name ?? ''}` : ''
  return `${region}${again}${separator}${street}`
}

/** Province to district, each in full or short, some left out where the table leaves no doubt. */
function levels({ province, city, district }: Place, dice: Dice): string[] {
  const written: string[] = []
  const omitsProvince = dice(5) === 0 && !province.isMunicipality
  if (!omitsProvince) written.push(dice(2) === 0 ? province.name : short(province.name))
  if (province.isMunicipality) {
    const filler = pick(['', '', province.name, '市辖区', short(province.name)], dice)
    if (filler !== '') written.push(filler)
  } else {
    const isAmbiguousAlone = omitsProvince && /^(?:吉林|海南|朝阳|新竹|嘉义)/.test(city.name)
    written.push(dice(2) === 0 || isAmbiguousAlone ? city.name : short(city.name))
  }
  if (district === null) return written
  const shortened = short(district.name)
  const isZone = district.code.slice(4) > '70' && !/[县市旗]$/.test(district.name)
  const mayShorten = districtNamed(city, shortened) === district && !isZone
  written.push(dice(4) === 0 && mayShorten ? shortened : district.name)
  return written
}

function withContact(address: string, { name, phone }: { name: string; phone: string }, dice: Dice): string {
  const shapes = [
    `${name} ${phone} ${address}`,
    `${name}，${phone}，${address}`,
    `${address} ${name} ${phone}`,
    `${address} ${phone} ${name}`,
    `${name}\n${phone}\n${address}`,
    `收件人：${name} 电话：${phone} 地址：${address}`,
    `收货人:${name}\n手机号码:${phone}\n详细地址:${address}`,
    `姓名：${name}；联系电话：${phone}；收货地址：${address}`,
    `${phone} ${name} ${address}`,
    `${name} ${phone.length === 11 ? `+86 ${phone}` : phone} ${address}`,
  ]
  return pick(shapes, dice)
}

function withWidth(text: string, dice: Dice): string {
  if (dice(6) > 0) return text
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).replace(/ /g, '\u3000')
}

function allPlaces(): Place[] {
  return provinces().flatMap((province) =>
    province.cities.flatMap((city): Place[] =>
      city.districts.length === 0
        ? [{ province, city, district: null }]
        : city.districts.map((district) => ({ province, city, district })),
    ),
  )
}

function short(name: string): string {
  return shortNames(name)[0] ?? name
}

type Dice = (sides: number) => number

function pick<T>(from: readonly T[], dice: Dice): T {
  return from[dice(from.length)]!
}

/** A small generator of even numbers (mulberry32): the same seed always rolls the same. */
function diceOf(seed: number): Dice {
  let state = seed >>> 0
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * sides)
  }
}

test('of 500 messy texts at least 99 in 100 give province, city and district, and as many name and telephone', () => {
  const wrong: string[] = []
  const nameless: string[] = []
  for (const { text, ...expected } of messyCases(20_261_124, 500)) {
    const { province, city, district, name, phone } = parseAddress(text)
    const region = [province, city, district].join()
    if (region !== [expected.province, expected.city, expected.district].join()) wrong.push(`${text} → ${region}`)
    if (name !== expected.name || phone !== expected.phone) nameless.push(`${text} → ${name} ${phone}`)
  }
  expect(wrong.slice(5)).toEqual([])
  expect(nameless.slice(5)).toEqual([])
})

const place = fc.constantFrom(...allPlaces())
const streetName = fc.constantFrom(...streets)

test('a clean address comes back as it was written', () => {
  fc.assert(
    fc.property(
      place,
      streetName,
      fc.constantFrom('', ' '),
      fc.nat(),
      ({ province, city, district }, street, gap, seed) => {
        const towns = townsOf(district ?? city)
        const town = towns[seed % Math.max(1, towns.length)] ?? ''
        const cityName = province.isMunicipality ? province.name : city.name
        const names = { province: province.name, city: cityName, district: district?.name ?? '', town }
        const text = [...Object.values(names).filter((name) => name !== ''), street].join(gap)
        expect(parseAddress(text)).toMatchObject({ ...names, detail: street, name: '', phone: '', certainty: 'full' })
      },
    ),
    { numRuns: 2000 },
  )
})

test('whatever is typed, only names of the table are given for a complete region', () => {
  const known = new Set(
    allPlaces().map(({ province, city, district }) => [province.name, city.name, district?.name ?? ''].join()),
  )
  const fragment = fc.oneof(
    fc.constantFrom(
      '浙江',
      '朝阳区',
      '市辖区',
      '县',
      '南京',
      '海南',
      '收件人：',
      '13800000101',
      '路',
      '号',
      '（',
      '】',
      '区',
      '市',
    ),
    fc.string({ maxLength: 6 }),
    streetName,
  )
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 8 }), (fragments) => {
      const { province, city, district, certainty } = parseAddress(fragments.join(''))
      if (certainty === 'full') expect(known).toContain([province, city, district].join())
    }),
    { numRuns: 1000 },
  )
})
