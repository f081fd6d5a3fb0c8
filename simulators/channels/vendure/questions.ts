import type { View } from './errors.ts'
import { locationFields, orderFields, productFields } from './fields.ts'
import { type Filter, type ListOptions, selected, spanOf, windowOf } from './lists.ts'
import { locations, type Order } from './model.ts'
import { goodList, goodView, productView } from './views/goods.ts'
import { orderView } from './views/order.ts'
import { channelView, locationView, settingsView, userView } from './views/shop.ts'
import { changedOrder, type World } from './world.ts'

/** What questions are put to. */
export interface Asking {
  readonly world: World
  /** Takes what happens once the answer is written. */
  readonly onDone: (happens: () => void) => void
}

interface ById {
  readonly id: string
}
interface Listed {
  readonly options?: ListOptions | null
}

/** The fields of `Query`. */
export function questionsOf(asking: Asking): View {
  const { world } = asking
  return {
    me: userView,
    activeChannel: channelView,
    globalSettings: settingsView,
    order: ({ id }: ById) => viewed(world.orders.get(numberOf(id)), (order) => orderView(world, order)),
    orders: ({ options }: Listed) => orders(asking, options ?? {}),
    product: ({ id, slug }: Partial<ById> & { readonly slug?: string }) => {
      const found =
        id === undefined
          ? [...world.products.values()].find((each) => each.slug === slug)
          : world.products.get(numberOf(id))
      return viewed(found, (product) => productView(world, product))
    },
    products: ({ options }: Listed) => products(world, options ?? {}),
    productVariant: ({ id }: ById) => viewed(world.goods.get(numberOf(id)), (good) => goodView(world, good)),
    productVariants: ({ options, productId }: Listed & { readonly productId?: string | null }) => {
      const goods = productId ? (world.products.get(numberOf(productId))?.goods ?? []) : world.goods.values()
      return goodList(world, goods, options ?? {})
    },
    stockLocation: ({ id }: ById) => locationView(id),
    stockLocations: ({ options }: Listed) => stockLocations(options ?? {}),
  }
}

/** The number behind an id; NaN, which names nothing, for what is none. */
export function numberOf(id: string): number {
  return /^\d{1,15}$/.test(id) ? Number(id) : Number.NaN
}

function viewed<Thing>(thing: Thing | undefined, view: (thing: Thing) => View): View | null {
  return thing === undefined ? null : view(thing)
}

/** `hide` leaves orders out of pages, though the total and the places of the others still hold them. */
function orders(asking: Asking, options: ListOptions): View {
  const { world } = asking
  const [from, to] = windowOf(options)
  const found = selected(candidates(world, options), options, orderFields)
  const page = found.slice(from, to).filter(({ no }) => !world.faults.strikesFor('hide', String(no), 'orders'))
  const last = page.at(-1)
  const follower = found[to]
  if (last && follower && world.faults.strikes('shift', 'orders'))
    asking.onDone(() => {
      for (const order of [last, follower]) hurry(world, order)
    })
  return { items: twisted(world, page).map((order) => orderView(world, order)), totalItems: found.length }
}

/** As few orders as the filter lets one look at. */
function candidates(world: World, options: ListOptions): Iterable<Order> {
  const named = namedBy(world, options)
  if (named !== null) return named
  const spans = [
    { list: world.byUpdated, span: spanOf(options, 'updatedAt') },
    { list: world.byPlaced, span: spanOf(options, 'orderPlacedAt') },
  ]
  const bounded = spans.find(({ span }) => span.some(Number.isFinite))
  if (bounded === undefined) return world.orders.values()
  const { list, span } = bounded
  const [start, end] = list.span(...span)
  return Array.from({ length: end - start }, (_, place) => list.at(start + place))
}

/** Orders that a filter names by id or code; null where it names none. */
function namedBy(world: World, { filter, filterOperator }: ListOptions): readonly Order[] | null {
  if (!filter || filterOperator === 'OR') return null
  const wordsOf = (field: string): readonly string[] | null => {
    const operators = filter[field] as Filter | undefined
    return typeof operators?.eq === 'string' ? [operators.eq] : ((operators?.in ?? null) as readonly string[] | null)
  }
  const ids = wordsOf('id')
  const codes = wordsOf('code')
  const found = ids?.map((id) => world.orders.get(numberOf(id))) ?? codes?.map((code) => world.byCode.get(code)) ?? null
  return found && [...new Set(found.filter((order) => order !== undefined))]
}

/** Rows as faults hand them out: one twice, in another order. */
function twisted({ faults }: World, rows: readonly Order[]): readonly Order[] {
  const [first] = rows
  const doubled = first && faults.strikes('duplicate', 'orders') ? [...rows, first] : rows
  return faults.strikes('reorder', 'orders') ? faults.chance().shuffled(doubled) : doubled
}

/** Somebody changes an order while a list is being paged. */
function hurry(world: World, order: Order): void {
  order.note = order.note === '' ? '催一下' : `${order.note}。催一下`
  changedOrder(world, order)
}

function products(world: World, options: ListOptions): View {
  const [from, to] = windowOf(options)
  const found = selected(world.products.values(), options, productFields)
  return { items: found.slice(from, to).map((product) => productView(world, product)), totalItems: found.length }
}

function stockLocations(options: ListOptions): View {
  const [from, to] = windowOf(options)
  const found = selected(locations, options, locationFields)
  return { items: found.slice(from, to).map(({ no }) => locationView(String(no))), totalItems: found.length }
}
