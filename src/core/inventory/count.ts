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

/** A count that is to be taken back: what it added, and what has happened at that place since. */
export interface PastCount {
  /** What it added to on hand; negative when pieces were missing. */
  readonly change: number
  readonly onHand: number
  readonly reserved: number
  /** When the place was counted again (epoch ms), null when it was not. */
  readonly countedAgainAt: number | null
}

export type CountUndo =
  | { readonly kind: 'undo' }
  | { readonly kind: 'counted-again'; readonly at: number }
  /** Fewer than it added are free by now. */
  | { readonly kind: 'pieces-gone'; readonly free: number }

/** Whether a count can be taken back (撤销盘点) as if it had not been: what came in and left since stays as it is. */
export function undoCount({ change, onHand, reserved, countedAgainAt }: PastCount): CountUndo {
  if (countedAgainAt !== null) return { kind: 'counted-again', at: countedAgainAt }
  const free = onHand - reserved
  return change > free ? { kind: 'pieces-gone', free } : { kind: 'undo' }
}
