import { withStatus } from '../acts.ts'
import type { Order } from '../model.ts'
import { changeNote, pay, setMeta } from '../moves.ts'
import { orderJson } from '../order-json.ts'
import { type Params, paramsOf } from '../params.ts'
import { type Answer, invalidParam, noOrder, restFault } from '../rest.ts'
import { alter, type Shop } from '../shop.ts'
import { batch } from './batch.ts'
import { type Call, cut, orderOf, type Paging, pageAnswer, pagingOf } from './call.ts'

/** The core's statuses. Source: own-site.md 2.2. */
const coreStatuses = [
  'pending',
  'processing',
  'on-hold',
  'completed',
  'cancelled',
  'refunded',
  'failed',
  'checkout-draft',
]

function statusesOf({ settings }: Shop): readonly string[] {
  return settings.partialShipped ? [...coreStatuses, 'partial-shipped'] : coreStatuses
}

const endOfTime = Number.MAX_SAFE_INTEGER

/** A span of time with both ends left out. That a time filter leaves its own second out is [assumed] from its name, "after". */
interface Between {
  readonly after: number
  readonly before: number
}

interface Wanted {
  readonly paging: Paging
  readonly orderBy: 'date' | 'id' | 'include' | 'title' | 'slug' | 'modified'
  readonly isDescending: boolean
  readonly created: Between
  readonly modified: Between
  /** Null for every listed order; the trash is shown only where it is named. */
  readonly shows: ((order: Order) => boolean) | null
  readonly wantsTrash: boolean
}

/** GET /orders. Source: own-site.md 2.2 [doc W]. */
export function listOrders(call: Call): Answer {
  const { shop, params, twist } = call
  const wanted = wantedOf(call)
  const { total, rows: found } = pageOf(shop, wanted)
  const rows = found.filter((order) => !twist.hides(order))
  const last = rows.at(-1)
  const { offset, perPage } = wanted.paging
  if (last && offset + perPage < total) twist.onMore(last)
  const dp = decimalsOf(params)
  const shown = twist.rows(rows).map((order) => orderJson(shop, order, dp))
  return pageAnswer(call, wanted.paging, { rows: shown, total })
}

function wantedOf(call: Call): Wanted {
  const { shop, params } = call
  const paging = pagingOf(call)
  const isGmt = params.flag('dates_are_gmt', false)
  const between = (prefix: string): Between => ({
    after: params.time(`${prefix}after`, { isGmt }) ?? 0,
    before: params.time(`${prefix}before`, { isGmt }) ?? endOfTime,
  })
  const statuses = params.list('status') ?? ['any']
  const known = ['any', 'trash', ...statusesOf(shop)]
  if (!statuses.every((status) => known.includes(status))) {
    throw invalidParam('status', `status[0] is not one of ${known.join(', ')}.`)
  }
  return {
    paging,
    orderBy: params.choice('orderby', ['date', 'id', 'include', 'title', 'slug', 'modified']),
    isDescending: params.choice('order', ['desc', 'asc']) === 'desc',
    created: between(''),
    modified: between('modified_'),
    shows: filterOf(params, statuses),
    wantsTrash: statuses.includes('trash'),
  }
}

/** Null where nothing but time chooses. */
function filterOf(params: Params, statuses: readonly string[]): Wanted['shows'] {
  const [include, exclude] = [params.ids('include'), params.ids('exclude')]
  const [customer, product] = [params.ids('customer'), params.ids('product')]
  const search = params.text('search')
  const tests: ((order: Order) => boolean)[] = [
    ...(statuses.includes('any') ? [] : [({ status }: Order) => statuses.includes(status)]),
    ...(include ? [({ id }: Order) => include.has(id)] : []),
    ...(exclude ? [({ id }: Order) => !exclude.has(id)] : []),
    ...(customer ? [({ customerId }: Order) => customer.has(customerId)] : []),
    ...(product
      ? [({ lines }: Order) => lines.some(({ itemId, goodId }) => product.has(itemId) || product.has(goodId))]
      : []),
    ...(search ? [(order: Order) => hasText(order, search)] : []),
  ]
  return tests.length === 0 ? null : (order) => tests.every((test) => test(order))
}

function hasText({ id, receiver, lines }: Order, text: string): boolean {
  const fields = [String(id), receiver.name, receiver.phone, receiver.address, ...lines.map(({ name }) => name)]
  return fields.some((field) => field.includes(text))
}

interface Found {
  readonly rows: readonly Order[]
  readonly total: number
}

const isBetween = (at: number, { after, before }: Between) => at > after && at < before
const isEverything = ({ after, before }: Between) => after === 0 && before === endOfTime

