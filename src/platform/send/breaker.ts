/** Stops calling what does not answer (熔断). Per shop, per process; times in milliseconds of the caller's clock. */
export interface Breaker {
  /** 0: go ahead. Otherwise how long it is still open. After that one call may try while the rest keep waiting. */
  readonly waitFor: (shopId: number, now: number) => number
  readonly report: (shopId: number, outcome: 'good' | 'trouble', now: number) => void
  /**
   * 0, or how long to stay away since several calls of this shop have waited long for their answers (舱壁): whoever joined them would only
   * hold a worker that other shops need.
   */
  readonly stuckFor: (shopId: number, now: number) => number
  /** A call goes out; ends it when it is back. */
  readonly goesOut: (shopId: number, now: number) => () => void
}

interface State {
  troubles: number
  openUntil: number
  pauseMs: number
  isProbing: boolean
}

const opensAfter = 6
const longestPauseMs = 60_000
const whileProbingMs = 1_000
/** So many calls of a shop may wait so long for their answers before the rest stays away for a moment. */
const stuckCalls = 2
const longAnswerMs = 3_000
const stayAwayMs = 2_000

export function openBreaker(firstPauseMs: number): Breaker {
  const states = new Map<number, State>()
  const out = new Map<number, Set<{ readonly since: number }>>()
  return {
    stuckFor: (shopId, now) => {
      const waiting = [...(out.get(shopId) ?? [])].filter(({ since }) => now - since > longAnswerMs)
      return waiting.length >= stuckCalls ? stayAwayMs : 0
    },
    goesOut: (shopId, now) => {
      const calls = out.get(shopId) ?? new Set()
      const call = { since: now }
      out.set(shopId, calls.add(call))
      return () => {
        calls.delete(call)
        if (calls.size === 0) out.delete(shopId)
      }
    },
    waitFor: (shopId, now) => {
      const state = states.get(shopId)
      if (state === undefined || state.troubles < opensAfter) return 0
      if (now < state.openUntil) return state.openUntil - now
      if (state.isProbing) return whileProbingMs
      state.isProbing = true
      return 0
    },
    report: (shopId, outcome, now) => {
      if (outcome === 'good') {
        states.delete(shopId)
        return
      }
      const state = states.get(shopId) ?? { troubles: 0, openUntil: 0, pauseMs: firstPauseMs, isProbing: false }
      state.troubles += 1
      if (state.troubles >= opensAfter && now >= state.openUntil) {
        state.openUntil = now + state.pauseMs
        state.pauseMs = Math.min(longestPauseMs, state.pauseMs * 2)
      }
      state.isProbing = false
      states.set(shopId, state)
    },
  }
}
