import { refuse } from '../errors.ts'
import { extInfo, tellExtInfo } from '../events.ts'
import { orderFields } from '../order-fields.ts'
import { isOpen, type Line, type Order } from '../state.ts'
import { rankOf, touch, type World } from '../world.ts'
import {
  type Branch,
  badArgument,
  type Call,
  type Operations,
  objectOf,
  optionalFlag,
  optionalText,
  optionalWhole,
  orderIn,
  reads,
  rowsOf,
  textOf,
  wholeOf,
  writes,
} from './call.ts'
import { keyFor, type Page, pageOf, pageSizeOf, placeIn, type Span, spanIn } from './paging.ts'

/** Lists, detail, notes and price of orders. Source: wechat-shop.md 3, 4, 6. */
export const orderCalls: Operations = {
  'order/list/get': reads(list),
  'order/search': reads(search),
  'order/get': reads(get),
  'order/merchantnotes/update': writes(note),
  'order/price/update': writes(changePrice),
}

const longestSpanDays = 7

function list({ world, body }: Call): Branch {
  const spanOf = (name: string) => spanIn(world, body, { name, days: longestSpanDays })
  const updated = spanOf('update_time_range')
  const created = spanOf('create_time_range')
  const span = updated ?? created
  if (span === null) throw refuse(badArgument)
  const status = optionalWhole(body, 'status')
  const openid = optionalText(body, 'openid')
  const rank = (order: Order) => rankOf(updated === null ? order.createdAt : order.updatedAt, order.sequence)

  const page = pageOf<Order>({
    list: updated === null ? world.ordersByCreation : world.ordersByUpdate,
    span,
    after: placeIn(listName, body),
    size: pageSizeOf(world, body),
    shows: (order) =>
      (status === null || order.status === status) &&
      (openid === '' || order.openid === openid) &&
      (created === null || isWithin(order.createdAt, created)) &&
      !world.faults.strikesFor('hide', order.orderNo, listName),
  })
  const last = page.rows.at(-1)
  const next_key = last === undefined ? optionalText(body, 'next_key') : keyFor(listName, body, rank(last))
  const order_id_list = twisted(world, page)
  if (page.hasMore && world.faults.strikes('shift', listName)) shift(world, page)
  return { order_id_list, next_key, has_more: page.hasMore }
}

const listName = 'order/list/get'

function isWithin(at: number, [from, to]: Span): boolean {
  const second = Math.floor(at / 1000)
  return second >= from && second <= to
}

/** A row twice, a page mixed: the faults that a list of numbers can have. */
function twisted({ faults }: World, { rows }: Page<Order>): readonly string[] {
  const ids = rows.map(({ orderNo }) => orderNo)
  const doubled = ids.length > 0 && faults.strikes('duplicate', listName) ? [...ids, ids[0]!] : ids
  return faults.strikes('reorder', listName) ? faults.chance().shuffled(doubled) : doubled
}

/** The last order of the page just read and the first of the page to come change before it is asked for. */
function shift(world: World, { rows, next }: Page<Order>): void {
  for (const order of [rows.at(-1), next]) {
    if (order == null) continue
    order.customerNotes = order.customerNotes === '' ? '催一下' : `${order.customerNotes}。催一下`
    touch(world, order)
  }
}

/** In search, 20 also finds 21, and 30 what is partly shipped. Source: wechat-shop.md 3. */
const alsoFound: Readonly<Record<number, readonly number[]>> = { 20: [20, 21], 30: [21, 30] }

const searchName = 'order/search'

/** `search_condition`: every part of it must fit. Newest order first [assumed]. */
function search({ world, body }: Call): Branch {
  const condition = body.search_condition === undefined ? {} : objectOf(body, 'search_condition')
  const status = optionalWhole(body, 'status')
  const asked = optionalWhole(body, 'on_aftersale_order_exist')
  const statuses = status === null ? null : (alsoFound[status] ?? [status])
  const after = placeIn(searchName, body)
  const skip = after === Number.NEGATIVE_INFINITY ? 0 : after
  const size = pageSizeOf(world, body)

  const found = [...world.orders.values()]
    .filter((order) => statuses === null || statuses.includes(order.status))
    .filter((order) => asked === null || order.afterSales.some(isOpen) === (asked === 1))
    .filter((order) => fits(order, condition))
    .filter((order) => !world.faults.strikesFor('hide', order.orderNo, searchName))
    .map(({ orderNo }) => orderNo)
    .reverse()
  return {
    [world.settings.searchField]: found.slice(skip, skip + size),
    next_key: keyFor(searchName, body, skip + size),
    has_more: found.length > skip + size,
  }
}

function fits(order: Order, condition: Branch): boolean {
  const wants = (name: string, hit: (text: string) => boolean) => {
    const text = optionalText(condition, name)
    return text === '' || hit(text)
  }
  const isReviewed = optionalFlag(condition, 'address_under_review')
  return (
    wants('title', (text) => order.lines.some(({ title }) => title.includes(text))) &&
    wants('sku_code', (text) => order.lines.some(({ sku }) => sku.merchantCode === text)) &&
    wants('user_name', (text) => order.receiver.name === text) &&
    wants('tel_number_last4', (text) => order.receiver.phone.endsWith(text)) &&
    wants('order_id', (text) => order.orderNo === text) &&
    wants('merchant_notes', (text) => order.merchantNotes.includes(text)) &&
    wants('customer_notes', (text) => order.customerNotes.includes(text)) &&
    wants('present_order_id', (text) => order.isPresent && order.orderNo === text) &&
    (isReviewed === null || (order.addressWish !== null) === isReviewed)
  )
}

const orderUnknown = 100002

function get(call: Call): Branch {
  const { world } = call
  const order = orderIn(call)
  if (world.clock.now() - order.createdAt < world.settings.detailLagMs) throw refuse(orderUnknown)
  return { order: orderFields(world, order) }
}

/** Replaces the merchant's note; an empty one takes it away. */
function note(call: Call): Branch {
  const order = orderIn(call)
  if (call.body.merchant_notes === undefined) throw refuse(badArgument)
  const notes = optionalText(call.body, 'merchant_notes')
  if (call.pretend) return {}
  order.merchantNotes = notes
  touch(call.world, order)
  tellExtInfo(call.world, order, extInfo.merchantNote)
  return {}
}

const statusRefused = 101100
const mostFen = 100_000_000

/** While it is unpaid: the freight, and new totals of whole lines. */
function changePrice(call: Call): Branch {
  const { world, body, pretend } = call
  const order = orderIn(call)
  if (order.status !== 10) throw refuse(statusRefused)
  const isFreight = optionalFlag(body, 'change_express') ?? false
  const freight = isFreight ? wholeOf(body, 'express_fee', { least: 0, most: mostFen }) : null
  const changes = (rowsOf(body, 'change_order_infos') ?? []).map((row) => ({
    line: lineIn(order, row),
    price: wholeOf(row, 'change_price', { least: 1, most: mostFen }),
  }))
  if (freight === null && changes.length === 0) throw refuse(badArgument)
  if (pretend) return {}
  if (freight !== null) order.changedFreightFen = freight
  for (const { line, price } of changes) line.changedFen = price
  touch(world, order)
  tellExtInfo(world, order, extInfo.priceChanged)
  return {}
}

function lineIn(order: Order, row: Branch): Line {
  const productId = textOf(row, 'product_id')
  const skuId = textOf(row, 'sku_id')
  const line = order.lines.find(({ sku, giftOf }) => {
    return giftOf === null && sku.product.productId === productId && sku.skuId === skuId
  })
  if (line === undefined) throw refuse(badArgument)
  return line
}
