import type { Ctx } from '../../platform/module.ts'
import * as store from './store/shops.ts'

/** A shop as other modules and their pages name it. */
export interface ShopName {
  readonly shopId: number
  readonly name: string
  readonly channel: string
  readonly channelZh: string
  readonly mark: string
  readonly mode: 'api' | 'file'
  /** True: nothing is written to the channel. */
  readonly isReadOnly: boolean
  /** Its orders stay; it takes in no more. */
  readonly isDeleted: boolean
  /** When the channel takes stock off: decides whether unpaid orders hold stock. */
  readonly stockTakenOn: 'placing' | 'paying'
}

/** All shops, deleted ones too, by key. A channel that is not plugged in any more shows its id. */
export async function shopsById(ctx: Ctx): Promise<ReadonlyMap<number, ShopName>> {
  const rows = await store.listNamedShops(ctx.db)
  const manifests = new Map(ctx.plugs.channels.map((plug) => [plug.manifest.id, plug.manifest]))
  return new Map(
    rows.map(({ id, ...row }) => {
      const manifest = manifests.get(row.channel)
      return [
        id,
        {
          shopId: id,
          ...row,
          channelZh: manifest?.zh ?? row.channel,
          mark: manifest?.mark ?? '?',
          stockTakenOn: manifest?.stockTakenOn ?? 'paying',
        },
      ]
    }),
  )
}
