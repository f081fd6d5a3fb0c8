import { somebody } from '../../aid/people.ts'
import { type Chance, numberOf } from '../../aid/random.ts'
import type { Purchase } from '../../simulator.ts'
import { fullAddress } from './places.ts'
import type { Buyer, Receiver } from './state.ts'

/** The buyer of the purchase, or somebody invented. One name and number is always one account. */
export function buyerOf(purchase: Purchase, dice: Chance): Buyer {
  const receiver = purchase.buyer === undefined ? invented(dice) : { ...purchase.buyer, town: '' }
  const mark = `${receiver.name}/${receiver.phone}`
  return {
    pin: `jd_${hex(`pin/${mark}`, 13)}`,
    openId: `Qm8${hex(`open/${mark}`, 24)}`,
    xid: `o*AAT${hex(`xid/${mark}`, 20)}`,
    receiver,
  }
}

function invented(dice: Chance): Receiver {
  const { address, town, ...person } = somebody(dice)
  return { ...person, town, address: address.slice(town.length) }
}

/** One receiver at one door has one, whatever the order. Source: jd.md 7 [doc]. */
export function oaidOf({ openId }: Buyer, receiver: Receiver): string {
  return `JDOAID-1-${hex([openId, receiver.name, receiver.phone, fullAddress(receiver)].join('/'), 18)}`
}

export function maskedPhone(phone: string): string {
  return phone.replace(/^(\d{3})\d+(\d{4})$/, '$1****$2')
}

function hex(text: string, length: number): string {
  const parts = [0, 1, 2].map((part) => numberOf(`${text}#${part}`).toString(16).padStart(8, '0'))
  return parts.join('').slice(0, length)
}
