import type { AnyRule } from '../rule.ts'
import { addressIncomplete } from './address-incomplete.ts'
import { amountMismatch } from './amount-mismatch.ts'
import { cancelRequested } from './cancel-requested.ts'
import { highValue } from './high-value.ts'
import { likelyDuplicate } from './likely-duplicate.ts'
import { listingUnmatched } from './listing-unmatched.ts'
import { noteAsks } from './note-asks.ts'
import { payloadUnknown } from './payload-unknown.ts'
import { platformHold } from './platform-hold.ts'
import { refundOpen } from './refund-open.ts'
import { stockShort } from './stock-short.ts'

/** The ready-made rules; one line each. */
export const rules: readonly AnyRule[] = [
  refundOpen,
  cancelRequested,
  platformHold,
  stockShort,
  listingUnmatched,
  addressIncomplete,
  amountMismatch,
  likelyDuplicate,
  noteAsks,
  highValue,
  payloadUnknown,
]
