import type { OrderState } from './moves.ts'

/** One line of an order's history since it came. */
export interface PastDeed {
  readonly deed: string
  readonly actor: string
  /** False when the product did it by itself. */
  readonly isByPerson: boolean
  /** The channel told that more pieces had left than before. */
  readonly toldOfShipping: boolean
}

/** What keeps an order here though the import that brought it is undone (撤销导入). */
export type Stay =
  | { readonly kind: 'shipped' }
  /** It is, or was, in a parcel. */
  | { readonly kind: 'packed' }
  /** Its pieces left the shelf because the channel said so. */
  | { readonly kind: 'left-elsewhere' }
  | { readonly kind: 'by-person'; readonly actor: string; readonly deed: string }

/**
 * Why an imported order may not simply be taken back: its pieces left or are being packed, or a person dealt with it. Null when nothing but
 * the product touched it: held, reviewed and approved by itself, or changed by what the channel told. `past` is oldest first.
 */
export function whyItStays(state: OrderState, past: readonly PastDeed[]): Stay | null {
  const has = (...deeds: readonly string[]) => past.some(({ deed }) => deeds.includes(deed))
  if (has('ship', 'ship-part')) return { kind: 'shipped' }
  if (state === 'allocated' || has('allocate')) return { kind: 'packed' }
  if (has('ship-elsewhere') || past.some((one) => one.toldOfShipping)) return { kind: 'left-elsewhere' }
  const last = past.findLast((one) => one.isByPerson)
  return last === undefined ? null : { kind: 'by-person', actor: last.actor, deed: last.deed }
}
