import { z } from 'zod'
import { shadowKinds } from '../core/channel/shadow.ts'
import { at, count, day, shopInput } from './channel-shapes.ts'
import { route } from './route.ts'

const Difference = z.strictObject({
  orderId: z.int(),
  orderNo: z.string(),
  channelOrderNo: z.string(),
  at,
  kind: z.enum(shadowKinds),
  /** What we would have done, and what was done in the channel's back office. */
  ours: z.string(),
  theirs: z.string(),
})

/** 影子对照: what we would have done beside what was done in the channel's back office, order by order, since the stage began. */
export const readShadow = route({
  method: 'GET',
  path: '/shops/:shopId/shadow',
  permission: 'shops.read',
  zh: '影子对照',
  input: shopInput,
  output: z.strictObject({
    /** Null where the shop is not in the shadow stage. */
    since: at.nullable(),
    compared: count,
    cleanDays: count,
    wantedDays: count,
    /** Enough clean days in a row: going live is offered. */
    mayGoLive: z.boolean(),
    days: z.array(z.strictObject({ day, orders: count, differences: count })),
    /** Newest first, at most 500. */
    differences: z.array(Difference),
    /** Listings that show another number than we would, at most 200, and how many there are. */
    stock: z.array(
      z.strictObject({
        listingId: z.int(),
        title: z.string(),
        specification: z.string(),
        ours: count,
        theirs: z.int(),
      }),
    ),
    stockDiffers: count,
  }),
})
