import type { ChannelLine, ChannelOrder, Receiver } from '../channel/shapes.ts'
import type { ChannelStatus, OrderRefundState, RefundState } from '../channel/words.ts'
import { shipByOf } from './deadline.ts'
import { deedFor, firstState, move, type OrderDeed, type OrderState } from './moves.ts'

/** What we hold of an order that comes again. */
export interface KnownOrder {
  readonly state: OrderState
  /** Taken back with the import that brought it (撤销导入). */
  readonly isWithdrawn: boolean
  readonly modifiedAt: number
  readonly status: ChannelStatus
  readonly channelStatus: string
  readonly refundState: OrderRefundState
  readonly paidFen: number
  readonly refundedFen: number
  readonly mayShipNow: boolean
  readonly cancelRequested: boolean
  readonly flag: string | null
  readonly shipBy: number | null
  readonly buyerNote: string | null
  readonly sellerRemark: string | null
  readonly receiver: Receiver
  readonly lines: readonly KnownLine[]
}
export interface KnownLine {
  readonly channelLineNo: string
  readonly channelSkuNo: string
  readonly quantity: number
  readonly refundState: RefundState
  readonly refundedQuantity: number
  readonly channelShippedQuantity: number
}

/** One field that differs. Personal values are never told, only that they changed. */
export interface Change {
  readonly field: string
  readonly before: string | null
  readonly after: string | null
}

export type Intake =
  | { readonly kind: 'new'; readonly state: OrderState }
  /** Withdrawn with its import and told again: it begins anew, on the row it had. */
  | { readonly kind: 'back'; readonly state: OrderState }
  | { readonly kind: 'same' }
  | { readonly kind: 'older' }
  /** `deed` is what the channel's status asks; `stops` says that an order on its way must be stopped and why. */
  | {
      readonly kind: 'changed'
      readonly changes: readonly Change[]
      readonly deed: OrderDeed | null
      readonly stops: Stop | null
    }

/** Why an order already approved may not simply go on. */
export type Stop = 'refund-open' | 'cancel-requested' | 'platform-hold' | 'changed-after-approval'

/**
 * Decides what an order told by a channel means for us (抓单入库): new, back after its import was undone, the same, older than what we
 * have, or changed, with the fields that differ. Telling it twice, late or out of order changes nothing.
 */
export function decideIntake(known: KnownOrder | null, seen: ChannelOrder): Intake {
  if (known === null) return { kind: 'new', state: firstState(seen.status) }
  // Whatever the undone file claimed of its time counts for nothing, so this stands before the question which is older.
  if (known.isWithdrawn) return { kind: 'back', state: firstState(seen.status) }
  if (Date.parse(seen.modifiedAt) < known.modifiedAt) return { kind: 'older' }

  const changes = [...changedFields(known, seen), ...changedLines(known.lines, seen.lines)]
  if (changes.length === 0) return { kind: 'same' }
  return {
    kind: 'changed',
    changes,
    deed: deedFor(known.state, seen.status),
    stops: reasonToStop(known, seen, changes),
  }
}

function changedFields(known: KnownOrder, seen: ChannelOrder): Change[] {
  const shipBy = shipByOf(seen)
  const plain: [field: string, before: string | number | boolean | null, after: string | number | boolean | null][] = [
    ['status', known.status, seen.status],
    ['channelStatus', known.channelStatus, seen.channelStatus],
    ['refundState', known.refundState, seen.orderRefundState],
    ['paidFen', known.paidFen, seen.paidTotalFen],
    ['refundedFen', known.refundedFen, seen.refundedFen],
    ['mayShipNow', known.mayShipNow, seen.mayShipNow],
    ['cancelRequested', known.cancelRequested, seen.cancelRequested],
    ['flag', known.flag, seen.flag],
    ['shipBy', known.shipBy, shipBy],
  ]
  const personal: [field: string, before: string | null, after: string | null][] = [
    ['buyerNote', known.buyerNote, seen.buyerNote],
    ['sellerRemark', known.sellerRemark, seen.sellerRemark],
    ['receiver', receiverText(known.receiver), receiverText(seen.receiver)],
  ]
  return [
    ...plain
      .filter(([, before, after]) => before !== after)
      .map(([field, before, after]) => ({ field, before: text(before), after: text(after) })),
    ...personal
      .filter(([, before, after]) => (before ?? '') !== (after ?? ''))
      .map(([field]) => ({ field, before: null, after: null })),
  ]
}

const text = (value: string | number | boolean | null) => (value === null ? null : String(value))

/**
 * The receiver as known from now on. A platform that stops telling somebody, as some do once the goods have left, has not changed him: what is
 * known stays.
 */
export function receiverStill(told: Receiver, known: Receiver | null): Receiver {
  return known !== null && told.privacy === 'absent' && known.privacy !== 'absent' ? known : told
}

function receiverText({ name, phone, raw, addressKey }: Receiver): string {
  // A token stands for the person: while it is the same, other stars in the masked text are not a new address.
  return addressKey ?? [name, phone, raw.province, raw.city, raw.district, raw.town, raw.address].join('\n')
}

function changedLines(known: readonly KnownLine[], seen: readonly ChannelLine[]): Change[] {
  const before = new Map(known.map((line) => [line.channelLineNo, line]))
  const after = new Map(seen.map((line) => [line.channelLineNo, line]))
  const gone = known
    .filter((line) => !after.has(line.channelLineNo))
    .map((line) => ({ field: `line:${line.channelLineNo}`, before: `×${line.quantity}`, after: null }))
  const come = seen.flatMap((line) => {
    const was = before.get(line.channelLineNo)
    return was
      ? lineChanges(was, line)
      : [{ field: `line:${line.channelLineNo}`, before: null, after: `×${line.quantity}` }]
  })
  return [...gone, ...come]
}

function lineChanges(was: KnownLine, line: ChannelLine): Change[] {
  const fields: [field: string, before: string | number, after: string | number][] = [
    ['sku', was.channelSkuNo, line.channelSkuNo],
    ['quantity', was.quantity, line.quantity],
    ['refund', was.refundState, line.refundState],
    ['refunded', was.refundedQuantity, line.refundedQuantity],
    ['shipped', was.channelShippedQuantity, line.shippedQuantity],
  ]
  return fields
    .filter(([, before, after]) => before !== after)
    .map(([field, before, after]) => ({
      field: `line:${line.channelLineNo}:${field}`,
      before: String(before),
      after: String(after),
    }))
}

/** Only what concerns pieces not yet shipped stops an order; a remark or a flag does not. */
function reasonToStop(known: KnownOrder, seen: ChannelOrder, changes: readonly Change[]): Stop | null {
  if (move(known.state, 'stop') === null) return null
  if (seen.orderRefundState === 'in-progress') return 'refund-open'
  if (seen.cancelRequested) return 'cancel-requested'
  if (seen.status === 'on-hold') return 'platform-hold'
  const weighty = changes.some(
    ({ field }) =>
      field === 'receiver' ||
      field === 'buyerNote' ||
      /^line:[^:]+(:(sku|quantity|refund|refunded|shipped))?$/.test(field),
  )
  return weighty ? 'changed-after-approval' : null
}
