import { z } from 'zod'
import { type MetaPayload, type OwnParcel, OwnParcelPayload, TrackingItem } from './payload.ts'

/**
 * What this program keeps in an order's meta data, since the platform has no place for a seller's memo, nor for what is in a parcel.
 * The keys are ours; a leading underscore hides them from the buyer. Source: own-site.md 2.3 [rule]; parcels [assumed].
 */
export const remarkKey = '_tongdan_remark'
export const parcelsKey = '_tongdan_parcels'

/** Where tracking plugins keep their parcels. Source: own-site.md 2.2 [assumed]. */
export const trackingKey = '_wc_shipment_tracking_items'

export function remarkIn(meta: readonly MetaPayload[]): string {
  const remark = valueIn(meta, remarkKey)
  return typeof remark === 'string' ? remark : ''
}

/** Parcels noted by us; what somebody else wrote there counts for nothing. */
export function ownParcelsIn(meta: readonly MetaPayload[]): readonly OwnParcel[] {
  return z.array(OwnParcelPayload).safeParse(valueIn(meta, parcelsKey)).data ?? []
}

/** Parcels noted by a tracking plugin; a place that we cannot read counts as empty. */
export function trackingIn(meta: readonly MetaPayload[]): readonly TrackingItem[] {
  return z.array(TrackingItem).safeParse(valueIn(meta, trackingKey)).data ?? []
}

/** Of two values under one key the last one is the newer. */
function valueIn(meta: readonly MetaPayload[], key: string): unknown {
  return meta.findLast((each) => each.key === key)?.value
}
