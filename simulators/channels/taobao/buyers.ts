import { isGovernedDirectly, municipalities, somebody } from '../../aid/people.ts'
import { type Chance, numberOf } from '../../aid/random.ts'
import type { Purchase } from '../../simulator.ts'
import type { Receiver } from './state.ts'
import type { Branch } from './text.ts'

export interface Buyer {
  /** Masked, as the platform always shows it. */
  readonly nick: string
  readonly openUid: string
  readonly receiver: Receiver
}

/** The buyer of the purchase, or somebody invented. One name and number is always one account. */
export function buyerOf(purchase: Purchase, dice: Chance): Buyer {
  const receiver: Receiver = purchase.buyer === undefined ? somebody(dice) : { ...purchase.buyer, town: '' }
  const mark = `${receiver.name}/${receiver.phone}`
  return { nick: `${nickHeads[numberOf(mark) % nickHeads.length]}**`, openUid: `AAF${letters(mark, 21)}`, receiver }
}

const nickHeads = 'tbm小阿栗桃木'.split('')

/** Changes with the address. Source: taobao.md 9 [doc]. */
export function oaidOf(tid: string, address: string): string {
  return `1${letters(`${tid}/${address}`, 63)}`
}

/** The key under which trades may leave in one parcel: one buyer, one door. */
export function doorOf(openUid: string, { name, phone, province, city, district, address }: Receiver): string {
  return [openUid, name, phone, province, city, district, address].join('/')
}

/** How TOP names places: a municipality without 市, a directly governed city in the place of the district. Source: taobao.md 9. */
export function placeFields({ province, city, district }: Receiver): {
  state: string
  city?: string
  district?: string
} {
  if (municipalities.has(province)) return { state: province.slice(0, -1), city, district }
  if (district === '' && isGovernedDirectly(city)) return { state: province, district: city }
  return { state: province, city, district }
}

export function maskedReceiver(receiver: Receiver): Branch {
  const { state, city, district } = placeFields(receiver)
  return {
    receiver_state: state,
    receiver_city: city,
    receiver_district: district,
    receiver_town: receiver.town,
    receiver_address: maskAddress(receiver.address),
    receiver_zip: '000000',
    receiver_name: `${receiver.name.slice(0, 1)}**`,
    receiver_mobile: `*******${receiver.phone.slice(-4)}`,
  }
}

/** '东栅街道双溪路12号云栖苑3幢401室' becomes '东**道双*路**号云*苑**幢***室'. */
function maskAddress(address: string): string {
  return address.replace(/\d/g, '*').replace(/(?<=[\p{Script=Han}])[\p{Script=Han}](?=[\p{Script=Han}])/gu, '*')
}

function letters(text: string, length: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  let made = ''
  for (let round = 0; made.length < length; round++) {
    let number = numberOf(`${text}#${round}`)
    for (let letter = 0; letter < 5; letter++) {
      made += alphabet[number % 62]!
      number = Math.floor(number / 62)
    }
  }
  return made.slice(0, length)
}
