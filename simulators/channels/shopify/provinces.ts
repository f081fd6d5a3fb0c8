/** English names and ISO codes by the name's beginning in GB/T 2260. That a code is written `CN-ZJ` is [assumed]. Source: own-site.md 8. */
const provinces: readonly (readonly [zh: string, name: string, code: string])[] = [
  ['北京', 'Beijing', 'BJ'],
  ['天津', 'Tianjin', 'TJ'],
  ['河北', 'Hebei', 'HE'],
  ['山西', 'Shanxi', 'SX'],
  ['内蒙古', 'Inner Mongolia', 'NM'],
  ['辽宁', 'Liaoning', 'LN'],
  ['吉林', 'Jilin', 'JL'],
  ['黑龙江', 'Heilongjiang', 'HL'],
  ['上海', 'Shanghai', 'SH'],
  ['江苏', 'Jiangsu', 'JS'],
  ['浙江', 'Zhejiang', 'ZJ'],
  ['安徽', 'Anhui', 'AH'],
  ['福建', 'Fujian', 'FJ'],
  ['江西', 'Jiangxi', 'JX'],
  ['山东', 'Shandong', 'SD'],
  ['河南', 'Henan', 'HA'],
  ['湖北', 'Hubei', 'HB'],
  ['湖南', 'Hunan', 'HN'],
  ['广东', 'Guangdong', 'GD'],
  ['广西', 'Guangxi', 'GX'],
  ['海南', 'Hainan', 'HI'],
  ['重庆', 'Chongqing', 'CQ'],
  ['四川', 'Sichuan', 'SC'],
  ['贵州', 'Guizhou', 'GZ'],
  ['云南', 'Yunnan', 'YN'],
  ['西藏', 'Xizang', 'XZ'],
  ['陕西', 'Shaanxi', 'SN'],
  ['甘肃', 'Gansu', 'GS'],
  ['青海', 'Qinghai', 'QH'],
  ['宁夏', 'Ningxia', 'NX'],
  ['新疆', 'Xinjiang', 'XJ'],
]

/** A province as the platform tells it; what it does not know stays as the buyer wrote it. */
export function provinceOf(zh: string): { readonly name: string; readonly code: string | null } {
  const found = provinces.find(([beginning]) => zh.startsWith(beginning))
  return found === undefined ? { name: zh, code: null } : { name: found[1], code: `CN-${found[2]}` }
}
