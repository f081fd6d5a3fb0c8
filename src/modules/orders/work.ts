import type { ChannelLine, ChannelOrder, Receiver } from '../../core/channel/shapes.ts'
import type { KnownOrder } from '../../core/order/intake.ts'
import { firstState } from '../../core/order/moves.ts'
import type { StockTakenOn } from '../../core/order/needs.ts'
import type { WorkLine, WorkOrder } from '../../core/order/settle.ts'
import type { FindingCode } from '../../core/review/findings.ts'
import type { MatchedLine } from '../catalogue/index.ts'
import type { Held } from '../inventory/index.ts'
import type { Person } from './person.ts'
import type { LineStored, Stored } from './store/read.ts'

/** A known order with everything that hangs on it. */
export interface Loaded {
  readonly stored: Stored
  readonly person: Person
  readonly lines: readonly LineStored[]
  readonly held: readonly Held[]
}

/** What we hold, in the words intake compares. */
export function knownOf({ stored, person, lines }: Loaded): KnownOrder {
  return {
    ...stored,
    isWithdrawn: stored.withdrawnAt !== null,
    receiver: person.told ?? person.receiver,
    buyerNote: person.buyerNote,
    sellerRemark: person.sellerRemark,
    lines: lines.filter((line) => line.lineStatus !== goneLine),
  }
}

/** The status of a line the channel no longer lists. */
export const goneLine = 'gone'

/** A told order on the desk: the channel's facts, our holds. `match` gives the listing and SKU of a line. */
export function workOfTold(
  order: ChannelOrder,
  known: Loaded | null,
  given: {
    readonly key: string
    readonly match: (line: ChannelLine) => MatchedLine | null
    readonly stockTakenOn: StockTakenOn
    readonly receiver: Receiver
  },
): WorkOrder {
  const before = new Map(known?.lines.map((line) => [line.channelLineNo, line]))
  const lines = order.lines.map((line) =>
    workLineOfTold(line, given.match(line), {
      before: before.get(line.channelLineNo) ?? null,
      held: known?.held ?? [],
    }),
  )
  const told = new Set(order.lines.map((line) => line.channelLineNo))
  const gone = (known?.lines ?? [])
    .filter((line) => !told.has(line.channelLineNo))
    .map((line) => ({
      ...workLineOfStored(line, known?.held ?? []),
      refundedQuantity: line.quantity,
      refundState: 'closed' as const,
    }))
  return {
    key: given.key,
    state: known?.stored.state ?? firstState(order.status),
    isNew: known === null,
    heldByPerson: known !== null && known.stored.state === 'held' && known.stored.holdReason !== null,
    status: order.status,
    refundState: order.orderRefundState,
    cancelRequested: order.cancelRequested,
    mayShipNow: order.mayShipNow,
    paidFen: order.paidTotalFen,
    currency: order.currency,
    buyerNote: order.buyerNote ?? '',
    sellerRemark: order.sellerRemark ?? '',
    receiver: receiverFacts(given.receiver),
    warnings: order.warnings,
    stockTakenOn: given.stockTakenOn,
    warehouseId: known?.stored.warehouseId ?? null,
    isPartial: known?.stored.extra.isPartial ?? false,
    lines: [...lines, ...gone],
    overruled: new Set((known?.stored.extra.overruled ?? []) as FindingCode[]),
    since: Date.parse(order.paidAt ?? order.createdAt),
  }
}

function workLineOfTold(
  line: ChannelLine,
  matched: MatchedLine | null,
  known: { readonly before: LineStored | null; readonly held: readonly Held[] },
): WorkLine {
  const { before } = known
  const ours = before?.shippedQuantity ?? 0
  return {
    key: line.channelLineNo,
    title: line.title,
    skuId: matched?.skuId ?? null,
    skuCode: matched?.skuCode ?? null,
    quantity: line.quantity,
    paidFen: line.paidFen,
    refundState: line.refundState,
    refundedQuantity: line.refundedQuantity,
    refundedFen: line.refundedFen,
    shippedQuantity: Math.max(line.shippedQuantity, ours),
    held: before === null ? 0 : heldBy(before.id, known.held),
    leftElsewhere:
      before === null ? 0 : Math.max(0, line.shippedQuantity - Math.max(before.channelShippedQuantity, ours)),
  }
}

/** An order as it stands on the desk, for a fresh review or an approval. */
export function workOfStored({ stored, person, lines, held }: Loaded, stockTakenOn: StockTakenOn): WorkOrder {
  return {
    ...stored,
    isPartial: stored.extra.isPartial,
    key: String(stored.id),
    isNew: false,
    heldByPerson: stored.state === 'held' && stored.holdReason !== null,
    buyerNote: person.buyerNote ?? '',
    sellerRemark: person.sellerRemark ?? '',
    receiver: receiverFacts(person.receiver),
    warnings: stored.extra.warnings,
    stockTakenOn,
    lines: lines.map((line) => workLineOfStored(line, held)),
    overruled: new Set(stored.extra.overruled as FindingCode[]),
    since: stored.paidAt ?? stored.createdAt,
  }
}

function workLineOfStored(line: LineStored, held: readonly Held[]): WorkLine {
  return {
    ...line,
    key: line.channelLineNo,
    shippedQuantity: Math.max(line.channelShippedQuantity, line.shippedQuantity),
    held: heldBy(line.id, held),
    leftElsewhere: 0,
  }
}

const heldBy = (lineId: number, held: readonly Held[]) =>
  held.reduce((sum, hold) => (hold.lineId === lineId ? sum + hold.quantity : sum), 0)

function receiverFacts({ name, phone, raw, standard, privacy }: Receiver): WorkOrder['receiver'] {
  return {
    name,
    phone,
    province: standard.province,
    city: standard.city,
    district: standard.district,
    address: raw.address,
    privacy,
  }
}
