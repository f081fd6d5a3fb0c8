import { type BenchState, emptyBench, isOpen, isRed } from './bench-state.ts'
import { answered, begunAgain, type Fact, type Found, opened, pieced, type Step, shippedBy } from './bench-steps.ts'
import { meaningsOf } from './codes.ts'
import { newKey, type ScanDeed } from './deeds.ts'
import { checkedOf, judge, names } from './judge.ts'
import type { ScanQueue, Sent } from './queue.ts'
import type { Code } from './scanner-keys.ts'
import type { Sound } from './sounds.ts'

interface BenchParts {
  readonly find: (code: string) => Promise<Found>
  /** Whether this device knows the code as a parcel's own, without asking. */
  readonly knows: (code: string) => boolean
  readonly queue: Pick<ScanQueue, 'add' | 'state'>
  readonly now: () => number
  readonly play: (sound: Sound) => void
  readonly tell: (fact: Fact) => void
  /** Whether a whole parcel is shipped without a key more. */
  readonly shipsByItself: () => boolean
}

/** The packing bench (验货台): scans in, verdicts at once. Scans are worked one after the other, however fast they come. */
export function openBench(parts: BenchParts) {
  const held = hold(parts)
  let tail: Promise<void> = Promise.resolve()
  const inTurn = (act: () => Promise<void> | void): Promise<void> => {
    tail = tail.then(act, act)
    return tail
  }
  return {
    state: held.state,
    listen: held.listen,
    scan: (code: Code) => inTurn(() => work(code, held, parts)),
    /** 发货: for a whole parcel that waits for a key. */
    ship: () =>
      inTurn(() => {
        const { parcel, band } = held.state()
        return parcel && band.kind === 'done' ? held.go(shippedBy(held.state(), parcel)) : undefined
      }),
    /** 放下: puts the parcel aside as it is. Not while the band is red. */
    putAside: () =>
      inTurn(() => {
        const state = held.state()
        if (!isRed(state.band)) held.set({ ...state, parcel: null, lineId: null, band: { kind: 'idle' } })
      }),
    again: () =>
      inTurn(() => {
        const { parcel, band } = held.state()
        return parcel && (isOpen(held.state()) || band.kind === 'done')
          ? held.go(begunAgain(held.state(), parcel))
          : undefined
      }),
    /** The server's word on a deed. */
    heard: (deed: ScanDeed, sent: Sent): void => {
      void held.go(answered(held.state(), { deed, sent, waiting: parts.queue.state().waiting }))
    },
  }
}

type Held = ReturnType<typeof hold>

/** The state of the bench, and the one way to change it. */
function hold({ queue, now, play, tell }: BenchParts) {
  const listeners = new Set<() => void>()
  let state: BenchState = emptyBench
  let lastAt = 0
  const set = (next: BenchState) => {
    state = next
    for (const listener of listeners) listener()
  }
  return {
    state: () => state,
    listen: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    set,
    go: async ({ next, sound, fact, deeds = [] }: Step): Promise<void> => {
      if (next !== state) set(next)
      if (sound) play(sound)
      if (fact) tell(fact)
      for (const draft of deeds) {
        lastAt = Math.max(now(), lastAt + 1)
        await queue.add({ ...draft, key: newKey(), at: lastAt })
      }
    },
  }
}

async function work(code: Code, held: Held, parts: BenchParts): Promise<void> {
  const state = held.state()
  const { parcel } = state
  if (parcel === null || !isOpen(state)) return open(code.text, held, parts)
  const scanned = { code, shipsByItself: parts.shipsByItself() }
  if (judge(parcel, code.text).kind !== 'foreign' || code.isByHand) {
    return held.go(pieced(state, parcel, { ...scanned, isOther: false }))
  }
  // Red at once; whether it was another parcel's label may have to be asked.
  if (!parts.knows(code.text)) {
    await held.go(pieced(state, parcel, { ...scanned, isOther: false }))
    if (!(await isOtherParcel(code.text, parts))) return
  }
  // A parcel of which nothing was checked may simply be put aside for another.
  const isUntouched = checkedOf(parcel) === 0 && !isRed(state.band)
  return isUntouched ? open(code.text, held, parts) : held.go(pieced(state, parcel, { ...scanned, isOther: true }))
}

async function open(code: string, held: Held, { find, queue, shipsByItself }: BenchParts): Promise<void> {
  held.set({ ...held.state(), band: { kind: 'looking' } })
  const found = await find(code)
  const { waiting } = queue.state()
  return held.go(opened(held.state(), { found, code, waiting, shipsByItself: shipsByItself() }))
}

/** A label where goods were expected: two parcels are about to be mixed up. */
async function isOtherParcel(code: string, { find }: BenchParts): Promise<boolean> {
  const found = await find(code)
  if (found.kind === 'stopped') return true
  return found.kind === 'parcel' && meaningsOf(code).some((each) => names(found.parcel, each))
}
