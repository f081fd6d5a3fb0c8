import { createHash } from 'node:crypto'
import { isGovernedDirectly, somebody } from '../../aid/people.ts'
import type { Chance } from '../../aid/random.ts'
import type { Purchase } from '../../simulator.ts'
import type { Receiver } from './state.ts'

export interface Buyer {
  readonly userId: string
  readonly receiver: Receiver
}

/** The buyer of the purchase, or somebody invented. One name and number is always one account. */
export function buyerOf(purchase: Purchase, dice: Chance): Buyer {
  const receiver = purchase.buyer === undefined ? invented(dice) : { ...purchase.buyer, town: '' }
  return { userId: `63b2${md5(`${receiver.name}/${receiver.phone}`).slice(0, 20)}`, receiver }
}

/** The platform names the town apart from the rest of the address. */
function invented(dice: Chance): Receiver {
  const person = somebody(dice)
  return { ...person, address: person.address.slice(person.town.length) }
}

/** Changes with the receiver and is the same for one buyer's one door. Source: xiaohongshu.md 6, 8 [doc]. */
export function openAddressIdOf(userId: string, { name, phone, province, city, district, address }: Receiver): string {
  return md5([userId, name, phone, province, city, district, address].join('/'))
}

/** The names of places as orders show them; a directly governed city stands in the place of the district [assumed]. */
export function placeFields({ province, city, district }: Receiver) {
  if (district !== '' || !isGovernedDirectly(city)) {
    return { receiverProvinceName: province, receiverCityName: city, receiverDistrictName: district }
  }
  const between = province.endsWith('自治区') ? '自治区直辖县级行政区划' : '省直辖县级行政区划'
  return { receiverProvinceName: province, receiverCityName: between, receiverDistrictName: city }
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
