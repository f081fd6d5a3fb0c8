import { textOf } from '../../../kit/fields.ts'

/**
 * Keys of free data. The platform has no place for a note of the buyer or of the merchant, nor for a carrier's name. The buyer's key is what
 * storefronts use [assumed]; the others are ours. Source: own-site.md 5.3 [rule].
 */
export const buyerNoteKey = 'note'
export const remarkKey = 'oms_remark'
export const numberKey = 'tracking_number'
export const carrierKey = 'carrier'
export const carrierNameKey = 'carrier_name'

/** Null where nothing is written there. */
export function textIn(metadata: Readonly<Record<string, unknown>>, key: string): string | null {
  return textOf(metadata[key]) || null
}
