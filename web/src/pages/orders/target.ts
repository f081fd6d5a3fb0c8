import type { OrderRow } from '../../../../src/contract/orders.ts'
import type { BatchResult } from '../../../../src/contract/route.ts'
import type { Deed, DeedRun, HoldTerms, OrderSelection } from './do-deed.ts'

/** Which orders a deed is about, and what is known of them before. */
export interface Target {
  readonly selection: OrderSelection
  /** How many; null when it is not known exactly. */
  readonly count: number | null
  /** The one order, when it is one. */
  readonly row: Pick<OrderRow, 'id' | 'orderNo' | 'holdReason' | 'holdUntil' | 'findings'> | null
}

export type OpenDialog =
  | { readonly kind: 'preview'; readonly deed: Deed; readonly target: Target }
  | { readonly kind: 'hold'; readonly target: Target }
  | { readonly kind: 'result'; readonly run: DeedRun; readonly result: BatchResult }
  | { readonly kind: 'remark' | 'warehouse' | 'address'; readonly orderNo: string }

/** `before`: the hold that a release ends, so that it can be put back. */
export type RunDeed = (run: DeedRun, before?: HoldTerms | null) => Promise<void>
