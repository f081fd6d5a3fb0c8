import { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import { call, type Reply } from './call.ts'
import { askedBy, isCiphertext } from './ciphertext.ts'
import type { XiaohongshuAccount } from './manifest.ts'
import { readAs } from './nonsense.ts'
import { listIn } from './paging.ts'
import { type ReceiverRow, textOf } from './payload.ts'

/** By its ciphertext, what may be shown of a text in lists: 沈**, 184****0000, 虚构巷****. */
export type Masks = ReadonlyMap<string, string>

export const noMasks: Masks = new Map()

/** Refused so, the ciphertext stays: an order is none the worse for it. */
const refusals = new Set(['CHANNEL_REFUSED', 'CHANNEL_NOT_FOUND', 'CHANNEL_PERMISSION', 'CHANNEL_QUOTA_EXHAUSTED'])

/**
 * The masks of a receiver's texts, by one call; null where there is nothing to mask or the platform declines. Source: xiaohongshu.md 8
 * [doc]; that it uses none of the quota for decrypting [assumed].
 */
export async function masksOf(
  account: XiaohongshuAccount,
  operation: string,
  { orderId, receiverName, receiverPhone, receiverAddress }: ReceiverRow,
): Promise<({ readonly masks: Masks } & Pick<Reply, 'text'>) | null> {
  const texts = [receiverName, receiverPhone, receiverAddress].map(textOf).filter(isCiphertext)
  if (texts.length === 0) return null

  const params = askedBy({ channelOrderNo: textOf(orderId), texts, actionType: '1' })
  try {
    const { data, text } = await call(account, { operation, method: 'data.batchDesensitise', params })
    return { masks: new Map(listIn(data, 'desensitiseInfoList').flatMap(maskIn)), text }
  } catch (error) {
    if (error instanceof Failure && refusals.has(error.code)) return null
    throw error
  }
}

const MaskRow = z.looseObject({ encryptedData: z.string(), desensitisedData: z.string().nullish() })

/** None where the row carries no mask. Throws CHANNEL_NONSENSE. */
export function maskIn(row: unknown): (readonly [ciphertext: string, mask: string])[] {
  const { encryptedData, desensitisedData } = readAs('desensitiseInfoList', () => MaskRow.parse(row))
  return desensitisedData ? [[encryptedData, desensitisedData]] : []
}
