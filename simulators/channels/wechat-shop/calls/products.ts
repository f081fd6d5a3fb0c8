import { refuse } from '../errors.ts'
import { onSale, setProductStatus, takenDown } from '../goods.ts'
import { productFields } from '../product-fields.ts'
import type { Product } from '../state.ts'
import {
  type Branch,
  badArgument,
  type Call,
  type Operations,
  optionalWhole,
  reads,
  textOf,
  wholeOf,
  writes,
} from './call.ts'
import { keyFor, pageSizeOf, placeIn } from './paging.ts'

/** Source: wechat-shop.md 9. */
export const productCalls: Operations = {
  'product/list/get': reads(list),
  'product/get': reads(get),
  'product/listing': writes((call) => setStatus(call, onSale)),
  'product/delisting': writes((call) => setStatus(call, takenDown)),
}

const listName = 'product/list/get'

/** In the order in which they were made; the end shows by the total alone. */
function list({ world, body }: Call): Branch {
  const status = optionalWhole(body, 'status')
  const found = [...world.products.values()].filter((product) => status === null || product.status === status)
  const place = placeIn(listName, body)
  const skip = Number.isFinite(place) ? place : 0
  const rows = found.slice(skip, skip + pageSizeOf(world, body))
  return {
    product_ids: rows.map(({ productId }) => productId),
    next_key: keyFor(listName, body, skip + rows.length),
    total_num: found.length,
  }
}

/** An unknown product is a bad argument: the sheet names no code for it [assumed]. */
function known({ world, body }: Call): Product {
  const product = world.products.get(textOf(body, 'product_id'))
  if (product === undefined) throw refuse(badArgument)
  return product
}

/** `data_type` 1 asks for what is online, 2 for the draft, 3 for both; the draft is as what is online. */
function get(call: Call): Branch {
  const fields = productFields(call.world, known(call))
  const kind = wholeOf(call.body, 'data_type', { least: 1, most: 3, usual: 1 })
  return {
    ...(kind === 2 ? {} : { product: fields }),
    ...(kind === 1 ? {} : { edit_product: fields }),
  }
}

function setStatus(call: Call, status: number): Branch {
  const product = known(call)
  if (!call.pretend && product.status !== status) setProductStatus(call.world, product, status)
  return {}
}
