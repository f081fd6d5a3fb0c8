import { Failure } from '../../core/failures.ts'
import type { ChannelOperations } from '../../kit/channel.ts'
import type { Ctx } from '../../platform/module.ts'
import { ask } from './ask.ts'
import { offers, openLink, operationOf } from './link.ts'

type Reveal = ChannelOperations<unknown>['orders.reveal']
type Wanted = Parameters<Reveal>[1] & { readonly shopId: number }

/**
 * The plain receiver of a masked order, asked of its channel (解密收件人). It is not kept. Throws RECEIVER_STAYS_MASKED where the channel
 * cannot tell or the shop may not be worked now; else what the operation throws.
 */
export async function askPlain(ctx: Ctx, { shopId, ...wanted }: Wanted): ReturnType<Reveal> {
  const link = await openLink(ctx, shopId)
  if (link === null) throw staysMasked('店铺已暂停、已停止或是文件模式')
  if (!offers(link, 'orders.reveal')) throw staysMasked(`${link.plug.manifest.zh}不提供明文`)
  return ask(ctx, link, (account) => operationOf(link, 'orders.reveal')(account, wanted))
}

const staysMasked = (reason: string) => new Failure('RECEIVER_STAYS_MASKED', { reason })
