/**
 * What every simulator offers a test, the sandbox and the switchboard, beside the platform's real protocol. A simulator is a program
 * of its own: it speaks HTTP only, keeps state in memory, and shares no code with `src/`. Its control calls live under `/_sim/` and
 * need no signature; everything else on its port is the platform's protocol, signatures and all.
 *
 * | Control call                        | Body → answer                                                              |
 * |-------------------------------------|----------------------------------------------------------------------------|
 * | GET  /_sim/about                    | → About                                                                    |
 * | POST /_sim/listings                 | ListingSeed[] → { count }: adds or replaces by merchantCode                |
 * | GET  /_sim/listings                 | → ListingState[]                                                           |
 * | POST /_sim/buy                      | Purchase → { orders: Truth[] }: buyers place `count` orders                |
 * | POST /_sim/act                      | Act → { changed: string[] }: something happens to orders (see Act)         |
 * | GET  /_sim/orders?since=ms          | → Truth[]: every order as it truly is, changed at or after `since`         |
 * | GET  /_sim/shipments                | → ReportedShipment[]: every shipment report that took effect               |
 * | GET  /_sim/counts                   | → Counts                                                                   |
 * | POST /_sim/faults                   | FaultPlan → FaultPlan: replaces the plan; `{ "faults": [] }` heals         |
 * | GET  /_sim/faults                   | → { catalogue: FaultKind[], plan: FaultPlan }                              |
 * | POST /_sim/clock                    | { now: ms } or { now: null } → { now }: fixes or frees the clock           |
 * | POST /_sim/authorise                | { expiresInMs?, refreshable? } → { credentials }: a working key set        |
 * | POST /_sim/reset                    | { seed? } → {}: forgets everything                                         |
 */
export interface About {
  readonly channel: string
  readonly zh: string
  /** Base address of the platform's protocol, no trailing slash. */
  readonly address: string
  /** Credentials as the connector's form asks them, ready to use. */
  readonly credentials: Readonly<Record<string, string>>
}

export interface ListingSeed {
  readonly merchantCode: string
  readonly title: string
  /** '颜色:苔绿;尺寸:1.8m'; empty for an item without SKUs. */
  readonly specification: string
  /** Listings of one product carry the same word and become SKUs of one item. */
  readonly product: string
  readonly priceFen: number
  readonly quantity: number
}
export interface ListingState extends ListingSeed {
  readonly itemNo: string
  readonly skuNo: string
  /** How often the shop's stock was set from outside, and when last (ms). */
  readonly pushes: number
  readonly pushedAt: number | null
}

export interface Purchase {
  readonly count: number
  /** Same seed, same buyers and baskets. */
  readonly seed?: number
  /** Fixed basket; else chosen by seed from the listings. */
  readonly lines?: readonly { readonly merchantCode: string; readonly quantity: number }[]
  readonly buyer?: {
    readonly name: string
    readonly phone: string
    readonly province: string
    readonly city: string
    readonly district: string
    readonly address: string
  }
  readonly note?: string
  /** 'paid' by default. 'unpaid' leaves it open; 'deposit' pays the first part of a presale where the platform has that. */
  readonly pay?: 'paid' | 'unpaid' | 'deposit'
  /** True: the order goes through although the listing shows too few (two buyers at once). */
  readonly ignoreStock?: boolean
}

export type Act =
  | { readonly kind: 'pay' | 'close' | 'finish'; readonly orderNos: readonly string[] }
  | {
      readonly kind: 'refund'
      readonly orderNos: readonly string[]
      readonly lineNo?: string
      readonly amountFen?: number
      readonly outcome?: 'requested' | 'success' | 'closed'
    }
  | { readonly kind: 'change-address'; readonly orderNos: readonly string[]; readonly address: string }
  | { readonly kind: 'note'; readonly orderNos: readonly string[]; readonly note: string }
  /** Shipped in the platform's own back office, behind our back. */
  | {
      readonly kind: 'ship-in-back-office'
      readonly orderNos: readonly string[]
      readonly waybillNo: string
      readonly carrierName: string
    }

/** An order as it truly is. Words are the sheet's normalised ones in kebab-case. */
export interface Truth {
  readonly orderNo: string
  readonly status: string
  readonly refundState: 'none' | 'in-progress' | 'partial' | 'full'
  readonly createdAt: number
  readonly paidAt: number | null
  readonly modifiedAt: number
  readonly paidTotalFen: number
  readonly freightFen: number
  readonly refundedFen: number
  readonly note: string
  readonly remark: string
  readonly receiver: {
    readonly name: string
    readonly phone: string
    readonly province: string
    readonly city: string
    readonly district: string
    readonly address: string
  }
  readonly lines: readonly TruthLine[]
  /** Hidden from lists by a fault, though it exists. */
  readonly hidden: boolean
}
export interface TruthLine {
  readonly lineNo: string
  readonly itemNo: string
  readonly skuNo: string
  readonly merchantCode: string
  readonly title: string
  readonly quantity: number
  readonly isGift: boolean
  readonly paidFen: number
  readonly refundedFen: number
  readonly refundState: string
  readonly shippedQuantity: number
}

export interface ReportedShipment {
  readonly orderNo: string
  readonly carrier: string
  readonly waybillNo: string
  readonly lines: readonly { readonly lineNo: string; readonly quantity: number }[]
  readonly at: number
  /** How many accepted reports named this parcel; more than one means it was doubled. */
  readonly times: number
}

export interface Counts {
  /** Calls by operation name of the platform. */
  readonly calls: Readonly<Record<string, number>>
  /** Calls that broke a published limit of the sheet; must stay 0. */
  readonly violations: number
  /** Calls refused for signature, session, arguments. */
  readonly refused: Readonly<Record<string, number>>
  readonly faultsPlayed: Readonly<Record<string, number>>
  readonly pushesSent: number
  readonly pushesFailed: number
}

/**
 * Ways to break. Every simulator plays all of them; one that a platform cannot have is named in its README.
 * `drop-after-apply`: a write is done, then the connection is cut. `hide`: orders are left out of lists while the channel's own
 * count still holds them. `shift`: an order changes while a list is being paged. `lie`: success is answered, nothing is done.
 */
export type FaultKind =
  | 'throttle'
  | 'quota'
  | 'server-error'
  | 'busy'
  | 'hang'
  | 'cut'
  | 'drop-after-apply'
  | 'nonsense'
  | 'expire'
  | 'duplicate'
  | 'reorder'
  | 'hide'
  | 'shift'
  | 'lose-push'
  | 'lie'

export interface Fault {
  readonly kind: FaultKind
  /** Chance per call (or per push, or per order for `hide`), 0 to 1. */
  readonly rate: number
  /** At most so often; unlimited when absent. */
  readonly times?: number
  /** Only on these operations of the platform; on all when absent. */
  readonly operations?: readonly string[]
}
export interface FaultPlan {
  readonly seed?: number
  readonly faults: readonly Fault[]
}

export interface SimulatorOptions {
  /** 0 takes a free port. */
  readonly port?: number
  readonly seed?: number
  /** Where pushes go, when the platform pushes by HTTP. */
  readonly pushTo?: string
}

/** A simulator running in this process, for tests; the same program runs alone by `node simulators/run.ts <channel> --port N`. */
export interface Simulator {
  readonly about: About
  readonly close: () => Promise<void>
}
export type StartSimulator = (options?: SimulatorOptions) => Promise<Simulator>
