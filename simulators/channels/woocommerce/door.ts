import type { FaultPlayer } from '../../aid/faults.ts'
import { readForm } from '../../aid/form.ts'
import { type Asked, html, type Reply } from '../../aid/http.ts'
import type { Counts, FaultKind } from '../../simulator.ts'
import { type Gate, mayPass } from './auth.ts'
import type { Call, Twist } from './calls/call.ts'
import type { Order } from './model.ts'
import { changeNote } from './moves.ts'
import { paramsOf } from './params.ts'
import { type Answer, faultJson, isRestFault, noRoute, type RestFault, restFault } from './rest.ts'
import { findRoute, type Route } from './routes.ts'
import { alter, onPaper, type Shop } from './shop.ts'

/** The way into the site's REST interface. */
export interface Door {
  readonly answer: (asked: Asked) => Reply
  readonly counts: () => Pick<Counts, 'calls' | 'violations' | 'refused'>
  readonly forget: () => void
}

interface Desk {
  /** The shop as it stands now; a reset opens another. */
  readonly shop: () => Shop
  readonly gate: Gate
  readonly faults: FaultPlayer
  calls: Record<string, number>
  refused: Record<string, number>
  violations: number
}

export function openDoor(around: Pick<Desk, 'shop' | 'gate' | 'faults'>): Door {
  const desk: Desk = { ...around, calls: {}, refused: {}, violations: 0 }
  return {
    answer: (asked) => answer(desk, asked),
    counts: () => ({ calls: { ...desk.calls }, refused: { ...desk.refused }, violations: desk.violations }),
    forget: () => {
      desk.gate.forget()
      desk.calls = {}
      desk.refused = {}
      desk.violations = 0
    },
  }
}

/** In the order in which a call meets them: the host, the gate, the call itself, the way back. */
function answer(desk: Desk, asked: Asked): Reply {
  const shop = desk.shop()
  const path = pathOf(shop, asked)
  const route = path === null ? undefined : findRoute(shop.settings, asked.method, path)
  if (!route || path === null) return refuse(desk, noRoute())

  const { operation } = route
  desk.calls[operation] = (desk.calls[operation] ?? 0) + 1
  const trouble = troubleOf(desk.faults, operation)
  if (trouble) return trouble
  try {
    letIn(desk, route, asked)
    const isWrite = asked.method !== 'GET'
    const isLie = isWrite && desk.faults.strikes('lie', operation)
    const given = route.answer(callOf(desk, { asked, path, route, shop: isLie ? onPaper(shop) : shop }))
    if (isWrite && desk.faults.strikes('drop-after-apply', operation)) return { kind: 'cut' }
    return replyOf(given)
  } catch (fault) {
    if (!isRestFault(fault)) throw fault
    return refuse(desk, fault)
  }
}

/** The REST path of a call: with pretty permalinks below /wp-json, always in `rest_route` [assumed]. Source: own-site.md 2.1. */
function pathOf({ settings }: Shop, { path, query }: Asked): string | null {
  const route = query.get('rest_route')
  if ((path === '/' || path === '/index.php') && route !== null) return `/wp-json${route}`
  return settings.permalinks === 'pretty' && path.startsWith('/wp-json') ? path : null
}

/** A key that was revoked is nobody's. */
function letIn({ gate, faults }: Desk, { access, operation }: Route, asked: Asked): void {
  if (access === null) return
  mayPass(faults.strikes('expire', operation) ? null : gate.keyOf(asked), access)
}

interface Letting {
  readonly asked: Asked
  readonly path: string
  readonly route: Route
  readonly shop: Shop
}

function callOf(desk: Desk, { asked, path, route, shop }: Letting): Call {
  return {
    shop,
    path: route.path.exec(path)!.slice(1),
    query: asked.query,
    params: paramsOf(asked.query, bodyOf(asked)),
    address: shop.address() + asked.path,
    twist: twistOf(desk),
  }
}

/** JSON counts only where it is called JSON. */
function bodyOf(asked: Asked): Readonly<Record<string, unknown>> {
  const type = String(asked.headers['content-type'] ?? '')
  if (!type.includes('application/json')) return Object.fromEntries(readForm(asked).fields)
  if (asked.body.length === 0) return {}
  try {
    return Object(JSON.parse(asked.body.toString('utf8'))) as Readonly<Record<string, unknown>>
  } catch {
    throw restFault(400, 'rest_invalid_json', 'Invalid JSON body passed.')
  }
}

const headers = { 'content-type': 'application/json; charset=UTF-8' }
const page = (text: string) => `<!DOCTYPE html><html><head><title>${text}</title></head><body>${text}</body></html>`

/** The core knows no limits; a host or a network before it may answer in its stead. Source: own-site.md 2.1 and its examples [assumed]. */
function troubleOf(faults: FaultPlayer, operation: string): Reply | null {
  const strikes = (kind: FaultKind) => faults.strikes(kind, operation)
  if (strikes('cut')) return { kind: 'cut' }
  if (strikes('hang')) return { kind: 'hang' }
  if (strikes('throttle')) return { kind: 'answer', status: 429, headers: {}, body: '' }
  if (strikes('quota')) return usedUp
  if (strikes('busy')) return html('<html>maintenance</html>', 503)
  if (strikes('server-error'))
    return faults.chance().pick([criticalError, html(page('500 Internal Server Error'), 500)])
  if (strikes('nonsense')) {
    return faults.chance().pick([html(page('正在验证您的浏览器')), html(page('502 Bad Gateway'), 502), jsonCutShort])
  }
  return null
}

const usedUp: Reply = {
  kind: 'answer',
  status: 429,
  headers: { 'content-type': 'text/html', 'retry-after': '3600' },
  body: page('Traffic allowance used up'),
}
const criticalError: Reply = {
  kind: 'answer',
  status: 500,
  headers,
  body: JSON.stringify(
    faultJson(restFault(500, 'internal_server_error', '<p>There has been a critical error on this website.</p>')),
  ),
}
const jsonCutShort: Reply = { kind: 'answer', status: 200, headers, body: '{"id":73' }

function twistOf({ faults, shop }: Desk): Twist {
  return {
    hides: (order) => faults.strikesFor('hide', String(order.id), 'orders.list'),
    rows: (orders) => {
      const [first] = orders
      const doubled = first && faults.strikes('duplicate', 'orders.list') ? [...orders, first] : orders
      return faults.strikes('reorder', 'orders.list') ? faults.chance().shuffled(doubled) : doubled
    },
    onMore: (last) => {
      if (faults.strikes('shift', 'orders.list')) alter(shop(), last.id, hurry)
    },
  }
}

/** The buyer adds a word, so the order moves to the end of the list while its pages are read. */
function hurry(order: Order): Order | null {
  const { customerNote: note } = order
  return changeNote(order, note === '' ? '催一下' : `${note}。催一下`)
}

function replyOf({ status = 200, headers: own = {}, body }: Answer): Reply {
  return { kind: 'answer', status, headers: { ...headers, ...own }, body: JSON.stringify(body) }
}

/** Refused for what was asked, counted by its code; pages and batches beyond a hundred also break a limit of the sheet. */
function refuse(desk: Desk, fault: RestFault): Reply {
  desk.refused[fault.code] = (desk.refused[fault.code] ?? 0) + 1
  const { params } = fault.more as { readonly params?: object }
  const breaksLimit = fault.status === 413 || Object.hasOwn(params ?? {}, 'per_page')
  if (breaksLimit) desk.violations += 1
  return { kind: 'answer', status: fault.status, headers, body: JSON.stringify(faultJson(fault)) }
}
