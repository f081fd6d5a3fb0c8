import type { Ctx } from '../../platform/module.ts'
import { ask } from './ask.ts'
import { onDuty } from './duty.ts'
import { offers, operationOf } from './link.ts'
import { storeEvents } from './receive-push.ts'

const flocksAtMost = 20

/** Takes in what the platform keeps for a shop (消息服务). A message is confirmed only after it is stored; a repeat does no harm. */
export async function pullMessages(ctx: Ctx, shopId: number): Promise<void> {
  await onDuty(ctx, { shopId, duty: 'pushes' }, async (link) => {
    if (!offers(link, 'messages.pull')) return
    for (let flock = 0; flock < flocksAtMost; flock += 1) {
      const events = await ask(ctx, link, operationOf(link, 'messages.pull'))
      if (events.length === 0) return
      await ctx.tx((inner) =>
        storeEvents(
          inner,
          events.map((event) => ({ ...event, shopId })),
        ),
      )
      await ask(ctx, link, (account) =>
        operationOf(link, 'messages.confirm')(
          account,
          events.map((event) => event.eventNo),
        ),
      )
    }
  })
}
