import type { FaultPlayer } from '../../aid/faults.ts'
import { type Asked, html, json, type Reply } from '../../aid/http.ts'
import type { Counts } from '../../simulator.ts'
import { type Fault, fault, faultJson, isFault } from './answers.ts'
import type { Gate } from './auth.ts'
import { page, troubleOf } from './breakage.ts'
import type { Twist } from './calls/call.ts'
import type { Row } from './fields.ts'
import type { Order } from './model.ts'
import { mergeMetadata } from './moves.ts'
import { findRoute, type Route } from './routes.ts'
import { alter, onPaper, type Shop } from './shop.ts'

/** The way into the admin API. */
export interface Door {
  readonly answer: (asked: Asked) => Reply
  readonly counts: () => Pick<Counts, 'calls' | 'violations' | 'refused'>
  /** What was only said to be done is forgotten, since another plan of faults holds. */
  readonly dropPaper: () => void
  readonly forget: () => void
}

interface Desk {
  /** The shop as it stands now; a reset opens another. */
  readonly shop: () => Shop
  readonly gate: Gate
  readonly faults: FaultPlayer
  /** What lies are told on, so that a second call may go on where the first one pretended to begin. */
  paper: Shop | null
  calls: Record<string, number>
  refused: Record<string, number>
  violations: number
}

export function openDoor(around: Pick<Desk, 'shop' | 'gate' | 'faults'>): Door {
  const desk: Desk = { ...around, paper: null, calls: {}, refused: {}, violations: 0 }
  return {
    answer: (asked) => answer(desk, asked),
    counts: () => ({ calls: { ...desk.calls }, refused: { ...desk.refused }, violations: desk.violations }),
    dropPaper: () => {
      desk.paper = null
    },
    forget: () => Object.assign(desk, { paper: null, calls: {}, refused: {}, violations: 0 }),
  }
}

/** In the order in which a call meets them: the host, the gate, the call itself, the way back. */
function answer(desk: Desk, asked: Asked): Reply {
  if (asked.path === '/auth/user/emailpass')
    return answered(desk, 'auth.emailpass', () => desk.gate.signIn(bodyOf(asked)))
  const route = findRoute(asked.method, asked.path)
  const operation = route?.operation ?? 'unknown'
  return answered(desk, operation, () => {
    if (desk.faults.strikes('expire', operation)) throw fault('unauthorized', 'Unauthorized')
    desk.gate.mayPass(asked)
    return route ? called(desk, route, asked) : null
  })
}

/** Null is a path that there is not. */
function answered(desk: Desk, operation: string, work: () => Row | null): Reply {
  desk.calls[operation] = (desk.calls[operation] ?? 0) + 1
  const trouble = troubleOf(desk.faults, operation)
  if (trouble) return trouble
  try {
    const given = work()
    if (given === null) return html(page('Cannot find this path'), 404)
    return isLost(desk, operation) ? { kind: 'cut' } : json(given)
  } catch (error) {
    if (!isFault(error)) throw error
    return refuse(desk, error)
  }
}

function called(desk: Desk, route: Route, asked: Asked): Row {
  const isLie = asked.method !== 'GET' && desk.faults.strikes('lie', route.operation)
  if (isLie) desk.paper ??= onPaper(desk.shop())
  return route.answer({
    shop: isLie ? desk.paper! : desk.shop(),
    path: route.path.exec(asked.path)!.slice(1),
    search: asked.query,
    body: asked.method === 'GET' ? {} : bodyOf(asked),
    twist: twistOf(desk),
  })
}

const writes = /\.(?:update|complete|cancel|archive|create|deliver|refund|batch)$/

/**
 * Whether the answer to a write gets lost. Packing is only the first half of a shipment, so a plan that names no operations spares it and
 * strikes where the parcel is handed over.
 */
function isLost({ faults }: Desk, operation: string): boolean {
  if (!writes.test(operation)) return false
  const isNamed = faults.plan().faults.some(({ operations }) => operations?.includes(operation))
  return (operation !== 'fulfillments.create' || isNamed) && faults.strikes('drop-after-apply', operation)
}

function bodyOf({ body }: Asked): unknown {
  if (body.length === 0) return {}
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw fault('invalid_data', 'Unexpected token in JSON')
  }
}

function twistOf({ faults, shop }: Desk): Twist {
  return {
    hides: (order) => faults.strikesFor('hide', order.id, 'orders.list'),
    rows: (orders) => {
      const [first] = orders
      const doubled = first && faults.strikes('duplicate', 'orders.list') ? [...orders, first] : orders
      return faults.strikes('reorder', 'orders.list') ? faults.chance().shuffled(doubled) : doubled
    },
    onMore: (last) => {
      if (faults.strikes('shift', 'orders.list')) alter(shop(), last.id, { change: hurry })
    },
  }
}

/** The buyer adds a word, so the order moves to the end of the list while its pages are read. */
function hurry(order: Order): Order {
  const { note } = order.metadata
  return mergeMetadata(order, { note: typeof note === 'string' ? `${note}。催一下` : '催一下' })
}

/** Counted by its type; a page beyond a hundred also breaks a limit. */
function refuse(desk: Desk, error: Fault): Reply {
  desk.refused[error.type] = (desk.refused[error.type] ?? 0) + 1
  if (error.breaksLimit) desk.violations += 1
  return json(faultJson(error), error.status)
}
