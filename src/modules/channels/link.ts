import { Failure } from '../../core/failures.ts'
import type { AnyChannel, ChannelOperations } from '../../kit/channel.ts'
import type { Account } from '../../kit/plug.ts'
import type { Ctx } from '../../platform/module.ts'
import type { Worth } from '../../platform/send/line.ts'
import type { Caller, CallNote } from '../../platform/send/send.ts'
import type { ShopRow } from './store/shops.ts'
import * as store from './store/shops.ts'

/** A shop with its plug-in. `shop` is renewed when its authorisation was. */
export interface Link {
  readonly shopId: number
  readonly plug: AnyChannel
  /** What its calls are worth beside others. */
  readonly worth: Worth
  shop: ShopRow
}

/** The link of a shop that may be worked now; null when it is gone, paused, stopped or lives by files. */
export async function openLink(
  ctx: Ctx,
  shopId: number,
  options: { readonly worth?: Worth } = {},
): Promise<Link | null> {
  const shop = await store.findShop(ctx.db, shopId)
  if (shop === null || shop.mode === 'file' || shop.pausedAt !== null || shop.stoppedAt !== null) return null
  if (shop.credentials === null) return null
  return { shopId, shop, plug: ctx.plugs.channel(shop.channel), worth: options.worth ?? 'usual' }
}

/**
 * The link of a shop as it is, for setting it up: also one that is paused, stopped or new. Throws SHOP_NOT_FOUND, SHOP_IN_FILE_MODE,
 * INPUT_INVALID when no credentials were typed in yet.
 */
export async function openLinkAnyway(ctx: Ctx, shopId: number): Promise<Link> {
  const shop = await store.findShop(ctx.db, shopId)
  if (shop === null) throw new Failure('SHOP_NOT_FOUND', { shopId })
  if (shop.mode === 'file') throw new Failure('SHOP_IN_FILE_MODE', { name: shop.name })
  if (shop.credentials === null) throw new Failure('INPUT_INVALID', { field: '密钥', problem: '请先填写应用密钥' })
  return { shopId, shop, plug: ctx.plugs.channel(shop.channel), worth: 'usual' }
}

export type OperationName = keyof ChannelOperations<unknown>

export const offers = (link: Pick<Link, 'plug'>, operation: OperationName) =>
  link.plug.operations[operation] !== undefined

/** Throws CHANNEL_OPERATION_ABSENT. */
export function operationOf<Name extends OperationName>(
  link: Pick<Link, 'plug'>,
  name: Name,
): NonNullable<AnyChannel['operations'][Name]> {
  const operation = link.plug.operations[name]
  if (operation === undefined)
    throw new Failure('CHANNEL_OPERATION_ABSENT', { channel: link.plug.manifest.zh, operation: name })
  return operation as NonNullable<AnyChannel['operations'][Name]>
}

export interface OpenAccount {
  readonly account: Account<unknown>
  readonly caller: Caller
  /** The last call made, whose record may still be told what its answer meant. */
  readonly lastCall: () => CallNote | null
}

/** What a connector is given: opened credentials, an address, a way out. Throws CHANNEL_NOT_AUTHORISED when there are none that fit. */
export function openAccount(ctx: Ctx, link: Link, credentials = readCredentials(ctx, link)): OpenAccount {
  const { manifest } = link.plug
  let last: CallNote | null = null
  const caller: Caller = {
    shopId: link.shopId,
    channel: manifest.id,
    appKey: manifest.appKeyOf(credentials),
    limits: manifest.limits,
    worth: link.worth,
    note: (call) => {
      last = call
    },
  }
  const account = {
    credentials,
    address: manifest.address ?? addressIn(credentials),
    send: (request: Parameters<Account<unknown>['send']>[0]) => ctx.send(caller, request),
    now: ctx.now,
  }
  return { account, caller, lastCall: () => last }
}

/** Parsed by the channel's own schema. Throws CHANNEL_NOT_AUTHORISED when there are none, or they lack what authorisation brings. */
export function readCredentials(ctx: Ctx, { plug, shop }: Pick<Link, 'plug' | 'shop'>): unknown {
  const refused = (cause?: unknown) => new Failure('CHANNEL_NOT_AUTHORISED', { channel: plug.manifest.zh }, cause)
  if (shop.credentials === null) throw refused()
  const parsed = plug.manifest.credentials.safeParse(JSON.parse(ctx.vault.open(shop.credentials)))
  if (!parsed.success) throw refused(parsed.error)
  return parsed.data
}

/** A shop with a site of its own has its address among its credentials. */
function addressIn(credentials: unknown): string {
  const { address } = credentials as { readonly address?: unknown }
  return typeof address === 'string' ? address : ''
}
