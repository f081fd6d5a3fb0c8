import { Failure } from '../../core/failures.ts'

/**
 * Only HTTPS leaves the house. In the sandbox the outside world is simulated on this machine: then loopback is all there is.
 * Throws CHANNEL_ADDRESS_REFUSED.
 */
export function refuseAddress(address: string, isSandbox: boolean): void {
  const url = URL.parse(address)
  if (url === null) throw new Failure('CHANNEL_ADDRESS_REFUSED', { host: address.slice(0, 100) })
  const isAllowed = isSandbox ? isLoopback(url.hostname) : url.protocol === 'https:'
  if (!isAllowed) throw new Failure('CHANNEL_ADDRESS_REFUSED', { host: url.host })
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}
