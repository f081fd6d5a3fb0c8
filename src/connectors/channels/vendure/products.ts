import type { Listing } from '../../../core/channel/shapes.ts'
import { isoText } from '../../../core/time/instant.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { ask } from './call.ts'
import { goodsOf } from './goods.ts'
import type { Credentials } from './manifest.ts'
import { type VariantPayload, VariantsData } from './payload.ts'
import { variantsPerPage, variantsQuery } from './queries.ts'
import { availableOf, levelOf } from './stock.ts'

/**
 * What the shop offers, one row a variant, by number; the quantity is that of our location. Source: own-site.md 4
 * [sdk V].
 */
export const pullProducts: ChannelOperations<Credentials>['products.pull'] = async (account, cursor) => {
  const skip = Number(cursor ?? 0)
  const variables = { o: { skip, take: variantsPerPage, sort: { id: 'ASC' } } }
  const call = { operation: 'products.pull', query: variantsQuery, variables, isWrite: false }
  const { productVariants, globalSettings } = await ask(account, call, VariantsData)
  const { items, totalItems } = productVariants
  const standing = { location: account.credentials.stockLocationId, shopThreshold: globalSettings }
  const read = skip + items.length
  return {
    rows: items.map((variant) => toListing(variant, availableOf(levelOf(variant, standing)))),
    total: totalItems,
    next: items.length > 0 && read < totalItems ? String(read) : null,
  }
}

function toListing(variant: VariantPayload, quantity: number): Listing {
  return {
    ...goodsOf(variant),
    channelItemNo: variant.product?.id ?? variant.id,
    barcode: null,
    priceFen: variant.priceWithTax,
    quantity,
    isOnSale: variant.enabled && variant.product?.enabled !== false,
    modifiedAt: variant.updatedAt === null ? null : isoText(variant.updatedAt),
  }
}
