import { describe, expect } from 'vitest'
import type { Rig } from '../rig.ts'
import { buyOne, parcelOf, piecesOf, type Stage, twoKinds } from '../stage.ts'

const needs = ['shipments.find', 'shipments.report'] as const
const [one, two] = ['ZT7300000001', 'ZT7300000002']

/** A channel that takes no orders is told of another shop's parcels, and says which it knows. Of one that takes orders nothing is asked. */
export function asksAboutParcelsBeside(stage: Stage): void {
  if (stage.plug.operations['orders.pull'] !== undefined) return
  describe('a parcel of another shop', () => {
    asksAboutTelling(stage)
    asksAboutDoubt(stage)
  })
}

function asksAboutTelling({ asks }: Stage): void {
  asks('is known once it was told', needs, async (rig) => {
    const bought = await buyOne(rig, { lines: twoKinds })
    const shop = await rig.shop()
    const find = () => rig.does('shipments.find')(shop, bought.orderNo)
    expect(await find()).toEqual([])
    await rig.does('shipments.report')(shop, parcelOf(bought, one))
    expect(await find()).toEqual([one])
    expect(await rig.controls.order(bought.orderNo)).toMatchObject({ status: 'shipped' })
  })

  asks('told twice is known once', needs, async (rig) => {
    const bought = await buyOne(rig)
    const shop = await rig.shop()
    const report = () => rig.does('shipments.report')(shop, parcelOf(bought, one))
    await report()
    expect(await rig.refusal(report)).toMatchObject({ code: 'CHANNEL_ALREADY_DONE', retry: 'after-checking' })
    expect(await told(rig, bought.orderNo)).toEqual([[one, 1]])
  })

  asks('that is not the last leaves the order open for the next', needs, async (rig) => {
    const bought = await buyOne(rig, { lines: twoKinds })
    const [first, second] = bought.lines
    const shop = await rig.shop()
    const report = rig.does('shipments.report')
    await report(shop, { ...parcelOf(bought, one, [piecesOf(first!, 3)]), completesOrder: false })
    expect(await rig.controls.order(bought.orderNo)).toMatchObject({ status: 'partially-shipped' })
    await report(shop, { ...parcelOf(bought, two, [piecesOf(second!, 1)]), completesOrder: true })
    expect(await rig.controls.order(bought.orderNo)).toMatchObject({ status: 'shipped' })
    expect(await told(rig, bought.orderNo)).toEqual([
      [one, 1],
      [two, 1],
    ])
  })

  asks('gets another number', ['shipments.change', ...needs], async (rig) => {
    const bought = await buyOne(rig)
    const shop = await rig.shop()
    await rig.does('shipments.report')(shop, parcelOf(bought, one))
    const change = { ...parcelOf(bought, two), formerWaybillNo: one, formerCarrier: 'zto' }
    await rig.does('shipments.change')(shop, change)
    expect(await rig.does('shipments.find')(shop, bought.orderNo)).toEqual([two])
    expect(await rig.refusal(() => rig.does('shipments.change')(shop, change))).toMatchObject({
      code: 'CHANNEL_ALREADY_DONE',
    })
  })
}

function asksAboutDoubt({ asks }: Stage): void {
  asks('without an answer is unclear, and asking tells that it was done', needs, async (rig) => {
    const bought = await buyOne(rig)
    const shop = await rig.shop()
    await rig.controls.break({ kind: 'drop-after-apply', rate: 1, times: 1 })
    const report = () => rig.does('shipments.report')(shop, parcelOf(bought, one))
    expect(await rig.refusal(report)).toMatchObject({ code: 'CHANNEL_UNCLEAR', retry: 'after-checking' })
    await rig.controls.break()
    expect(await rig.does('shipments.find')(shop, bought.orderNo)).toEqual([one])
  })

  asks('that was cut off is unclear, and asking tells that it was not done', needs, async (rig) => {
    const bought = await buyOne(rig)
    const shop = await rig.shop()
    await rig.controls.break({ kind: 'cut', rate: 1, times: 1 })
    const report = () => rig.does('shipments.report')(shop, parcelOf(bought, one))
    expect(await rig.refusal(report)).toMatchObject({ code: 'CHANNEL_UNCLEAR' })
    await rig.controls.break()
    expect(await rig.does('shipments.find')(shop, bought.orderNo)).toEqual([])
    await report()
    expect(await told(rig, bought.orderNo)).toEqual([[one, 1]])
  })

  asks('that is only said to be done is found by asking', needs, async (rig) => {
    const bought = await buyOne(rig)
    const shop = await rig.shop()
    await rig.controls.break({ kind: 'lie', rate: 1, times: 1 })
    await rig.does('shipments.report')(shop, parcelOf(bought, one))
    await rig.controls.break()
    expect(await rig.does('shipments.find')(shop, bought.orderNo)).toEqual([])
  })

  asks('of an order that was not paid there, or paid back, is refused', needs, async (rig) => {
    const open = await buyOne(rig, { pay: 'unpaid' })
    const back = await buyOne(rig, { seed: 2 })
    await rig.controls.act({ kind: 'refund', orderNos: [back.orderNo] })
    // A payment may be unknown for a minute after it was made.
    await rig.pass(2 * 3_600_000)
    const shop = await rig.shop()
    for (const order of [open, back]) {
      const failure = await rig.refusal(() => rig.does('shipments.report')(shop, parcelOf(order, one)))
      expect(failure).toMatchObject({ code: 'CHANNEL_REFUSED', retry: 'never' })
    }
    expect(await rig.controls.ask('shipments')).toEqual([])
  })
}

async function told(rig: Rig, orderNo: string): Promise<(readonly [string, number])[]> {
  return (await rig.controls.shipments(orderNo)).map(({ waybillNo, times }) => [waybillNo, times] as const)
}
