import { notFound, userInput, type View } from '../errors.ts'
import { setStock } from '../goods.ts'
import { type Good, locations, mainLocation } from '../model.ts'
import { numberOf } from '../questions.ts'
import { goodView } from '../views/goods.ts'
import type { World } from '../world.ts'
import type { Writing } from './writing.ts'

/** `UpdateProductVariantInput`, as far as it is played. */
interface VariantInput {
  readonly id: string
  readonly enabled?: boolean | null
  readonly price?: number | null
  /** Of the default location. */
  readonly stockOnHand?: number | null
  readonly stockLevels?: readonly { readonly stockLocationId: string; readonly stockOnHand: number }[] | null
}

interface Update {
  readonly good: Good
  readonly input: VariantInput
  /** Null: stock is left as it is. */
  readonly onHand: number | null
}

/** `updateProductVariants`: all of it is done, or nothing. Source: own-site.md 4; its refusals are [assumed]. */
export function updateVariants(
  writing: Writing,
  { input }: { readonly input: readonly VariantInput[] },
): readonly View[] {
  const { world, isLie } = writing
  const updates = input.map((each) => updateOf(world, each))
  if (!isLie) for (const update of updates) apply(world, update)
  return updates.map(({ good, onHand }) => goodView(world, { ...good, onHand: onHand ?? good.onHand }))
}

function updateOf(world: World, input: VariantInput): Update {
  const good = world.goods.get(numberOf(input.id))
  if (good === undefined) throw notFound('ProductVariant', input.id)
  const levels = input.stockLevels ?? []
  for (const { stockLocationId } of levels)
    if (!locations.some(({ no }) => String(no) === stockLocationId)) throw notFound('StockLocation', stockLocationId)
  const ours = levels.find(({ stockLocationId }) => stockLocationId === String(mainLocation))
  const onHand = ours?.stockOnHand ?? input.stockOnHand ?? null
  if ([...levels.map((level) => level.stockOnHand), onHand ?? 0].some((pieces) => pieces < 0))
    throw userInput('stockOnHand cannot be a negative value')
  return { good, input, onHand }
}

function apply(world: World, { good, input, onHand }: Update): void {
  good.isEnabled = input.enabled ?? good.isEnabled
  good.priceFen = input.price ?? good.priceFen
  if (onHand !== null) setStock(world, good, onHand)
}
