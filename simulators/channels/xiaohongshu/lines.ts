import type { Chance } from '../../aid/random.ts'
import { skuNameOf } from './goods.ts'
import { allocate } from './money.ts'
import type { Line, Sku } from './state.ts'

/** What goes into a basket. */
export interface Pick {
  readonly sku: Sku
  readonly quantity: number
  readonly isGift: boolean
}

/** The lines of a new order, their discounts by chance, money exact to the fen: price − merchant's − platform's discount = paid. */
export function makeLines(picks: readonly Pick[], dice: Chance, isDeposit: boolean): Line[] {
  const worths = picks.map(({ sku, quantity, isGift }) => (isGift ? 0 : sku.priceFen * quantity))
  const total = worths.reduce((all, worth) => all + worth, 0)
  const own = worths.map((worth) => (dice.happens(0.3) ? Math.floor((worth * dice.whole(5, 25)) / 100) : 0))
  const coupon = allocate(voucher(dice, { total, share: 0.3 }), worths)
  const red = allocate(voucher(dice, { total, share: 0.25 }), worths)
  return picks.map((pick, place) => {
    const merchantDiscountFen = own[place]! + coupon[place]!
    const redDiscountFen = red[place]!
    const paidFen = worths[place]! - merchantDiscountFen - redDiscountFen
    return {
      sku: pick.sku,
      title: pick.sku.title,
      skuName: skuNameOf(pick.sku),
      merchantCode: pick.sku.parts.length > 0 ? '' : pick.sku.merchantCode,
      quantity: pick.quantity,
      isGift: pick.isGift,
      priceFen: pick.isGift ? 0 : pick.sku.priceFen,
      merchantDiscountFen,
      redDiscountFen,
      depositFen: isDeposit ? Math.max(1, Math.floor(paidFen / 10)) : 0,
      paidFen,
      kol: !pick.isGift && dice.happens(0.3) ? dice.pick(kols) : null,
      parts: pick.sku.parts,
      refundedFen: 0,
      shippedQuantity: 0,
      isClosed: false,
    }
  })
}

/** An amount off the whole order; never so much that a line is for nothing. */
function voucher(dice: Chance, { total, share }: { readonly total: number; readonly share: number }): number {
  const wished = dice.happens(share) ? dice.pick([500, 1000, 333, 2000, 1]) : 0
  return wished * 4 < total ? wished : 0
}

const kols = [
  { id: '5e1a2b3c4d5e6f7081920001', name: '小屿的茶桌' },
  { id: '5e1a2b3c4d5e6f7081920002', name: '一间小房' },
] as const
