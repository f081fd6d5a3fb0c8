import { carrierTable } from '../../../kit/carrier-table.ts'

/**
 * Carriers as 发货信息管理 codes them, another list than the shop's. Source: wechat-shop.md 12 [doc] for the first three, the rest
 * [assumed]: one that is wrong is refused by the platform, and the parcel waits for a person.
 */
export const carriers = carrierTable([
  ['sf', 'SF', '顺丰速运'],
  ['zto', 'ZTO', '中通快递'],
  ['yto', 'YTO', '圆通速递'],
  ['yunda', 'YD', '韵达速递'],
  ['sto', 'STO', '申通快递'],
  ['ems', 'EMS', 'EMS'],
  ['jd', 'JD', '京东快递'],
  ['jt', 'JTSD', '极兔速递'],
  ['deppon', 'DBL', '德邦快递'],
  ['chinapost', 'YZPY', '邮政快递包裹'],
])
