import type { Listing } from '../../../core/channel/shapes.ts'
import { fen } from '../../../core/money/fen.ts'
import { isoText } from '../../../core/time/instant.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { ask, parsed } from './call.ts'
import { type Credentials, perPage } from './manifest.ts'
import { type VariantPayload, VariantsAnswer } from './payload.ts'
import { specificationText } from './to-order.ts'

/** Source: own-site.md 5.3 [sdk M]. */
const fields = '+inventory_quantity,*product,*options,*options.option,*prices'

/**
 * What the shop offers, a row for each variant, by number so that pages keep still. `quantity` is what the shop tells of all its locations
 * together; it is 0 where it manages no stock. Source: own-site.md 5.3 [sdk M].
 */
export const pullProducts: ChannelOperations<Credentials>['products.pull'] = async (account, cursor) => {
  const offset = Number(cursor ?? 0)
  const query = { fields, order: 'id', limit: String(perPage), offset: String(offset) }
  const value = await ask(account, {
    operation: 'products.pull',
    method: 'GET',
    path: '/product-variants',
    query,
    isWrite: false,
  })
  const { variants, count } = parsed(VariantsAnswer, value, { what: 'list', isWrite: false })
  const end = offset + variants.length
  return {
    rows: variants.filter(isOfProduct).map(toListing),
    total: null,
    next: variants.length > 0 && end < count ? String(end) : null,
  }
}

const itemNoOf = ({ product_id, product }: VariantPayload) => product_id || product?.id || ''

/** A variant whose product is gone is nothing that could be sold. */
function isOfProduct(variant: VariantPayload): boolean {
  return itemNoOf(variant) !== ''
}

function toListing(variant: VariantPayload): Listing {
  const { product } = variant
  return {
    channelItemNo: itemNoOf(variant),
    channelSkuNo: variant.id,
    merchantCode: variant.sku || null,
    barcode: variant.barcode || null,
    title: product?.title || variant.title,
    specification: specificationText(variant.options.map(({ option, value }) => [option, value])),
    imageUrl: variant.thumbnail || product?.thumbnail || null,
    priceFen: fen(priceOf(variant)),
    quantity: variant.inventory_quantity,
    isOnSale: product?.status === 'published',
    modifiedAt: variant.updated_at === null ? null : isoText(variant.updated_at),
  }
}

/** The price in yuan where there is one, else the first; 0 where none is set. */
function priceOf({ prices }: VariantPayload): number {
  const price = prices.find(({ currency_code }) => currency_code.toLowerCase() === 'cny') ?? prices[0]
  return price?.amount ?? 0
}
