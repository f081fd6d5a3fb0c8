import { Failure } from '../../core/failures.ts'
import type { OutgoingRequest } from '../../kit/plug.ts'
import type { Db } from '../db/open.ts'
import { mayAsk, rankOf, type Waiting } from './line.ts'
import { appScope, endTurn, layOutPlaces, type Place, takePlaces, type Wanted } from './places.ts'
import type { Caller } from './send.ts'

/** A ban or a wait longer than this is not waited out: the job comes again after it. */
const patienceMs = 10_000
/** A call that found no place for so long gives up its turn. */
const longestMs = 120_000
const quotaFromMs = 60_000

export interface Entering {
  readonly caller: Caller
  readonly request: OutgoingRequest
  readonly wanted: readonly Wanted[]
  /** So long the places are held if we never come back. */
  readonly leaseMs: number
}

/** Where calls wait for their places, in order of urgency: within this process by its own list, among processes by the database's. */
export interface Gate {
  /**
   * Throws CHANNEL_RATE_LIMITED or CHANNEL_QUOTA_EXHAUSTED with `retryAfterMs` when the wait is not worth holding on for, and
   * PROGRAM_STOPPING once it is closed.
   */
  readonly enter: (entering: Entering) => Promise<readonly Place[]>
  /** Nobody goes out any more, and nobody waits on. */
  readonly close: () => void
}

interface Turn extends Waiting {
  /** Tells it apart from the turns of other processes. */
  readonly id: number
  stuckOn: readonly string[]
  wake: () => void
}

export function openGate(db: Db): Gate {
  const turns = new Set<Turn>()
  const laidOut = new Set<string>()
  let isClosed = false
  const wakeAll = () => {
    for (const turn of turns) turn.wake()
  }

  const layOut = async (wanted: readonly Wanted[]) => {
    const missing = wanted.filter((limit) => !laidOut.has(wordOf(limit)))
    if (missing.length > 0) await layOutPlaces(db, missing)
    for (const limit of missing) laidOut.add(wordOf(limit))
  }

  const enter = async (entering: Entering) => {
    const { caller, request, wanted, leaseMs } = entering
    await layOut(wanted)
    const turn = turnFor(entering)
    turns.add(turn)
    try {
      for (;;) {
        if (isClosed) throw new Failure('PROGRAM_STOPPING', {})
        if (performance.now() - turn.since > longestMs) throw limited(caller.channel, patienceMs)
        if (!mayAsk(turn, turns, performance.now())) {
          await sleep(turn, 200)
          continue
        }
        const taken = await takePlaces(db, wanted, {
          scope: appScope(caller),
          operation: request.operation,
          leaseMs,
          turn: { id: turn.id, rank: turn.rank, waitedMs: performance.now() - turn.since },
        })
        if (taken.kind === 'taken' || (wanted.length === 0 && taken.kind === 'wait'))
          return taken.kind === 'taken' ? taken.places : []
        if (taken.ms > patienceMs) throw limited(caller.channel, taken.ms)
        turn.stuckOn = taken.kind === 'wait' ? taken.stuckOn : []
        await sleep(turn, taken.ms + Math.random() * 10)
      }
    } finally {
      turns.delete(turn)
      wakeAll()
      if (turn.stuckOn.length > 0) await endTurn(db, turn.id)
    }
  }

  return {
    enter,
    close: () => {
      isClosed = true
      wakeAll()
    },
  }
}

function turnFor({ caller, request, wanted }: Entering): Turn {
  return {
    id: Math.floor(Math.random() * Number.MAX_SAFE_INTEGER),
    rank: rankOf(request.operation, caller.worth ?? 'usual'),
    since: performance.now(),
    limits: wanted.map(wordOf),
    stuckOn: [],
    wake: () => undefined,
  }
}

const wordOf = (wanted: Wanted) => `${wanted.scope} ${wanted.name}`

function limited(channel: string, ms: number): Failure {
  return new Failure(ms > quotaFromMs ? 'CHANNEL_QUOTA_EXHAUSTED' : 'CHANNEL_RATE_LIMITED', {
    channel,
    retryAfterMs: ms,
  })
}

function sleep(turn: Turn, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    turn.wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}
