import { refusal } from '../../aid/control.ts'
import type { Chance } from '../../aid/random.ts'
import type { Purchase } from '../../simulator.ts'
import { sumsOf } from './money.ts'
import { type Basket, type Coupon, type Goods, type Sku, skuName } from './state.ts'
import type { World } from './world.ts'

/** What a buyer puts into the basket. */
export interface Pick {
  readonly sku: Sku
  readonly quantity: number
  readonly isGift: boolean
}

/** What is bought: a fixed basket as it is or not at all, a chosen one as far as the shelf reaches. Each SKU once. */
export function picksOf(world: World, purchase: Purchase, dice: Chance): Pick[] {
  const ignoresStock = purchase.ignoreStock === true
  if (purchase.lines === undefined) return chosen(world, dice, ignoresStock)
  const wanted = new Map<Sku, number>()
  for (const { merchantCode, quantity } of purchase.lines) {
    const sku = world.skus.get(merchantCode)
    if (sku === undefined) throw refusal(`no listing ${merchantCode}`)
    wanted.set(sku, (wanted.get(sku) ?? 0) + quantity)
  }
  const picks = [...wanted].map(([sku, quantity]) => ({ sku, quantity, isGift: false }))
  return ignoresStock || picks.every(({ sku, quantity }) => quantity <= sku.quantity) ? picks : []
}

function chosen(world: World, dice: Chance, ignoresStock: boolean): Pick[] {
  const choice = dice.shuffled([...world.skus.values()])
  const kinds = dice.pick([1, 1, 1, 1, 1, 1, 2, 2, 2, 3])
  const picks: Pick[] = []
  for (const sku of choice) {
    if (picks.length === kinds) break
    const wish = dice.pick([1, 1, 1, 1, 2, 2, 3])
    const quantity = ignoresStock ? wish : Math.min(wish, sku.quantity)
    if (quantity > 0) picks.push({ sku, quantity, isGift: false })
  }
  const gift = choice.find((sku) => sku.quantity > 0 && !picks.some((pick) => pick.sku === sku))
  if (picks.length > 0 && gift !== undefined && dice.happens(0.06)) picks.push({ sku: gift, quantity: 1, isGift: true })
  return picks
}

/** The picks with what they cost: promotions, coupons, freight and balance by chance. */
export function basketOf(world: World, picks: readonly Pick[], dice: Chance): Basket {
  const lines = picks.map(goodsOf)
  const freightFen = dice.pick([0, 0, 0, 600, 800])
  const hasFees = dice.happens(world.settings.feeShare)
  const plain: Basket = {
    lines,
    coupons: couponsOf(lines, dice),
    freightFen,
    serviceFen: hasFees ? 300 : 0,
    taxFen: hasFees ? 117 : 0,
    balanceFen: 0,
    payDiscountFen: 0,
  }
  const { due } = sumsOf(plain)
  return {
    ...plain,
    balanceFen: dice.happens(0.08) ? Math.floor(due / dice.whole(2, 9)) : 0,
    payDiscountFen: dice.happens(world.settings.payDiscountShare) ? Math.floor(due / 20) : 0,
  }
}

function goodsOf({ sku, quantity, isGift }: Pick): Goods {
  return {
    skuId: sku.skuId,
    wareId: sku.ware.wareId,
    merchantCode: sku.merchantCode,
    product: sku.ware.product,
    name: skuName(sku),
    priceFen: isGift ? 0 : sku.priceFen,
    quantity,
  }
}

function couponsOf(lines: readonly Goods[], dice: Chance): Coupon[] {
  const promotions = lines.flatMap(({ skuId, priceFen, quantity }): Coupon[] => {
    const fen = dice.happens(0.3) ? Math.floor((priceFen * quantity * dice.whole(5, 25)) / 100) : 0
    return fen > 0 ? [{ type: '30', skuId, fen }] : []
  })
  const left = promotions.reduce(
    (worth, { fen }) => worth - fen,
    lines.reduce((all, { priceFen, quantity }) => all + priceFen * quantity, 0),
  )
  const byShop = dice.happens(0.4) ? dice.pick([500, 1000, 333, 5000, 1]) : 0
  const byJd = dice.happens(0.3) ? dice.pick([500, 99, 2000, 1]) : 0
  const coupons: Coupon[] = [...promotions]
  if (byShop > 0 && byShop * 4 < left)
    coupons.push({ type: dice.pick(['100', '100', '20', '29']), skuId: '', fen: byShop })
  if (byJd > 0 && byJd * 4 < left)
    coupons.push({ type: dice.pick(['41', '41', '39', '34', '52']), skuId: '', fen: byJd })
  return coupons
}
