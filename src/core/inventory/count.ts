/** What an order holds of a counted SKU; `since` is when it was paid, so that who came last loses first. */
export interface CountedHold {
  readonly orderId: number
  readonly lineId: number
  readonly quantity: number
  readonly since: number
}

export interface CountOutcome {
  /** To be added to on hand; negative when pieces are missing. */
  readonly difference: number
  /** Holds that can no longer be kept, newest first; the last one perhaps in part. */
  readonly lost: readonly CountedHold[]
}

/** What a count (盘点) means: the counted number becomes the truth, and holds it cannot cover are let go, newest first. */
export function settleCount(onHand: number, counted: number, holds: readonly CountedHold[]): CountOutcome {
  const reserved = holds.reduce((sum, hold) => sum + hold.quantity, 0)
  let excess = Math.max(0, reserved - counted)
  const lost: CountedHold[] = []
  for (const hold of [...holds].sort((a, b) => b.since - a.since || b.orderId - a.orderId)) {
    if (excess <= 0) break
    const quantity = Math.min(excess, hold.quantity)
    lost.push({ ...hold, quantity })
    excess -= quantity
  }
  return { difference: counted - onHand, lost }
}
