import type { z } from 'zod'
import type { Listing } from '../../../core/channel/shapes.ts'
import { isoText } from '../../../core/time/instant.ts'
import type { Page } from '../../../kit/channel.ts'
import type { Account } from '../../../kit/plug.ts'
import { ask, nonsense, parsed } from './call.ts'
import { type Credentials, perPage } from './manifest.ts'
import { ProductList, type ProductPayload } from './payload.ts'

/**
 * What the site offers, one row per SKU, 100 a page. An extension of our own contract [assumed]: the sheet names no product list; a site
 * without it answers 404, which is CHANNEL_MISCONFIGURED.
 */
export async function pullProducts(account: Account<Credentials>, cursor: string | null): Promise<Page<Listing>> {
  const path = `/oms/v1/products?cursor=${encodeURIComponent(cursor ?? '')}&limit=${perPage}`
  const call = { operation: 'products.pull', method: 'GET', path, body: null, namesOrder: false } as const
  const answer = parsed(ProductList, await ask(account, call), 'answer')
  if (answer.next_cursor !== null && answer.next_cursor === cursor) throw nonsense('next_cursor 没有前进')
  return { rows: answer.products.map(toListing), total: null, next: answer.next_cursor }
}

/** Orders name goods by SKU alone, so the listing does too; the site's product id is only its own way to its page. */
function toListing(product: z.output<typeof ProductPayload>): Listing {
  return {
    channelItemNo: product.sku,
    channelSkuNo: product.sku,
    merchantCode: product.sku,
    barcode: null,
    title: product.name,
    specification: product.spec,
    imageUrl: product.image || null,
    priceFen: product.price,
    quantity: product.available,
    isOnSale: product.on_sale,
    modifiedAt: product.modified_at === null ? null : isoText(product.modified_at),
  }
}
