import type { ParcelRow } from '../../../src/contract/fulfilment.ts'

interface Goods {
  readonly code: string
  readonly quantity: number
  readonly barcode?: string
  readonly checked?: number
}

/** A parcel for tests: `goods` in it, everything else invented. */
export function parcelOf(id: number, goods: readonly Goods[], facts: Partial<ParcelRow> = {}): ParcelRow {
  return {
    id,
    parcelNo: `P${1_000 + id}`,
    state: 'printed',
    orders: [{ id, orderNo: `T2026${id}`, channelOrderNo: `99${id}`, shopId: 1 }],
    warehouseId: 1,
    carrier: 'zto',
    carrierName: '中通快递',
    waybillNo: `7312${id}`,
    receiver: null,
    region: { province: '浙江省', city: '杭州市', district: '西湖区' },
    lines: goods.map(({ code, quantity, barcode, checked }, at) => ({
      id: id * 100 + at,
      skuId: id * 100 + at,
      code,
      name: `白瓷杯 ${code}`,
      specification: '350 毫升',
      barcode: barcode ?? null,
      imageUrl: null,
      quantity,
      checked: checked ?? 0,
    })),
    pieces: goods.reduce((sum, { quantity }) => sum + quantity, 0),
    prints: 1,
    printedAt: 1,
    printedBy: '周小北',
    checkedAt: null,
    shippedAt: null,
    stopped: null,
    report: null,
    shipBy: null,
    note: null,
    ...facts,
  }
}
