import type { Chance } from '../../aid/random.ts'
import { allocate, sumOf } from './money.ts'
import type { Line, Sku } from './state.ts'

/** What goes into a basket. */
export interface Pick {
  readonly sku: Sku
  readonly quantity: number
  readonly isGift: boolean
}

/** The first line bears the order's number, later ones 65536 more each. Source: douyin.md 4 [sdk]. */
const lineStep = 65_536n

/** The lines of a new order: price − shop's − platform's − talent's discount = paid, exact to the fen. */
export function makeLines(orderId: string, picks: readonly Pick[], dice: Chance): Line[] {
  const worths = picks.map(({ sku, quantity, isGift }) => (isGift ? 0 : sku.priceFen * quantity))
  const own = worths.map((worth) => (dice.happens(0.3) ? Math.floor((worth * dice.whole(5, 25)) / 100) : 0))
  const coupon = allocate(voucher(dice, worths), worths)
  const platform = allocate(voucher(dice, worths), worths)
  const talent = allocate(voucher(dice, worths), worths)
  return picks.map(({ sku, quantity, isGift }, place) => {
    const off = {
      shopOffFen: own[place]! + coupon[place]!,
      platformOffFen: platform[place]!,
      talentOffFen: talent[place]!,
    }
    return {
      lineId: String(BigInt(orderId) + BigInt(place) * lineStep),
      sku,
      title: sku.title,
      merchantCode: sku.merchantCode,
      specification: sku.specification,
      quantity,
      isGift,
      priceFen: isGift ? 0 : sku.priceFen,
      ...off,
      paidFen: worths[place]! - off.shopOffFen - off.platformOffFen - off.talentOffFen,
      parts: sku.parts,
      refundedFen: 0,
      shippedQuantity: 0,
      isClosed: false,
    }
  })
}

/** An amount off the whole order; never so much that a line is for nothing. */
function voucher(dice: Chance, worths: readonly number[]): number {
  const wished = dice.happens(0.25) ? dice.pick([500, 1000, 333, 2000, 1]) : 0
  return wished * 6 < sumOf(worths) ? wished : 0
}
