import type { z } from 'zod'
import type { ChannelStatus, OrderRefundState, Privacy } from '../channel/words.ts'
import type { Finding, FindingCode } from './findings.ts'

/** What a rule may look at. Texts are the channel's; nothing of it is kept by a rule. */
export interface ReviewOrder {
  readonly status: ChannelStatus
  readonly refundState: OrderRefundState
  readonly cancelRequested: boolean
  readonly mayShipNow: boolean
  readonly paidFen: number
  readonly currency: string
  readonly buyerNote: string
  readonly sellerRemark: string
  readonly receiver: {
    readonly name: string
    readonly phone: string
    readonly province: string
    readonly city: string
    readonly district: string
    readonly address: string
    readonly privacy: Privacy
  }
  readonly warnings: readonly string[]
  readonly lines: readonly { readonly title: string; readonly hasSku: boolean; readonly toShip: number }[]
}

/** Facts loaded for the rules that name them in `needs`. */
export interface ReviewFacts {
  /** What could not be reserved, by SKU code. */
  readonly missing: readonly { readonly sku: string; readonly quantity: number }[]
  /** An earlier order of the same buyer with the same goods, minutes apart; null when there is none. */
  readonly twin: { readonly orderNo: string; readonly minutes: number } | null
}
export type FactName = keyof ReviewFacts

/** A review rule (审单规则). `check` gives what it saw, or null when there is nothing to say. */
export interface Rule<Settings = unknown> {
  readonly id: FindingCode
  readonly zh: string
  readonly settings: z.ZodType<Settings>
  readonly needs: readonly FactName[]
  readonly check: (order: ReviewOrder, facts: ReviewFacts, settings: Settings) => Finding['because'] | null
}

/** A rule whose settings' type only it knows. */
export interface AnyRule extends Omit<Rule, 'check'> {
  readonly check: (order: ReviewOrder, facts: ReviewFacts, settings: never) => Finding['because'] | null
}

export function defineRule<Settings>(rule: Rule<Settings>): Rule<Settings> {
  return rule
}
