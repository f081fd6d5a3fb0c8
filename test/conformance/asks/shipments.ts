import { describe, expect } from 'vitest'
import type { Truth } from '../../../simulators/simulator.ts'
import { aidFor } from '../channel-aid.ts'
import type { Rig, Shop } from '../rig.ts'
import { buyOne, orderOf, parcelOf, piecesOf, type Stage, twoKinds, waybillsOf } from '../stage.ts'

const one = 'ZT7300000001'
const two = 'ZT7300000002'

const shippedOf = (order: Truth) => order.lines.map((line) => line.shippedQuantity)

interface Parcel {
  readonly waybillNo: string
  readonly pieces: number
  /** How often it was told. */
  readonly times?: number
}

/** Compares what the simulator took down of an order's parcels; no pieces where the platform does not ask what is in them. */
async function expectParcels(rig: Rig, { orderNo }: Truth, expected: readonly Parcel[]): Promise<void> {
  const { parcelsNameNoGoods = false } = await aidFor(rig.plug.manifest.id)
  const parcels = (await rig.controls.shipments(orderNo)).map(({ waybillNo, lines, times }) => ({
    waybillNo,
    pieces: lines.reduce((all, { quantity }) => all + quantity, 0),
    times,
  }))
  expect(parcels).toMatchObject(parcelsNameNoGoods ? expected.map((parcel) => ({ ...parcel, pieces: 0 })) : expected)
}

/** Done, or the platform says that it was done before. */
async function againOrDone(rig: Rig, work: () => Promise<unknown>): Promise<void> {
  const outcome = await work().then(
    () => null,
    (error: unknown) => error,
  )
  if (outcome === null) return
  const failure = await rig.refusal(() => Promise.reject(outcome))
  expect(failure).toMatchObject({ code: 'CHANNEL_ALREADY_DONE', retry: 'after-checking' })
}

const needs = ['shipments.report', 'orders.get'] as const

export function asksAboutShipments(stage: Stage): void {
  describe('a shipment', () => {
    asksAboutWholeOrders(stage)
    asksAboutParts(stage)
    asksAboutRefusals(stage)
    asksAboutSilence(stage)
  })
}

function asksAboutWholeOrders({ asks }: Stage): void {
  asks('of the whole order is known at the channel', needs, async (rig) => {
    const { shippedStatus = 'shipped' } = await aidFor(rig.plug.manifest.id)
    const bought = await buyOne(rig, { lines: twoKinds })
    const shop = await rig.shop()
    await rig.does('shipments.report')(shop, parcelOf(bought, one))
    expect(await rig.controls.order(bought.orderNo)).toMatchObject({ status: shippedStatus })
    await expectParcels(rig, bought, [{ waybillNo: one, pieces: 4, times: 1 }])

    const order = await orderOf(rig, shop, bought)
    expect(order).toMatchObject({ status: shippedStatus, mayShipNow: false, remainingToShip: [] })
    expect(waybillsOf(order)).toEqual(new Set([one]))
    expect(order.lines.map((line) => line.shippedQuantity)).toEqual([3, 1])
  })

  asks('told twice leaves once', needs, async (rig) => {
    const bought = await buyOne(rig, { lines: twoKinds })
    const shop = await rig.shop()
    const report = rig.does('shipments.report')
    await report(shop, parcelOf(bought, one))
    await againOrDone(rig, () => report(shop, parcelOf(bought, one)))
    expect(shippedOf(await rig.controls.order(bought.orderNo))).toEqual([3, 1])
    expect(await rig.controls.shipments(bought.orderNo)).toHaveLength(1)
  })

  asks('gets another number', ['shipments.change', ...needs], async (rig) => {
    const bought = await buyOne(rig, { lines: twoKinds })
    const shop = await rig.shop()
    await rig.does('shipments.report')(shop, parcelOf(bought, one))
    const former = { formerWaybillNo: one, formerCarrier: 'zto' }
    await rig.does('shipments.change')(shop, { ...parcelOf(bought, two), ...former })
    expect(waybillsOf(await orderOf(rig, shop, bought))).toEqual(new Set([two]))
    await expectParcels(rig, bought, [{ waybillNo: two, pieces: 4 }])
  })
}

