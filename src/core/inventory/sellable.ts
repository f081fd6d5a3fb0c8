/** Pieces of a SKU over the places that sell it. */
export interface Pieces {
  readonly onHand: number
  readonly reserved: number
}

/** 可用库存: on hand less reserved, over all places. */
function available(places: readonly Pieces[]): number {
  return places.reduce((sum, place) => sum + place.onHand - place.reserved, 0)
}

/**
 * 可售库存: what channels may be told. Available less safety stock, less pieces of orders that a channel has and we have seen but not
 * taken in, less pieces that open orders already want in vain (they come first when pieces arrive). Never negative.
 */
export function sellable(
  places: readonly Pieces[],
  kept: { readonly safety: number; readonly seenNotTaken: number; readonly short: number },
): number {
  return Math.max(0, available(places) - kept.safety - kept.seenNotTaken - kept.short)
}
