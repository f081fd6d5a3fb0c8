import { z } from 'zod'
import type { Listing } from '../../../core/channel/shapes.ts'
import { fen } from '../../../core/money/fen.ts'
import { isoText } from '../../../core/time/instant.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { ask, type Call, parsed } from './call.ts'
import { type Credentials, perPage, type WooAccount } from './manifest.ts'
import { countsIn } from './paging.ts'
import { ProductPayload, VariationPayload } from './payload.ts'

const operation = 'products.pull'
/** Few, since each product with variations is one more call. */
const productsPerPage = 20

/**
 * What the shop offers, a row for each variation and each product without any, products by number so that pages keep still. A product whose
 * stock the shop does not manage shows 0. Source: own-site.md 2.1, 2.3 [doc]; the list's order [doc].
 */
export const pullProducts: ChannelOperations<Credentials>['products.pull'] = async (account, cursor) => {
  const pageNo = Number(cursor ?? 1)
  const { rows, pages } = await pageOf(account, '/wc/v3/products', { pageNo, size: productsPerPage })
  const products = parsed(z.array(ProductPayload), rows, { what: 'products', isWrite: false })
  const listings: Listing[] = []
  for (const product of products) {
    if (product.type === 'variable') listings.push(...(await variationsOf(account, product)))
    else if (isGoods(product)) listings.push(simpleListing(product))
  }
  return { rows: listings, total: null, next: pageNo < pages ? String(pageNo + 1) : null }
}

/** A group shows other products, an external one is sold elsewhere. */
function isGoods({ type }: ProductPayload): boolean {
  return type !== 'grouped' && type !== 'external'
}

async function variationsOf(account: WooAccount, product: ProductPayload): Promise<Listing[]> {
  const path = `/wc/v3/products/${product.id}/variations`
  const listings: Listing[] = []
  for (let pageNo = 1, pages = 1; pageNo <= pages; pageNo += 1) {
    const page = await pageOf(account, path, { pageNo, size: perPage })
    const variations = parsed(z.array(VariationPayload), page.rows, { what: 'variations', isWrite: false })
    listings.push(...variations.map((variation) => variationListing(product, variation)))
    pages = page.pages
  }
  return listings
}

async function pageOf(account: WooAccount, path: string, { pageNo, size }: { pageNo: number; size: number }) {
  const query = { page: String(pageNo), per_page: String(size), orderby: 'id', order: 'asc' }
  const call: Call = { operation, method: 'GET', path, query, isWrite: false }
  const { value, headers } = await ask(account, call)
  const rows = parsed(z.array(z.unknown()), value, { what: 'list', isWrite: false })
  return { rows, ...countsIn(headers, call) }
}

function simpleListing(product: ProductPayload): Listing {
  return {
    channelItemNo: product.id,
    channelSkuNo: '',
    merchantCode: product.sku || null,
    barcode: null,
    title: product.name,
    specification: '',
    imageUrl: product.images[0]?.src || null,
    priceFen: fen(product.price),
    quantity: product.stock_quantity,
    isOnSale: product.status === 'publish',
    modifiedAt: product.date_modified_gmt === null ? null : isoText(product.date_modified_gmt),
  }
}

function variationListing(product: ProductPayload, variation: VariationPayload): Listing {
  const { sku, price, stock_quantity, date_modified_gmt, attributes, image } = variation
  const own = { ...product, sku, price, stock_quantity, date_modified_gmt }
  return {
    ...simpleListing(own),
    channelSkuNo: variation.id,
    specification: attributes.map(({ name, option }) => `${name}:${option}`).join(';'),
    imageUrl: image?.src || product.images[0]?.src || null,
    isOnSale: product.status === 'publish' && (variation.status === 'publish' || variation.status === ''),
  }
}