function asksAboutParts({ asks }: Stage): void {
  asks('by lines leaves in two parcels', needs, async (rig) => {
    const { shippedStatus = 'shipped', firstParcelShipsAll = false } = await aidFor(rig.plug.manifest.id)
    const bought = await buyOne(rig, { lines: twoKinds })
    const [first, second] = bought.lines as [Truth['lines'][number], Truth['lines'][number]]
    const shop = await rig.shop()
    const report = rig.does('shipments.report')
    await report(shop, parcelOf(bought, one, [piecesOf(first, 3)]))
    const between = await orderOf(rig, shop, bought)
    const remainingToShip = firstParcelShipsAll ? [] : [{ channelSkuNo: second.skuNo, quantity: 1 }]
    const status = firstParcelShipsAll ? shippedStatus : 'partially-shipped'
    expect(between).toMatchObject({ status, mayShipNow: !firstParcelShipsAll, remainingToShip })

    await report(shop, parcelOf(bought, two, [piecesOf(second, 1)]))
    const after = await orderOf(rig, shop, bought)
    expect(after).toMatchObject({ status: shippedStatus, remainingToShip: [] })
    expect(waybillsOf(after)).toEqual(new Set([one, two]))
    await expectParcels(rig, bought, [
      { waybillNo: one, pieces: firstParcelShipsAll ? 4 : 3, times: 1 },
      { waybillNo: two, pieces: firstParcelShipsAll ? 0 : 1, times: 1 },
    ])
  })

  asks('of a part of a line, then of the rest', needs, async (rig) => {
    const aid = await aidFor(rig.plug.manifest.id)
    const { truth: { splitsLines = true } = {}, shippedStatus = 'shipped', parcelsNameNoGoods = false } = aid
    const { firstParcelShipsAll = false } = aid
    const bought = await buyOne(rig, { lines: twoKinds })
    const [first, second] = bought.lines as [Truth['lines'][number], Truth['lines'][number]]
    const shop = await rig.shop()
    const report = rig.does('shipments.report')
    await report(shop, parcelOf(bought, one, [piecesOf(first, 1)]))
    const between = await orderOf(rig, shop, bought)
    // Where a line leaves whole or not at all it goes with the first of its pieces.
    const left = splitsLines ? 1 : first.quantity
    const gone = firstParcelShipsAll ? [first.quantity, second.quantity] : [parcelsNameNoGoods ? 0 : left, 0]
    expect(shippedOf(await rig.controls.order(bought.orderNo))).toEqual(gone)
    expect(between.status).toBe(firstParcelShipsAll ? shippedStatus : 'partially-shipped')
    expect(waybillsOf(between)).toEqual(new Set([one]))
    // A channel may count lines and not pieces; it never claims more than has left.
    expect(between.lines[0]!.shippedQuantity).toBeLessThanOrEqual(left)

    await report(shop, parcelOf(bought, two, [piecesOf(first, 2, true), piecesOf(second, 1)]))
    expect(shippedOf(await rig.controls.order(bought.orderNo))).toEqual([3, 1])
    const after = await orderOf(rig, shop, bought)
    expect(after).toMatchObject({ status: shippedStatus, remainingToShip: [] })
    expect(waybillsOf(after)).toContain(two)
  })
}

function asksAboutRefusals({ asks }: Stage): void {
  asks('of what is not paid, or of another order’s line, is refused', needs, async (rig) => {
    const open = await buyOne(rig, { lines: twoKinds, pay: 'unpaid' })
    const { namesLinesBySku = false } = await aidFor(rig.plug.manifest.id)
    const lines = namesLinesBySku ? [{ merchantCode: 'MB-6001', quantity: 3 }] : twoKinds
    const other = await buyOne(rig, { lines, seed: 2 })
    const mine = await buyOne(rig, { lines: twoKinds, seed: 3 })
    const shop = await rig.shop()
    const report = rig.does('shipments.report')
    const foreign = parcelOf(mine, two, [piecesOf(other.lines[0]!, 3)])
    for (const parcel of [parcelOf(open, one), foreign]) {
      expect(await rig.refusal(() => report(shop, parcel))).toMatchObject({ code: 'CHANNEL_REFUSED', retry: 'never' })
    }
    expect(await rig.controls.ask('shipments')).toEqual([])
  })
}

/** The product looks for the waybill number before it tells again. */
async function reportInTrouble(rig: Rig, shop: Shop, fault: 'drop-after-apply' | 'cut') {
  const bought = await buyOne(rig, { lines: twoKinds })
  await rig.controls.break({ kind: fault, rate: 1, times: 1 })
  const failure = await rig.refusal(() => rig.does('shipments.report')(shop, parcelOf(bought, one)))
  await rig.controls.break()
  expect(failure).toMatchObject({ code: 'CHANNEL_UNCLEAR', retry: 'after-checking' })
  return bought
}

function asksAboutSilence({ asks }: Stage): void {
  asks('without an answer is unclear, and reading tells that it was done', needs, async (rig) => {
    // Platforms cut the line or say that they lost sight of it; both must come out the same.
    for (let time = 0; time < 4; time += 1) {
      await rig.fresh()
      await rig.controls.offer([
        { merchantCode: 'MB-1001', title: '杯', specification: '颜色:白', product: '杯', priceFen: 4900, quantity: 99 },
      ])
      await rig.controls.offer([
        { merchantCode: 'MB-2001', title: '套', specification: '颜色:麦', product: '套', priceFen: 3900, quantity: 99 },
      ])
      const shop = await rig.shop()
      const bought = await reportInTrouble(rig, shop, 'drop-after-apply')
      expect(waybillsOf(await orderOf(rig, shop, bought))).toContain(one)
      await expectParcels(rig, bought, [{ waybillNo: one, pieces: 4, times: 1 }])
    }
  })

  asks('that was cut off is unclear, and reading tells that it was not done', needs, async (rig) => {
    const shop = await rig.shop()
    const bought = await reportInTrouble(rig, shop, 'cut')
    expect(waybillsOf(await orderOf(rig, shop, bought))).not.toContain(one)
    await rig.does('shipments.report')(shop, parcelOf(bought, one))
    await expectParcels(rig, bought, [{ waybillNo: one, pieces: 4, times: 1 }])
  })

  asks('that is only said to be done is found by reading', needs, async (rig) => {
    const bought = await buyOne(rig, { lines: twoKinds })
    const shop = await rig.shop()
    // A report may take several calls that write; none of them does.
    await rig.controls.break({ kind: 'lie', rate: 1 })
    await rig.does('shipments.report')(shop, parcelOf(bought, one))
    await rig.controls.break()
    expect((await rig.controls.counts()).faultsPlayed.lie).toBeGreaterThanOrEqual(1)
    const order = await orderOf(rig, shop, bought)
    expect(order.status).toBe('paid-wait-ship')
    expect(waybillsOf(order)).toEqual(new Set())
  })
}
