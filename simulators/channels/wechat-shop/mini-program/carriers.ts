/** Another list than the shop's. The shape is [assumed]; so are all but the first three. */
export const miniCarriers: Readonly<Record<string, string>> = {
  SF: '顺丰速运',
  ZTO: '中通快递',
  YTO: '圆通速递',
  YD: '韵达速递',
  STO: '申通快递',
  EMS: 'EMS',
}
