import { failureWords } from '../failures.ts'
import { type CarrierLine, chooseCarrier } from '../freight/choose-carrier.ts'
import { deedWords, type OrderState, stateFacts } from '../order/moves.ts'

/** What of an approved order decides its parcel. */
export interface OrderToPack {
  readonly orderNo: string
  readonly state: OrderState
  readonly warehouseId: number | null
  readonly province: string
  /** How many lines hold pieces. */
  readonly lines: readonly unknown[]
}

export interface PackingRules {
  readonly carriers: readonly CarrierLine[]
  /** The carrier a person chose for all, or null. */
  readonly carrier: string | null
  /** Only orders of this warehouse, or null for any. */
  readonly warehouseId: number | null
}

export type ParcelPlan =
  | {
      readonly kind: 'parcel'
      readonly warehouseId: number
      /** Null when no carrier serves the place: a person chooses then. */
      readonly carrier: string | null
      readonly why: string
    }
  | { readonly kind: 'left-out'; readonly code: string; readonly zh: string }

/** Whether an order becomes a parcel (配货), from where and with whom, or why not. */
export function planParcel(order: OrderToPack, rules: PackingRules): ParcelPlan {
  const { orderNo, state, warehouseId } = order
  if (state !== 'approved') {
    const details = { orderNo, state: stateFacts[state].zh, deed: deedWords.allocate }
    return { kind: 'left-out', code: 'ORDER_STATE_REFUSED', zh: failureWords('ORDER_STATE_REFUSED', details) }
  }
  if (warehouseId === null || order.lines.length === 0) {
    return { kind: 'left-out', code: 'nothing-held', zh: '没有占用到货，请反审核后重新审核' }
  }
  if (rules.warehouseId !== null && warehouseId !== rules.warehouseId) {
    return { kind: 'left-out', code: 'other-warehouse', zh: '由别的仓发货' }
  }
  if (rules.carrier !== null) return { kind: 'parcel', warehouseId, carrier: rules.carrier, why: '手工指定' }
  const choice = chooseCarrier(rules.carriers, order.province)
  return { kind: 'parcel', warehouseId, carrier: choice.kind === 'chosen' ? choice.code : null, why: choice.why }
}
