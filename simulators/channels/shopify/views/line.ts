import type { View } from '../graphql/answer.ts'
import type { Plain } from '../graphql/values.ts'
import type { Line, Order } from '../model.ts'
import { currentQuantity, originalFen, toSend } from '../sums.ts'
import { gid } from '../text.ts'
import type { World } from '../world.ts'
import { goodView, productView } from './goods.ts'
import { money } from './money.ts'

/** Empty where nothing is taxed. */
export function taxLines({ taxPercent }: Order, fen: number): readonly View[] {
  return fen === 0 ? [] : [{ title: 'VAT', rate: taxPercent / 100, ratePercentage: taxPercent, priceSet: money(fen) }]
}

/** The fields of `LineItem`. */
export function lineView(world: World, order: Order, line: Line): View {
  const { ownDiscountFen: own, codeDiscountFen: code, quantity } = line
  const totalOf = ({ withCodeDiscounts }: Plain) => originalFen(line) - own - (withCodeDiscounts === true ? code : 0)
  const good = world.goods.get(line.variantNo)
  return {
    __typename: 'LineItem',
    id: gid('LineItem', line.no),
    sku: line.sku,
    title: line.title,
    variantTitle: line.variantTitle,
    name: line.variantTitle === null ? line.title : `${line.title} - ${line.variantTitle}`,
    quantity,
    currentQuantity: () => currentQuantity(order, line),
    refundableQuantity: () => currentQuantity(order, line),
    unfulfilledQuantity: () => toSend(order, line.no),
    requiresShipping: true,
    variant: () => good && goodView(world, good),
    product: () => good && productView(world, good.product),
    originalUnitPriceSet: money(line.unitFen),
    originalTotalSet: money(originalFen(line)),
    discountedUnitPriceSet: () => money(Math.floor((originalFen(line) - own) / quantity)),
    discountedTotalSet: (args: Plain) => money(totalOf(args)),
    totalDiscountSet: money(own),
    discountAllocations: () => [own, code].filter((fen) => fen > 0).map((fen) => ({ allocatedAmountSet: money(fen) })),
    taxLines: () => taxLines(order, line.taxFen),
    image: null,
  }
}
