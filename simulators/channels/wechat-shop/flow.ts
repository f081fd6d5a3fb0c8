import { type Limiter, limiter } from '../../aid/limits.ts'
import type { Settings } from './settings.ts'

/**
 * Flow control: limits that are counted, and the refusals that last for the rest of a minute. Source: wechat-shop.md 2,
 * 13.
 */
export interface Flow {
  /** The code that stands against this call, if any; a call that broke a limit is counted. */
  readonly admit: (call: FlowCall, settings: Settings) => number | null
  /** From now on this operation answers the code, for the rest of the minute. */
  readonly ban: (call: FlowCall, errcode: number) => void
  /** A limit of another kind was broken: a span too long, a page too large, a token too often. */
  readonly blame: () => void
  readonly lift: () => void
  readonly violations: () => number
  /** Starts all limits anew with changed settings. */
  readonly restart: () => void
}

export interface FlowCall {
  readonly operation: string
  /** Calls for a token and of the mini-program do not count with the shop's. */
  readonly isOfShop: boolean
  readonly elapsed: number
  readonly now: number
  /** The SKU whose stock the call moves. */
  readonly skuId: string | null
}

const minuteMs = 60_000
const tooFast = 45011
const tooFastForSku = 10020112

export function flowControl(): Flow {
  const bans = new Map<string, { readonly until: number; readonly errcode: number }>()
  let buckets: { readonly shop: Limiter; readonly sku: Limiter } | null = null
  let violations = 0

  function admit(call: FlowCall, { limits, enforceLimits }: Settings): number | null {
    const ban = bans.get(call.operation)
    if (ban !== undefined && call.elapsed < ban.until) return ban.errcode
    bans.delete(call.operation)
    buckets ??= { shop: limiter({ perSecond: limits.shop }), sku: limiter({ perSecond: limits.stockOfSku }) }
    const isShopFast = call.isOfShop && !buckets.shop.take('shop', call.elapsed)
    const isSkuFast = call.skuId !== null && !buckets.sku.take(call.skuId, call.elapsed)
    if (!isShopFast && !isSkuFast) return null
    violations += 1
    if (!enforceLimits) return null
    return isShopFast ? tooFast : tooFastForSku
  }

  return {
    admit,
    ban: ({ operation, elapsed, now }, errcode) => {
      bans.set(operation, { until: elapsed + minuteMs - (now % minuteMs), errcode })
    },
    blame: () => {
      violations += 1
    },
    lift: () => bans.clear(),
    violations: () => violations,
    restart: () => {
      buckets = null
    },
  }
}
