import { z } from 'zod'
import { id } from './route.ts'

/** An instant in JSON: ISO 8601 in UTC. */
export const at = z.iso.datetime()
export const day = z.iso.date()
export const count = z.int().nonnegative()

/** A failure in words, as pages show it. */
export const Trouble = z.strictObject({ code: z.string(), zh: z.string() })

/** 漏单校验, one Beijing day by creation time. `counting`: the day is not over or not yet compared. */
export const CertificateDay = z.strictObject({
  day,
  state: z.enum(['complete', 'counting', 'missing', 'none']),
  /** The channel's own count, null where it gives none or was not asked. */
  channelCount: count.nullable(),
  ourCount: count,
  missing: count,
  healed: count,
  comparedAt: at.nullable(),
  /** `11月11日：1,204 = 1,204`, the sentence a page shows. */
  zh: z.string(),
})

export const shopInput = z.strictObject({ shopId: id })
