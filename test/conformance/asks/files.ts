import { describe, expect } from 'vitest'
import type { ChannelOrder } from '../../../src/core/channel/shapes.ts'
import { ChannelOrder as Standard } from '../../../src/core/channel/shapes.ts'
import { aidFor } from '../channel-aid.ts'
import type { Rig } from '../rig.ts'
import { orderOf, parcelOf, type Stage } from '../stage.ts'

/** Orders in the states that a file tells: open, paid, shipped, done, closed before and after payment. */
async function placeAll(rig: Rig): Promise<void> {
  const paid = await rig.controls.buy({ count: 12, seed: 21, note: '送人的' })
  const open = await rig.controls.buy({ count: 4, seed: 22, pay: 'unpaid' })
  const numbers = paid.map(({ orderNo }) => orderNo)
  const ship = { kind: 'ship-in-back-office', waybillNo: 'YT7300000001', carrierName: '圆通速递' } as const
  for (const orderNo of numbers.slice(0, 6)) {
    await rig.controls.act({ ...ship, orderNos: [orderNo], waybillNo: `YT${orderNo.slice(-10)}` })
  }
  await rig.controls.act({ kind: 'finish', orderNos: numbers.slice(0, 3) })
  await rig.controls.act({ kind: 'close', orderNos: open.slice(0, 2).map(({ orderNo }) => orderNo) })
  await rig.controls.act({ kind: 'refund', orderNos: numbers.slice(10), outcome: 'success' })
}

/** What a file and the API must agree on, so that a shop moves from one to the other without a seam. */
const keysOf = (order: ChannelOrder) => ({
  channelOrderNo: order.channelOrderNo,
  status: order.status,
  createdAt: order.createdAt,
  paidAt: order.paidAt,
  paidTotalFen: order.paidTotalFen,
  freightFen: order.freightFen,
  extraFen: order.extraFen,
  buyerNote: order.buyerNote,
  region: { ...order.receiver.standard, town: '' },
  lines: order.lines.map(({ channelLineNo, merchantCode, quantity, paidFen, unitPaidFen }) => ({
    channelLineNo,
    merchantCode,
    quantity,
    paidFen,
    unitPaidFen,
  })),
  isSent: order.shipments.length > 0,
})

export function asksAboutFiles({ plug, asks }: Stage): void {
  describe('a file', () => {
    asks('of the back office says the same as the API', ['export.read', 'orders.get'], async (rig) => {
      await placeAll(rig)
      const truths = await rig.controls.orders()
      const { sheetOf } = await aidFor(plug.manifest.id)
      const reading = rig.does('export.read')(sheetOf!(truths), rig.now())
      expect(reading?.errors).toEqual([])
      expect(reading?.orders).toHaveLength(truths.length)

      const shop = await rig.shop()
      for (const { order } of reading!.orders) {
        expect(Standard.parse(order)).toEqual(order)
        const byApi = await orderOf(rig, shop, { orderNo: order.channelOrderNo })
        expect(keysOf(order)).toEqual(keysOf(byApi))
      }
    })

    asks('of somebody else is not recognised', ['export.read'], async (rig) => {
      const sheet = { fileName: '工资.xlsx', headers: ['姓名', '部门', '实发'], rows: [['林晓禾', '仓库', '6000']] }
      expect(rig.does('export.read')(sheet, rig.now())).toBeNull()
    })

    asks('with a wrong cell names it and takes the other orders', ['export.read'], async (rig) => {
      const truths = await rig.controls.buy({ count: 5, seed: 23 })
      const { sheetOf } = await aidFor(plug.manifest.id)
      const sheet = sheetOf!(truths)
      const at = sheet.headers.findIndex((header) => /数量|quantity/i.test(header))
      const rows = sheet.rows.map((row, place) =>
        place === 0 ? row.map((cell, i) => (i === at ? '一双' : cell)) : row,
      )
      const reading = rig.does('export.read')({ ...sheet, rows }, rig.now())
      expect(reading?.orders).toHaveLength(4)
      expect(reading?.errors).toEqual([
        { row: 1, column: sheet.headers[at], value: '一双', zh: expect.stringMatching(/\p{Script=Han}/u) },
      ])
    })

    asks('for shipping names every parcel with its order', ['export.shipments'], async (rig) => {
      const orders = await rig.controls.buy({ count: 3, seed: 24 })
      const parcels = orders.map((order, place) => parcelOf(order, `ZT730000000${place}`))
      const { headers, rows } = rig.does('export.shipments')(parcels)
      for (const row of rows) expect(row).toHaveLength(headers.length)
      for (const { channelOrderNo, waybillNo } of parcels) {
        expect(rows.filter((row) => row.includes(channelOrderNo) && row.includes(waybillNo))).not.toEqual([])
        expect(rows.filter((row) => row.includes(channelOrderNo) && !row.includes(waybillNo))).toEqual([])
      }
    })

    asks('for stock names every listing with its number', ['export.stock'], async (rig) => {
      const items = (await rig.controls.listings()).slice(0, 5).map(({ itemNo, skuNo, merchantCode }, place) => ({
        channelItemNo: itemNo,
        channelSkuNo: skuNo,
        merchantCode,
        quantity: 70 + place,
      }))
      const { headers, rows } = rig.does('export.stock')(items)
      expect(rows).toHaveLength(items.length)
      for (const [place, row] of rows.entries()) {
        expect(row).toHaveLength(headers.length)
        expect(row).toContain(String(70 + place))
        expect(row.some((cell) => cell === items[place]?.channelSkuNo || cell === items[place]?.merchantCode)).toBe(
          true,
        )
      }
    })
  })
}
