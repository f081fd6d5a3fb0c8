import { Failure } from '../../../core/failures.ts'
import type { Account } from '../../../kit/plug.ts'
import { webhookToleranceS } from '../../../kit/standard-webhooks.ts'
import { ask, parsed } from './call.ts'
import { type Credentials, manifest } from './manifest.ts'
import { PingPayload } from './payload.ts'

/**
 * The connection test (测试连接): who answers, and whether both clocks agree within 300 s, since signatures fail beyond that.
 * The site has no number of its own, so its address stands for it. Source: own-site.md 6.2 [rule].
 * Throws CHANNEL_MISCONFIGURED for a clock that is off or an address without the interface; else what a call throws.
 */
export async function describeShop(account: Account<Credentials>): Promise<{ channelShopNo: string; name: string }> {
  const call = {
    operation: 'shop.describe',
    method: 'GET',
    path: '/oms/v1/ping',
    body: null,
    namesOrder: false,
  } as const
  const ping = parsed(PingPayload, await ask(account, call).catch(rethrowClock), 'ping')
  const aheadS = Math.round((ping.time - account.now()) / 1000)
  if (Math.abs(aheadS) > webhookToleranceS) throw misconfigured(clockWords(aheadS))

  const { host, pathname } = new URL(account.address)
  return { channelShopNo: pathname === '/' ? host : host + pathname, name: ping.name }
}

/** During the connection test a person is looking: a refused timestamp is something to set right, not to retry. */
function rethrowClock(error: unknown): never {
  if (error instanceof Failure && error.details.class === 'clock') {
    throw misconfigured('网站说本系统的时间不对：两边时钟相差超过 5 分钟，请在两台服务器上都打开自动对时', error)
  }
  throw error
}

function clockWords(aheadS: number): string {
  const minutes = Math.round(Math.abs(aheadS) / 60)
  const way = aheadS > 0 ? '快' : '慢'
  return `网站时钟比本系统${way}约 ${minutes} 分钟，超过 5 分钟签名就会失效，请在网站服务器上打开自动对时`
}

function misconfigured(reason: string, cause?: unknown): Failure {
  return new Failure('CHANNEL_MISCONFIGURED', { channel: manifest.id, reason }, cause)
}
