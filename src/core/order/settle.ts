import type { ChannelStatus, OrderRefundState } from '../channel/words.ts'
import { type Claim, type Lack, type Reservation, reserve, type Shelf, stockKey } from '../inventory/reserve.ts'
import { evaluate, neverOverruled, type ReadyRule } from '../review/evaluate.ts'
import { type Finding, type FindingCode, findingCodes } from '../review/findings.ts'
import type { ReviewFacts, ReviewOrder } from '../review/rule.ts'
import type { Stop } from './intake.ts'
import { move, type OrderDeed, type OrderState, stateFacts } from './moves.ts'
import { holdsStock, type LineFacts, piecesToShip, type StockTakenOn } from './needs.ts'

export interface WorkLine extends LineFacts {
  /** The channel's line number; unique in its order. */
  readonly key: string
  readonly title: string
  readonly skuId: number | null
  readonly skuCode: string | null
  /** Pieces held for it now, at the order's warehouse. */
  readonly held: number
  /** Pieces that left by the channel's back office since we last looked. */
  readonly leftElsewhere: number
}

/** An order on the desk, new or known, with all that is needed to decide about it. */
export interface WorkOrder {
  readonly key: string
  readonly state: OrderState
  readonly isNew: boolean
  /** True while a person holds it (挂起): rules do not take it back. */
  readonly heldByPerson: boolean
  readonly status: ChannelStatus
  readonly refundState: OrderRefundState
  readonly cancelRequested: boolean
  readonly mayShipNow: boolean
  readonly paidFen: number
  readonly currency: string
  readonly buyerNote: string
  readonly sellerRemark: string
  readonly receiver: ReviewOrder['receiver']
  readonly warnings: readonly string[]
  readonly stockTakenOn: StockTakenOn
  readonly warehouseId: number | null
  /** True while only what it holds is to leave (部分发货): what is short waits and stops nothing. */
  readonly isPartial: boolean
  readonly lines: readonly WorkLine[]
  /** Findings a person looked at and let pass. */
  readonly overruled: ReadonlySet<FindingCode>
  /** When it was paid or, before that, placed (epoch ms): who came first is served first. */
  readonly since: number
}

/** What is asked of an order: what its channel told, a fresh review, or a person's approval; `partial` lets it leave with what there is. */
export type Ask =
  | { readonly kind: 'told'; readonly deed: OrderDeed | null; readonly stops: Stop | null }
  | { readonly kind: 'review' }
  | { readonly kind: 'approve'; readonly overrule: boolean; readonly partial?: boolean }

export interface World {
  readonly shelves: ReadonlyMap<string, Shelf>
  /** Warehouses for an order, best first. */
  readonly placesFor: (order: WorkOrder) => readonly number[]
  readonly rules: readonly ReadyRule[]
  readonly twinOf: (order: WorkOrder) => ReviewFacts['twin']
  readonly autoApprove: boolean
}

/** Pieces of one line at one place. */
export interface Hold {
  readonly lineKey: string
  readonly skuId: number
  readonly warehouseId: number
  readonly quantity: number
}

/** What becomes of an order: its moves in order, what speaks against it, and which pieces are let go, held, or gone. */
export interface Settlement {
  readonly state: OrderState
  readonly deeds: readonly OrderDeed[]
  readonly findings: readonly Finding[]
  readonly warehouseId: number | null
  readonly isPartial: boolean
  readonly released: readonly Hold[]
  readonly held: readonly Hold[]
  readonly left: readonly Hold[]
}

/** Settles a batch together (占用与审单): pieces go to whoever paid first, then each order is reviewed. Nothing is changed; the outcome says what must be. */
export function settle(
  asked: readonly { readonly order: WorkOrder; readonly ask: Ask }[],
  world: World,
): Map<string, Settlement> {
  const plans = asked.map(({ order, ask }) => plan(order, ask))
  const shelves = new Map(world.shelves)
  for (const { left, released } of plans) {
    for (const hold of left) change(shelves, hold, { onHand: -hold.quantity, reserved: -hold.quantity })
    for (const hold of released) change(shelves, hold, { onHand: 0, reserved: -hold.quantity })
  }
  const claims = plans
    .filter((p) => p.claims.length > 0)
    .sort((a, b) => a.order.since - b.order.since || (a.order.key < b.order.key ? -1 : 1))
  const reservations = reserve(
    claims.map((p) => claimOf(p, world)),
    shelves,
  )
  return new Map(plans.map((p) => [p.order.key, conclude(p, reservations.get(p.order.key) ?? null, world)]))
}

interface Plan {
  readonly order: WorkOrder
  readonly ask: Ask
  readonly deeds: readonly OrderDeed[]
  readonly state: OrderState
  readonly left: readonly Hold[]
  readonly released: readonly Hold[]
  /** What is wanted anew; empty when the order keeps what it holds or wants nothing. */
  readonly claims: Claim['needs']
  readonly takesPart: boolean
  /** What it keeps holding is less than it needs, and that is wanted so. */
  readonly isPartial: boolean
}

