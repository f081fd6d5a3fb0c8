/** A leaky bucket of points, by the time that has passed for flow control. Source: own-site.md 3 [doc]. */
export interface Bucket {
  /** Takes points out. False: there are too few, and nothing is taken. */
  readonly take: (points: number) => boolean
  /** Gives back what was taken and not needed. */
  readonly giveBack: (points: number) => void
  readonly state: () => BucketState
  /** Full again, at this pace. */
  readonly open: (pointsPerSecond: number) => void
}
/** As `throttleStatus` tells it; points, and points a second. */
export interface BucketState {
  readonly maximumAvailable: number
  readonly currentlyAvailable: number
  readonly restoreRate: number
}

/** The sample of the sheet holds 2000 points at a pace of 100 a second; the same proportion for other plans is [assumed]. */
const secondsHeld = 20

/** A full bucket that fills again at `pace` points a second. */
export function pointBucket(elapsed: () => number, pace: number): Bucket {
  let restoreRate = pace
  let points = pace * secondsHeld
  let at = elapsed()

  function refill(): void {
    const now = elapsed()
    points = Math.min(restoreRate * secondsHeld, points + ((now - at) * restoreRate) / 1000)
    at = now
  }
  return {
    take: (wanted) => {
      refill()
      if (points < wanted) return false
      points -= wanted
      return true
    },
    giveBack: (more) => {
      refill()
      points = Math.min(restoreRate * secondsHeld, points + more)
    },
    state: () => {
      refill()
      return { maximumAvailable: restoreRate * secondsHeld, currentlyAvailable: Math.floor(points), restoreRate }
    },
    open: (pointsPerSecond) => {
      restoreRate = pointsPerSecond
      points = pointsPerSecond * secondsHeld
      at = elapsed()
    },
  }
}
