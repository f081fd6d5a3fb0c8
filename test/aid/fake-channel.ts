import { z } from 'zod'
import { type AnyChannel, type ChannelOperations, defineChannel } from '../../src/kit/channel.ts'

/** A channel that exists in tests only; give the operations it should have. */
export function fakeChannel(
  operations: Partial<ChannelOperations<object>> = {},
  stockTakenOn: 'placing' | 'paying' = 'placing',
): AnyChannel {
  return defineChannel<object>({
    manifest: {
      id: 'fake',
      zh: '试验渠道',
      en: 'Fake',
      mark: '试',
      address: null,
      credentials: z.object({}),
      fields: [],
      limits: [],
      links: [],
      pulling: {
        by: ['modified'],
        spanMaxMs: 86_400_000,
        reachMs: 90 * 86_400_000,
        overlapMs: 120_000,
        lagMs: 5_000,
        usualSpanMs: 1_800_000,
      },
      stock: { perCall: 20, oneItem: false },
      stockTakenOn,
      appKeyOf: () => 'fake-app',
    },
    operations,
    inspect: { orders: () => [], failure: () => null, signature: () => ({}) },
    vocabulary: { orderStatuses: [], refundStatuses: [] },
  })
}
