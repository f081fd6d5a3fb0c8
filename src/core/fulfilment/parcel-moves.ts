/** States of a parcel (包裹), in the order of its day. */
export const parcelStates = ['to-print', 'printed', 'checked', 'shipped', 'stopped', 'cancelled'] as const
export type ParcelState = (typeof parcelStates)[number]

export const parcelStateWords = {
  'to-print': '待打单',
  printed: '待验货',
  checked: '待发货',
  shipped: '已发',
  stopped: '已拦下',
  cancelled: '已取消',
} as const satisfies Record<ParcelState, string>

/** `renumber`: the number on a printed label was replaced, so the label must be printed again. */
export type ParcelDeed = 'print' | 'check' | 'uncheck' | 'renumber' | 'ship' | 'stop' | 'cancel'

export const parcelDeedWords = {
  print: '打印',
  check: '验货',
  uncheck: '重新验货',
  renumber: '改运单号',
  ship: '发货',
  stop: '拦下',
  cancel: '取消',
} as const satisfies Record<ParcelDeed, string>

/**
 * Every move a parcel can make; the database checks it once more. A stopped one can only be cancelled: what was in it may not be what its
 * order wants now, and its label may already be on a box.
 */
const parcelMoves = {
  'to-print': {
    print: 'printed',
    check: 'checked',
    renumber: 'to-print',
    ship: 'shipped',
    stop: 'stopped',
    cancel: 'cancelled',
  },
  printed: {
    print: 'printed',
    check: 'checked',
    renumber: 'to-print',
    ship: 'shipped',
    stop: 'stopped',
    cancel: 'cancelled',
  },
  checked: {
    print: 'checked',
    uncheck: 'printed',
    renumber: 'to-print',
    ship: 'shipped',
    stop: 'stopped',
    cancel: 'cancelled',
  },
  shipped: { print: 'shipped' },
  stopped: { cancel: 'cancelled' },
  cancelled: {},
} as const satisfies Record<ParcelState, Partial<Record<ParcelDeed, ParcelState>>>

/** The state after `deed`, or null when the parcel cannot make that move now. */
export function moveParcel(state: ParcelState, deed: ParcelDeed): ParcelState | null {
  return (parcelMoves[state] as Partial<Record<ParcelDeed, ParcelState>>)[deed] ?? null
}

/** Whether a parcel still holds its orders: until it left or was taken apart. */
export const isOpenParcel = (state: ParcelState) => state !== 'shipped' && state !== 'cancelled'

/** What of a parcel says where it goes on: how often its label was printed, and whether every piece was checked. */
export interface ParcelProgress {
  readonly state: ParcelState
  readonly prints: number
  readonly isWhollyChecked: boolean
}

/** The state after its label was printed. One whose pieces were all checked before need not be checked again. */
export function afterPrint({ state, isWhollyChecked }: ParcelProgress): ParcelState | null {
  const next = moveParcel(state, 'print')
  return next === 'printed' && isWhollyChecked ? moveParcel(next, 'check') : next
}

/** The state after all checks were taken back: without a printed label it waits for one. */
export function afterUncheck({ state, prints }: ParcelProgress): ParcelState | null {
  if (state === 'to-print' || state === 'printed') return state
  const next = moveParcel(state, 'uncheck')
  return next === 'printed' && prints === 0 ? 'to-print' : next
}

/** The state after it got a number: one that replaces the number on a printed label sends it back to the printer. */
export function afterNumber(parcel: ParcelProgress & { readonly hadNumber: boolean }): ParcelState | null {
  const next = moveParcel(parcel.state, 'renumber')
  return next === null || (parcel.hadNumber && parcel.prints > 0) ? next : parcel.state
}
