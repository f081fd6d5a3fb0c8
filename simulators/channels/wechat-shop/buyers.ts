import { createHash } from 'node:crypto'
import { isGovernedDirectly, municipalities, somebody } from '../../aid/people.ts'
import { type Chance, chance } from '../../aid/random.ts'
import type { Purchase } from '../../simulator.ts'
import type { Order, Receiver } from './state.ts'
import { letters } from './tokens.ts'

export interface Buyer {
  readonly openid: string
  readonly unionid: string | null
  readonly receiver: Receiver
}

/** The buyer of the purchase, or somebody invented. One name and number is always one account. */
export function buyerOf(purchase: Purchase, dice: Chance): Buyer {
  const { name, phone, province, city, district, address } = purchase.buyer ?? somebody(dice)
  const own = chance(`account:${name}/${phone}`)
  return {
    openid: `oZk5M5${letters(own, 22)}`,
    unionid: own.happens(0.5) ? `o6bm${letters(own, 24)}` : null,
    receiver: { name, phone, province, city, district, address },
  }
}

/** The same receiver in this shop has the same mark. Source: wechat-shop.md 6. */
export function hashOf(receiver: Receiver): string {
  return createHash('md5').update(JSON.stringify(receiver)).digest('hex')
}

export function maskedName(name: string): string {
  return name.slice(0, 1) + '*'.repeat(Math.max(1, name.length - 1))
}

export function maskedPhone(phone: string): string {
  return `${phone.slice(0, 3)}****${phone.slice(-4)}`
}

/**
 * Places as the platform names them. A city that a province governs itself has a word for the missing prefecture, or
 * none, and stands in the county's place; a municipality is its own city, or 市辖区. Source: wechat-shop.md 14; which of
 * them when is [assumed].
 */
export function placeFields({ receiver, placeStyle }: Order, of: Receiver = receiver) {
  const { province, city, district } = of
  const place = (city_name: string, county_name: string) => ({ province_name: province, city_name, county_name })
  if (municipalities.has(province)) return place(placeStyle % 4 === 0 ? '市辖区' : city, district)
  if (district !== '' || !isGovernedDirectly(city)) return place(city, district)
  const region = province.endsWith('自治区') ? '自治区' : '省'
  return place(placeStyle % 2 === 0 ? '' : `${region}直辖县级行政区划`, city)
}
