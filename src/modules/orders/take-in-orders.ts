import type { ChannelLine, ChannelOrder } from '../../core/channel/shapes.ts'
import { decideIntake, receiverStill } from '../../core/order/intake.ts'
import { type Ask, type Settlement, settle } from '../../core/order/settle.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { listingKey, matchLines } from '../catalogue/index.ts'
import { markTaken, type SeenForIntake, takeSeen } from '../channels/index.ts'
import { recogniseBuyers } from '../customers/index.ts'
import { openDesk, type TwinKey } from './desk.ts'
import { loadKnown } from './load-orders.ts'
import { goodsText, personOf } from './rows.ts'
import { saveTold } from './save-told.ts'
import { holdIntakeLane } from './store/settle.ts'
import { type Judged, keyOf, type News, type Told } from './told.ts'
import { knownOf, type Loaded, workOfTold } from './work.ts'

const batchSize = 200

/**
 * Takes in what channels told (入库): new orders with their pieces held and reviewed, changes with what follows from them, in one
 * transaction and a fixed number of statements. Gives how many tellings were settled; 0 when none waited. Running it twice changes nothing.
 */
export async function takeInOrders(outer: Ctx, limit = batchSize): Promise<number> {
  return outer.tx(async (ctx) => {
    await holdIntakeLane(ctx.db)
    const seen = await takeSeen(ctx, limit)
    if (seen.length === 0) return 0

    const known = await loadKnown(ctx, seen)
    const judged = seen.map((one) => judge(one, known.get(keyOf(one)) ?? null))
    const told = await onTheDesk(ctx, judged.filter(isNews))
    const settled = await settleTold(ctx, told)
    const saved = await saveTold(ctx, told, settled)

    const passedOver = judged.filter((one) => !isNews(one))
    await markTaken(ctx, saved.seenIds, 'settled')
    await markTaken(
      ctx,
      passedOver.map((one) => one.seen.seenId),
      'passed-over',
    )
    await tellOutcome(ctx, saved.orderIds, told, settled)
    return seen.length
  })
}

function judge(told: SeenForIntake, stored: Loaded | null): Judged {
  const known = stored === null ? null : (stored.person.told ?? stored.person.receiver)
  const seen = { ...told, order: { ...told.order, receiver: receiverStill(told.order.receiver, known) } }
  const intake = decideIntake(stored && knownOf(stored), seen.order)
  return intake.kind === 'back'
    ? { seen, known: null, former: stored, intake }
    : { seen, known: stored, former: null, intake }
}

const isNews = (one: Judged): one is Judged<News> => one.intake.kind !== 'same' && one.intake.kind !== 'older'

async function onTheDesk(ctx: Ctx, judged: readonly Judged<News>[]): Promise<Told[]> {
  const lines = judged.flatMap(({ seen }) => seen.order.lines.map((line) => ({ ...line, shopId: seen.shopId })))
  const matched = await matchLines(ctx, lines)
  const keys = judged.flatMap(({ seen }) => buyerKey(ctx, seen.order) ?? [])
  const buyers = await recogniseBuyers(ctx, keys)

  return judged.map((one) => {
    const { seen } = one
    const matchOf = (line: ChannelLine) => matched.get(listingKey({ ...line, shopId: seen.shopId })) ?? null
    const buyer = buyerKey(ctx, seen.order)
    const person = personOf(seen.order, one.known?.person ?? null, tellsReceiver(one.intake))
    const { stockTakenOn } = ctx.plugs.channel(seen.channel).manifest
    return {
      ...one,
      matchOf,
      buyerId: buyer === null ? null : (buyers.get(`${buyer.channel}\n${buyer.buyerKey}`) ?? null),
      goods: goodsText(
        seen.order.lines.map((line) => ({
          quantity: line.quantity,
          listingId: matchOf(line)?.listingId ?? null,
          skuId: matchOf(line)?.skuId ?? null,
        })),
      ),
      person,
      work: workOfTold(seen.order, one.known, {
        key: keyOf(seen),
        match: matchOf,
        stockTakenOn,
        receiver: person.receiver,
      }),
    }
  })
}

const tellsReceiver = (intake: Told['intake']) =>
  intake.kind === 'changed' && intake.changes.some((change) => change.field === 'receiver')

/** The channel's buyer number; else the phone, where it came in plain. */
function buyerKey(ctx: Ctx, order: ChannelOrder): { channel: string; buyerKey: string } | null {
  const { channelBuyerNo } = order.buyer
  if (channelBuyerNo !== null && channelBuyerNo !== '') return { channel: order.channel, buyerKey: channelBuyerNo }
  const { phone, privacy } = order.receiver
  return privacy === 'plain' && phone !== ''
    ? { channel: order.channel, buyerKey: `phone:${ctx.vault.fingerprint('phone', phone)}` }
    : null
}

async function settleTold(ctx: Ctx, told: readonly Told[]): Promise<ReadonlyMap<string, Settlement>> {
  if (told.length === 0) return new Map()
  const twinKeys = new Map(told.map((one) => [one.work.key, twinKeyOf(one)]))
  const world = await openDesk(
    ctx,
    told.map((one) => one.work),
    { twinKeys, isPreview: false },
  )
  return settle(
    told.map((one) => ({ order: one.work, ask: askOf(one) })),
    world,
  )
}

function askOf({ intake }: Told): Ask {
  return intake.kind === 'changed'
    ? { kind: 'told', deed: intake.deed, stops: intake.stops }
    : { kind: 'told', deed: null, stops: null }
}

function twinKeyOf({ seen, known, former, buyerId, goods }: Told): TwinKey {
  return {
    key: keyOf(seen),
    orderNo: (known ?? former)?.stored.orderNo ?? null,
    buyerId,
    goods,
    shopId: seen.shopId,
    channelOrderNo: seen.channelOrderNo,
    createdAt: Date.parse(seen.order.createdAt),
  }
}

/** New ones and changed ones together; stopped ones once more by name, since a parcel may be on the packing table. */
async function tellOutcome(
  ctx: Ctx,
  orderIds: ReadonlyMap<string, number>,
  told: readonly Told[],
  settled: ReadonlyMap<string, Settlement>,
): Promise<void> {
  const ids = (pick: (one: Told) => boolean) => told.filter(pick).flatMap((one) => orderIds.get(one.work.key) ?? [])
  const taken = ids((one) => one.intake.kind !== 'changed')
  const changed = ids((one) => one.intake.kind === 'changed')
  const stopped = ids((one) => {
    const deeds = settled.get(one.work.key)?.deeds ?? []
    return one.known !== null && deeds.some((deed) => deed === 'stop' || deed === 'close' || deed === 'ship-elsewhere')
  })
  const skuIds = [
    ...new Set(
      [...settled.values()].flatMap(({ held, released, left }) =>
        [...held, ...released, ...left].map((hold) => hold.skuId),
      ),
    ),
  ]
  if (taken.length > 0) await tell(ctx, 'orders.taken-in', { orderIds: taken })
  if (changed.length > 0) await tell(ctx, 'orders.changed', { orderIds: changed })
  if (stopped.length > 0) await tell(ctx, 'orders.stopped', { orderIds: stopped })
  if (skuIds.length > 0) await tell(ctx, 'inventory.changed', { skuIds })
}
