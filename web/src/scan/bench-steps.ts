import type { ParcelRow } from '../../../src/contract/fulfilment.ts'
import { type Band, type BenchState, isRed, type Told } from './bench-state.ts'
import { meaningsOf, shownCode } from './codes.ts'
import type { ScanDeed } from './deeds.ts'
import { isWhole, judge, moreByHand, names, type ParcelLine, withChecked, withPieces } from './judge.ts'
import type { Sent } from './queue.ts'
import type { Code } from './scanner-keys.ts'
import type { Sound } from './sounds.ts'

/** What the look-up of a code answers. */
export type Found =
  | { readonly kind: 'parcel'; readonly parcel: ParcelRow }
  | { readonly kind: 'stopped'; readonly parcelNo: string; readonly words: Told }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly words: Told }

/** The three facts that packers want to hear. */
export type Fact = { readonly say: 'pieces'; readonly count: number } | { readonly say: 'stopped' | 'unknown' }

export type Draft = Omit<ScanDeed, 'key' | 'at'>

/** What a scan leads to: the bench as it is then, what is heard, and what goes to the server. */
export interface Step {
  readonly next: BenchState
  readonly sound?: Sound
  readonly fact?: Fact
  readonly deeds?: readonly Draft[]
}

/** 拦下: nothing of the parcel stays on the bench. */
function stopped(state: BenchState, parcelNo: string, words: Told): Step {
  const next: BenchState = { ...state, parcel: null, lineId: null, band: { kind: 'stopped', parcelNo, words } }
  return { next, sound: 'stop', fact: { say: 'stopped' } }
}

interface Opening {
  readonly found: Found
  readonly code: string
  readonly waiting: readonly ScanDeed[]
  readonly shipsByItself: boolean
}

/** A code was looked up while no parcel lay open. */
export function opened(state: BenchState, { found, code, waiting, shipsByItself }: Opening): Step {
  if (found.kind === 'stopped') return stopped(state, found.parcelNo, found.words)
  const blank: BenchState = { ...state, parcel: null, lineId: null }
  if (found.kind === 'refused') return { next: { ...blank, band: found }, sound: 'wrong' }
  if (found.kind === 'unknown') {
    return {
      next: { ...blank, band: { kind: 'unknown', code: shownCode(code) } },
      sound: 'wrong',
      fact: { say: 'unknown' },
    }
  }
  const parcel = withWaiting(found.parcel, waiting)
  if (parcel.state === 'stopped' || parcel.stopped !== null) return stopped(state, parcel.parcelNo, sameIn(parcel))
  if (parcel.state === 'shipped' || parcel.state === 'cancelled') {
    return { next: { ...blank, parcel, band: { kind: 'not-now', state: parcel.state } }, sound: 'wrong' }
  }
  return laidOpen({ ...blank, parcel }, parcel, { code, shipsByItself })
}

function sameIn({ parcelNo, stopped: reason }: ParcelRow): Told {
  const words = reason === null ? parcelNo : `${parcelNo} ${reason}`
  return { zh: words, en: words }
}

function laidOpen(
  state: BenchState,
  parcel: ParcelRow,
  { code, shipsByItself }: Pick<Opening, 'code' | 'shipsByItself'>,
): Step {
  const fact: Fact = { say: 'pieces', count: parcel.pieces }
  if (isWhole(parcel)) return { next: { ...state, band: { kind: 'done' } }, sound: 'done', fact }
  const open: BenchState = { ...state, band: { kind: 'opened' } }
  if (meaningsOf(code).some((meaning) => names(parcel, meaning))) return { next: open, sound: 'right', fact }
  // Whoever scanned goods to find their parcel holds the first piece already.
  return { ...pieced(open, parcel, { code: { text: code, isByHand: false }, isOther: false, shipsByItself }), fact }
}

interface Piece {
  readonly code: Code
  /** True: the code is another parcel's. */
  readonly isOther: boolean
  readonly shipsByItself: boolean
}

/** A scan while a parcel lies open. */
export function pieced(state: BenchState, parcel: ParcelRow, { code, isOther, shipsByItself }: Piece): Step {
  const verdict = judge(parcel, code.text)
  if (verdict.kind === 'itself') return { next: { ...state, band: { kind: 'opened' } }, sound: 'right' }
  if (verdict.kind === 'piece') return taken(state, parcel, { line: verdict.line, more: 1, shipsByItself })
  const last = parcel.lines.find(({ id }) => id === state.lineId)
  if (verdict.kind === 'foreign' && last && isCount(code) && !isRed(state.band)) {
    const more = moreByHand(last, code.text)
    if (more === null) return wrong(state, { kind: 'too-few', code: code.text, name: last.name })
    if (last.checked + more > last.quantity) return wrong(state, { kind: 'surplus', code: code.text, name: last.name })
    return taken(state, parcel, { line: last, more, shipsByItself })
  }
  const name = verdict.kind === 'surplus' ? verdict.line.name : null
  return wrong(state, { kind: isOther ? 'mixed' : verdict.kind, code: shownCode(code.text), name })
}

