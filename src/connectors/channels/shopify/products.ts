import type { Listing } from '../../../core/channel/shapes.ts'
import { isoText } from '../../../core/time/instant.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { ask } from './call.ts'
import type { Credentials } from './manifest.ts'
import { minorUnits } from './money.ts'
import { strange } from './nonsense.ts'
import { told } from './orders.ts'
import { type VariantPayload, VariantsData } from './payload.ts'
import { variantsPerPage, variantsQuery } from './queries.ts'
import { noChoice } from './to-order.ts'

/** What the shop offers, one row a variant, 50 a page. The query [assumed], since the sheet names only the right to read products. */
export const pullProducts: ChannelOperations<Credentials>['products.pull'] = async (account, cursor) => {
  const variables = { first: variantsPerPage, after: cursor }
  const call = { operation: 'products.pull', query: variantsQuery, variables, isWrite: false }
  const { productVariants } = await ask(account, call, VariantsData)
  const { hasNextPage, endCursor } = productVariants.pageInfo
  if (hasNextPage && (!endCursor || endCursor === cursor)) throw strange(call, 'endCursor 没有前进')
  const rows = productVariants.nodes.map((variant) => told(() => toListing(variant)))
  return { rows, total: null, next: hasNextPage ? endCursor! : null }
}

/** A listing's price has no currency of its own; it is the shop's, read in hundredths. */
function toListing(variant: VariantPayload): Listing {
  const { product } = variant
  return {
    channelItemNo: product.id,
    channelSkuNo: variant.id,
    merchantCode: variant.sku === '' ? null : variant.sku,
    barcode: variant.barcode === '' ? null : variant.barcode,
    title: product.title,
    specification: specificationOf(variant),
    imageUrl: product.featuredMedia,
    priceFen: minorUnits(variant.price, 'CNY'),
    quantity: variant.inventoryQuantity,
    isOnSale: product.status === 'ACTIVE',
    modifiedAt: variant.updatedAt === null ? null : isoText(variant.updatedAt),
  }
}

/** What can be chosen, `颜色:白;尺寸:1.8m`. */
function specificationOf({ selectedOptions, title }: VariantPayload): string {
  const chosen = selectedOptions.filter(({ value }) => value !== noChoice)
  if (selectedOptions.length === 0) return title === noChoice ? '' : title
  return chosen.map(({ name, value }) => `${name}:${value}`).join(';')
}
