import { createHash } from 'node:crypto'
import { isGovernedDirectly, somebody } from '../../aid/people.ts'
import { type Chance, numberOf } from '../../aid/random.ts'
import type { Purchase } from '../../simulator.ts'
import type { Receiver } from './state.ts'

/** The receiver of the purchase, or somebody invented. */
export function receiverOf(purchase: Purchase, dice: Chance): Receiver {
  if (purchase.buyer !== undefined) return purchase.buyer
  const { name, phone, province, city, district, address } = somebody(dice)
  return { name, phone, province, city, district, address }
}

/**
 * Names of places as an order shows them; the district is the `town`. Of a city without districts the name stands there, and a word for
 * its kind in the city's place [assumed]. The ids are invented.
 */
export function placeFields({ province, city, district }: Receiver) {
  const isDirect = district === '' && isGovernedDirectly(city)
  const cityWord = province.endsWith('自治区') ? '自治区直辖县级行政区划' : '省直辖县级行政区划'
  const shownCity = isDirect ? cityWord : city
  const town = isDirect ? city : district
  return {
    country: '中国',
    country_id: 0,
    province,
    province_id: idOf(province),
    city: shownCity,
    city_id: idOf(`${province}/${shownCity}`),
    town,
    town_id: idOf(`${province}/${city}/${town}`),
  }
}

export function fullAddress({ province, city, district, address }: Receiver): string {
  return `${regionOf({ province, city, district })}${address}`
}

function regionOf({ province, city, district }: Pick<Receiver, 'province' | 'city' | 'district'>): string {
  return province === city ? city + district : province + city + district
}

/** Source of the shapes: order.information.get.json. */
export function maskFields(receiver: Receiver) {
  return {
    receiver_name_mask: maskName(receiver.name),
    receiver_phone_mask: maskPhone(receiver.phone),
    receiver_address_mask: maskAddress(receiver.address),
    address_mask: `${regionOf(receiver)}*****`,
  }
}

export function maskName(name: string): string {
  return `${[...name][0] ?? ''}**`
}

export function maskPhone(phone: string): string {
  return `${phone.slice(0, 1)}${'*'.repeat(Math.max(1, phone.length - 2))}${phone.slice(-1)}`
}

export function maskAddress(address: string): string {
  return `${[...address].slice(0, 2).join('')}*******`
}

/** One receiver at one door has one, whatever the order. Source: pinduoduo.md 4. */
export function openAddressIdOf(receiver: Receiver): string {
  const door = `${receiver.name}/${receiver.phone}/${fullAddress(receiver)}`
  return createHash('sha256').update(door).digest('base64url').slice(0, 24)
}

function idOf(place: string): number {
  return (numberOf(place) % 9000) + 1
}