function plan(order: WorkOrder, ask: Ask): Plan {
  const told = ask.kind === 'told' ? ask.deed : null
  const moved = told === null ? null : move(order.state, told)
  const state = moved ?? order.state
  const deeds = told !== null && moved !== null ? [told] : []

  const left = order.lines.flatMap((line) =>
    holdOf(order, line, told === 'ship-elsewhere' ? line.held : Math.min(line.held, line.leftElsewhere)),
  )
  const stillHeld = (line: WorkLine) => line.held - (left.find((hold) => hold.lineKey === line.key)?.quantity ?? 0)
  const wants = stateFacts[state].isOpen && holdsStock(order.status, order.stockTakenOn)
  const needs = wants
    ? order.lines.flatMap((line) =>
        line.skuId !== null && piecesToShip(line) > 0
          ? [{ lineKey: line.key, skuId: line.skuId, quantity: piecesToShip(line) }]
          : [],
      )
    : []

  const takesPart = ask.kind === 'approve' ? ask.partial === true : order.isPartial
  const needOf = (line: WorkLine) => needs.find((need) => need.lineKey === line.key)?.quantity ?? 0
  const isServed = order.lines.every((line) =>
    takesPart && ask.kind !== 'approve' ? stillHeld(line) <= needOf(line) : stillHeld(line) === needOf(line),
  )
  const released = isServed ? [] : order.lines.flatMap((line) => holdOf(order, line, stillHeld(line)))
  const isPartial = takesPart && order.lines.some((line) => stillHeld(line) < needOf(line))
  return { order, ask, deeds, state, left, released, claims: isServed ? [] : needs, takesPart, isPartial }
}

function holdOf(order: WorkOrder, line: WorkLine, quantity: number): Hold[] {
  if (quantity <= 0 || line.skuId === null || order.warehouseId === null) return []
  return [{ lineKey: line.key, skuId: line.skuId, warehouseId: order.warehouseId, quantity }]
}

function change(shelves: Map<string, Shelf>, hold: Hold, by: Shelf): void {
  const key = stockKey(hold.skuId, hold.warehouseId)
  const shelf = shelves.get(key) ?? { onHand: 0, reserved: 0 }
  shelves.set(key, { onHand: shelf.onHand + by.onHand, reserved: shelf.reserved + by.reserved })
}

function claimOf(p: Plan, world: World): Claim {
  const places = world.placesFor(p.order)
  const held = p.order.warehouseId
  // Pieces already held somewhere stay there when they can: a parcel may be in the making.
  const warehouses =
    held !== null && places.includes(held) ? [held, ...places.filter((place) => place !== held)] : places
  return { orderKey: p.order.key, needs: p.claims, warehouses, takesPart: p.takesPart }
}

function conclude(p: Plan, reservation: Reservation | null, world: World): Settlement {
  const served = reservation?.kind === 'reserved' ? reservation : null
  const missing = reservation?.kind === 'short' ? reservation.missing : []
  const warehouseId =
    served?.warehouseId ?? (p.order.warehouseId !== null ? p.order.warehouseId : (world.placesFor(p.order)[0] ?? null))
  const held = served ? served.holds.map((need) => ({ ...need, warehouseId: served.warehouseId })) : []
  const isPartial = p.claims.length > 0 ? (served?.missing.length ?? 0) > 0 : p.isPartial
  return { ...judge(p, missing, world), warehouseId, isPartial, released: p.released, held, left: p.left }
}

/** The review and the moves that follow from it. */
function judge(p: Plan, missing: readonly Lack[], world: World): Pick<Settlement, 'state' | 'deeds' | 'findings'> {
  const { order, ask } = p
  const stays = { state: p.state, deeds: p.deeds, findings: [] as readonly Finding[] }
  if (!stateFacts[p.state].isOpen || p.state === 'unpaid') return stays

  const overruled = ask.kind === 'approve' && ask.overrule ? everything : order.overruled
  const found = evaluate(
    reviewOf(order),
    { missing: missing.map((lack) => named(lack, order)), twin: world.twinOf(order) },
    world.rules,
    overruled,
  )

  if (p.state === 'approved' || p.state === 'allocated') {
    const stop = ask.kind === 'told' ? ask.stops : null
    const firm = found.filter((finding) => (neverOverruled as readonly FindingCode[]).includes(finding.code))
    if (stop === null && firm.length === 0) return stays
    const because: Finding[] = stop === 'changed-after-approval' ? [{ code: stop, because: {} }] : []
    return { state: 'held', deeds: [...p.deeds, 'stop'], findings: [...because, ...found] }
  }
  return pass(p, found, world)
}

/** An order to review or held: on hold while anything speaks against it, else approved when that is wanted. */
function pass(p: Plan, found: readonly Finding[], world: World): Pick<Settlement, 'state' | 'deeds' | 'findings'> {
  const approves = p.ask.kind === 'approve' || (world.autoApprove && !p.order.heldByPerson)
  const freed: readonly OrderDeed[] = p.state === 'held' ? ['release'] : []
  if (p.order.heldByPerson && p.state === 'held' && p.ask.kind !== 'approve')
    return { state: 'held', deeds: p.deeds, findings: found }
  if (found.length > 0)
    return { state: 'held', deeds: p.state === 'held' ? p.deeds : [...p.deeds, 'hold'], findings: found }
  if (approves) return { state: 'approved', deeds: [...p.deeds, ...freed, 'approve'], findings: [] }
  return { state: 'to-review', deeds: [...p.deeds, ...freed], findings: [] }
}

const everything: ReadonlySet<FindingCode> = new Set(findingCodes)

function named(lack: Lack, order: WorkOrder): { sku: string; quantity: number } {
  return {
    sku: order.lines.find((line) => line.skuId === lack.skuId)?.skuCode ?? String(lack.skuId),
    quantity: lack.quantity,
  }
}

function reviewOf(order: WorkOrder): ReviewOrder {
  return {
    ...order,
    lines: order.lines.map((line) => ({ title: line.title, hasSku: line.skuId !== null, toShip: piecesToShip(line) })),
  }
}
