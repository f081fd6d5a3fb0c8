import type { FailureBody } from '../../../src/contract/route.ts'

/** One thing done at the bench, on its way to the server. Its key makes a repeat harmless, so it may be sent until it is answered. */
export interface ScanDeed {
  readonly key: string
  /** The order in which things were done on this device. */
  readonly at: number
  readonly kind: 'check' | 'uncheck' | 'ship'
  readonly parcelId: number
  readonly parcelNo: string
  readonly code: string
  readonly quantity: number
}

/** What the server refused afterwards (事后被拒), to be told in words until somebody has read it. */
export interface Refusal {
  readonly key: string
  readonly at: number
  readonly kind: ScanDeed['kind']
  readonly parcelNo: string
  readonly code: string
  /** True: the parcel must not leave. */
  readonly isStop: boolean
  readonly zh: string
  readonly en: string
}

type Reason = Pick<FailureBody, 'code' | 'zh' | 'en'>

export const refusalOf = (deed: ScanDeed, reason: Reason): Refusal => ({
  key: deed.key,
  at: deed.at,
  kind: deed.kind,
  parcelNo: deed.parcelNo,
  code: deed.code,
  isStop: reason.code === 'PARCEL_STOPPED',
  zh: reason.zh,
  en: reason.en,
})

/** A key nobody else makes; addresses without HTTPS have no `randomUUID`. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
