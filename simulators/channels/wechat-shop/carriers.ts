export interface Carrier {
  readonly id: string
  readonly name: string
  /** Takes the platform's electronic waybills [assumed]. */
  readonly hasEwaybill: boolean
}

/** Source: wechat-shop.md 8: the first six and OTHER [doc samples], the rest [assumed]. */
export const carriers: readonly Carrier[] = [
  { id: 'SF', name: '顺丰速运', hasEwaybill: true },
  { id: 'YTO', name: '圆通速递', hasEwaybill: true },
  { id: 'ZTO', name: '中通快递', hasEwaybill: true },
  { id: 'STO', name: '申通快递', hasEwaybill: true },
  { id: 'YD', name: '韵达快递', hasEwaybill: true },
  { id: 'EMS', name: 'EMS', hasEwaybill: false },
  { id: 'JD', name: '京东快递', hasEwaybill: false },
  { id: 'JTSD', name: '极兔速递', hasEwaybill: true },
  { id: 'DBL', name: '德邦快递', hasEwaybill: false },
  { id: 'YZPY', name: '邮政快递包裹', hasEwaybill: false },
  { id: 'OTHER', name: '其他', hasEwaybill: false },
]

export function carrierById(id: string): Carrier | undefined {
  return carriers.find((carrier) => carrier.id === id)
}

/** For parcels of the back office, which names carriers as people do. */
export function carrierByName(name: string): { readonly id: string; readonly name: string } {
  return carriers.find((carrier) => carrier.name === name) ?? { id: 'OTHER', name }
}
