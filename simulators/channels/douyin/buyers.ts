import { createHash } from 'node:crypto'
import { isGovernedDirectly, somebody } from '../../aid/people.ts'
import type { Chance } from '../../aid/random.ts'
import type { Purchase } from '../../simulator.ts'
import type { Receiver } from './state.ts'

export interface Buyer {
  /** `1@#…`. Source: douyin.md 4 [sdk]. */
  readonly openId: string
  readonly receiver: Receiver
}

/** The buyer of the purchase, or somebody invented. One name and number is always one account. */
export function buyerOf(purchase: Purchase, dice: Chance): Buyer {
  const receiver = purchase.buyer === undefined ? invented(dice) : { ...purchase.buyer, street: '' }
  return { openId: `1@#${hash([receiver.name, receiver.phone])}`, receiver }
}

/** The platform names the street (街道) apart from the rest of the address. */
function invented(dice: Chance): Receiver {
  const { town, ...person } = somebody(dice)
  return { ...person, street: town, address: person.address.slice(town.length) }
}

/** Changes with the receiver and is the same for one door. */
export function openAddressIdOf({ name, phone, province, city, district, street, address }: Receiver): string {
  return `#${hash([name, phone, province, city, district, street, address])}#`
}

/** The names of places as orders show them; a directly governed city stands in the place of the district [assumed]. */
export function placesOf({ province, city, district, street }: Receiver) {
  if (district !== '' || !isGovernedDirectly(city)) return { province, city, town: district, street }
  const between = province.endsWith('自治区') ? '自治区直辖县级行政区划' : '省直辖县级行政区划'
  return { province, city: between, town: city, street }
}

function hash(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('/')).digest('base64url').slice(0, 24)
}
