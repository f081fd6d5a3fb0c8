/** A carrier as the platform knows it. Source: taobao.md 12 [sdk]. */
export interface Carrier {
  readonly code: string
  readonly id: string
  readonly name: string
}

export const carriers: readonly Carrier[] = [
  { code: 'SF', id: '505', name: '顺丰速运' },
  { code: 'ZTO', id: '500', name: '中通快递' },
  { code: 'YTO', id: '101', name: '圆通速递' },
  { code: 'STO', id: '100', name: '申通快递' },
  { code: 'YUNDA', id: '102', name: '韵达快递' },
  { code: 'HTKY', id: '502', name: '极兔速递' },
  { code: 'EMS', id: '2', name: 'EMS' },
  { code: 'EYB', id: '3', name: 'EMS经济快递' },
  { code: 'POSTB', id: '200734', name: '邮政快递包裹' },
  { code: 'POST', id: '1', name: '中国邮政' },
  { code: 'ZJS', id: '103', name: '宅急送' },
  { code: 'DBL', id: '107', name: '德邦物流' },
  { code: 'DBKD', id: '5000000110730', name: '德邦快递' },
  { code: 'TTKDEX', id: '504', name: '天天快递' },
  { code: 'UC', id: '1207', name: '优速快递' },
  { code: 'GTO', id: '200143', name: '国通快递' },
  { code: 'BEST', id: '105', name: '百世物流' },
  { code: 'DISTRIBUTOR_13211725', id: '', name: '跨越速运' },
  { code: 'DISTRIBUTOR_13222803', id: '', name: '中通快运' },
  { code: 'OTHER', id: '-1', name: '其他' },
]

export const carrierByCode: ReadonlyMap<string, Carrier> = new Map(carriers.map((carrier) => [carrier.code, carrier]))

/** The sheet gives no pattern of waybill numbers; this wide one is [assumed] for every carrier. */
export const waybillPattern = '^[A-Za-z0-9-]{6,30}$'