const isCount = (code: Code): boolean => code.isByHand && /^\d{1,4}$/.test(code.text)

const wrong = (state: BenchState, band: Band): Step => ({ next: { ...state, band }, sound: 'wrong' })

interface Taken {
  readonly line: ParcelLine
  readonly more: number
  readonly shipsByItself: boolean
}

function taken(state: BenchState, before: ParcelRow, { line, more, shipsByItself }: Taken): Step {
  const parcel = withChecked(before, line.id, more)
  const check: Draft = { ...of(parcel), kind: 'check', code: line.code, quantity: more }
  const next: BenchState = { ...state, parcel, lineId: line.id }
  if (!isWhole(parcel)) {
    const shown = { ...line, checked: line.checked + more }
    return { next: { ...next, band: { kind: 'right', line: shown } }, sound: 'right', deeds: [check] }
  }
  if (!shipsByItself) return { next: { ...next, band: { kind: 'done' } }, sound: 'done', deeds: [check] }
  const leaving = shippedBy(next, parcel)
  return { ...leaving, deeds: [check, ...(leaving.deeds ?? [])] }
}

/** 发货 at the bench: the parcel counts as gone until the server says otherwise. */
export function shippedBy(state: BenchState, parcel: ParcelRow): Step {
  const { parcels, pieces } = state
  return {
    next: { ...state, band: { kind: 'shipped' }, parcels: parcels + 1, pieces: pieces + parcel.pieces },
    sound: 'done',
    deeds: [{ ...of(parcel), kind: 'ship', code: '', quantity: 1 }],
  }
}

/** 重新验货: everything back to nothing checked. */
export function begunAgain(state: BenchState, parcel: ParcelRow): Step {
  return {
    next: { ...state, parcel: unchecked(parcel), lineId: null, band: { kind: 'opened' } },
    deeds: [{ ...of(parcel), kind: 'uncheck', code: '', quantity: 1 }],
  }
}

const of = (parcel: ParcelRow) => ({ parcelId: parcel.id, parcelNo: parcel.parcelNo })

const unchecked = (parcel: ParcelRow): ParcelRow => ({
  ...parcel,
  lines: parcel.lines.map((line) => ({ ...line, checked: 0 })),
})

/** The server's word on a deed; it counts more than the bench's own. */
export function answered(state: BenchState, { deed, sent, waiting }: Answered): Step {
  const parcel = state.parcel?.id === deed.parcelId ? state.parcel : null
  if (sent.kind === 'refused') {
    const undone = deed.kind === 'ship' && parcel ? taking(state, parcel) : state
    if (sent.failure.code === 'PARCEL_STOPPED') return stopped(undone, deed.parcelNo, sent.failure)
    // What concerns a parcel that is no longer here stands in the list of refusals, and does not tear the open one away.
    if (parcel === null) return { next: state, sound: 'wrong' }
    const band: Band = { kind: 'refused', words: sent.failure }
    return { next: { ...undone, parcel: null, lineId: null, band }, sound: 'wrong' }
  }
  if (sent.kind === 'later' || sent.parcel === null || parcel === null) return { next: state }
  return { next: { ...state, parcel: withWaiting(sent.parcel, waiting) } }
}

interface Answered {
  readonly deed: ScanDeed
  readonly sent: Sent
  /** What has still to be sent after it. */
  readonly waiting: readonly ScanDeed[]
}

const taking = (state: BenchState, parcel: ParcelRow): BenchState => ({
  ...state,
  parcels: state.parcels - 1,
  pieces: state.pieces - parcel.pieces,
})

/** A parcel as the server knows it, with what this device has still to send. */
function withWaiting(parcel: ParcelRow, waiting: readonly ScanDeed[]): ParcelRow {
  let row = parcel
  for (const deed of waiting) {
    if (deed.parcelId !== parcel.id) continue
    if (deed.kind === 'uncheck') row = unchecked(row)
    if (deed.kind === 'check') row = withPieces(row, deed.code, deed.quantity)
  }
  return row
}