/** A page of a time's own order is cut out of the sorted orders; anything else is looked for among all. */
function pageOf(shop: Shop, wanted: Wanted): Found {
  const { orderBy, created, modified, shows, paging, isDescending } = wanted
  const isByModified = orderBy === 'modified'
  const isPlain =
    (isByModified || orderBy === 'date') && shows === null && isEverything(isByModified ? created : modified)
  if (!isPlain) {
    const rows = search(shop, wanted)
    return { rows: cut(rows, paging), total: rows.length }
  }
  const sorted = isByModified ? shop.orders.byModified : shop.orders.byCreated
  const { after, before } = isByModified ? modified : created
  const [from, to] = sorted.span(after + 1, before - 1)
  const total = Math.max(0, to - from)
  const many = Math.max(0, Math.min(paging.perPage, total - paging.offset))
  const positions = Array.from({ length: many }, (_, place) => paging.offset + place)
  return { total, rows: positions.map((place) => sorted.at(isDescending ? to - 1 - place : from + place)) }
}

function search(shop: Shop, { orderBy, isDescending, created, modified, shows, wantsTrash }: Wanted): readonly Order[] {
  const { byModified } = shop.orders
  const [from, to] = byModified.span(modified.after + 1, modified.before - 1)
  const listed = Array.from({ length: Math.max(0, to - from) }, (_, place) => byModified.at(from + place))
  const trash = wantsTrash
    ? [...shop.orders.all()].filter(({ status, isDeleted }) => status === 'trash' && !isDeleted)
    : []
  const found = [...listed, ...trash].filter(
    (order) => isBetween(order.createdAt, created) && isBetween(order.modifiedAt, modified) && (shows?.(order) ?? true),
  )
  const numberOf = (order: Order) => {
    if (orderBy === 'modified') return order.modifiedAt
    return orderBy === 'date' ? order.createdAt : order.id
  }
  return found.sort((a, b) => (numberOf(a) - numberOf(b) || a.id - b.id) * (isDescending ? -1 : 1))
}

function decimalsOf(params: Params): number {
  return params.whole('dp', { least: 0, most: 8, usual: 2 })
}

/** GET /orders/{id}; one in the trash is still found by its id. */
export function getOrder(call: Call): Answer {
  return { body: orderJson(call.shop, orderOf(call), decimalsOf(call.params)) }
}

/** PUT /orders/{id}: status, note, memo fields, payment. Source: own-site.md 2.3. Other fields are passed over. */
export function updateOrder(call: Call): Answer {
  const { id } = orderOf(call)
  return { body: orderJson(call.shop, update(call.shop, id, call.params)) }
}

function update(shop: Shop, id: number, params: Params): Order {
  const status = params.text('status').replace(/^wc-/, '')
  const known = statusesOf(shop)
  if (status !== '' && !known.includes(status))
    throw invalidParam('status', `status is not one of ${known.join(', ')}.`)
  const note = params.given('customer_note')
  const meta = metaEntries(params.given('meta_data'))
  const isPaid = params.flag('set_paid', false)
  const transactionId = params.text('transaction_id')

  const after = alter(shop, id, (before, at) => {
    const noted = typeof note === 'string' ? (changeNote(before, note) ?? before) : before
    const marked = meta.reduce<Order>((order, entry) => setMeta(order, entry, shop.nextNumber('meta')), noted)
    const paid = isPaid ? (pay(marked, at, transactionId) ?? marked) : marked
    return status === '' ? paid : withStatus(shop, paid, status)
  })
  if (!after) throw noOrder()
  return after
}

function metaEntries(given: unknown): readonly { id: number | null; key: string; value: unknown }[] {
  if (given === undefined) return []
  if (!Array.isArray(given)) throw invalidParam('meta_data', 'meta_data is not of type array.')
  return given.map((entry: unknown) => {
    const { id, key = '', value = null } = Object(entry) as { id?: unknown; key?: unknown; value?: unknown }
    if (typeof key !== 'string') throw invalidParam('meta_data', 'meta_data[0][key] is not of type string.')
    return { id: typeof id === 'number' ? id : null, key, value }
  })
}

/** DELETE /orders/{id}: into the trash, or with `force` gone for good. */
export function deleteOrder(call: Call): Answer {
  const { id } = orderOf(call)
  return { body: orderJson(call.shop, remove(call.shop, id, call.params.flag('force', false))) }
}

function remove(shop: Shop, id: number, isForGood: boolean): Order {
  const before = shop.orders.get(id)
  if (!before || before.isDeleted) throw noOrder()
  if (before.status === 'trash' && !isForGood) {
    throw restFault(410, 'woocommerce_rest_already_trashed', 'The order has already been deleted.')
  }
  alter(shop, id, (order) => ({ ...order, status: 'trash', isDeleted: isForGood }))
  return before
}

/** POST /orders/batch. Orders are not made by it here. */
export function batchOrders(call: Call): Answer {
  const { shop } = call
  return batch(call, {
    update: (id, fields) => orderJson(shop, update(shop, id, paramsOf(new URLSearchParams(), fields))),
    delete: (id) => orderJson(shop, remove(shop, id, false)),
  })
}
