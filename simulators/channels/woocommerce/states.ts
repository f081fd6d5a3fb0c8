/**
 * The core list of Chinese regions, CN1 to CN32. Which code is which region is as in copies of the core's list in public plug-ins; the sheet gives
 * the range alone (own-site.md 2.2), and how the answer writes the names is [assumed].
 */
const names =
  'Yunnan / 云南,Beijing / 北京,Tianjin / 天津,Hebei / 河北,Shanxi / 山西,Inner Mongolia / 内蒙古,Liaoning / 辽宁,Jilin / 吉林,' +
  'Heilongjiang / 黑龙江,Shanghai / 上海,Jiangsu / 江苏,Zhejiang / 浙江,Anhui / 安徽,Fujian / 福建,Jiangxi / 江西,' +
  'Shandong / 山东,Henan / 河南,Hubei / 湖北,Hunan / 湖南,Guangdong / 广东,Guangxi Zhuang / 广西壮族,Hainan / 海南,' +
  'Chongqing / 重庆,Sichuan / 四川,Guizhou / 贵州,Shaanxi / 陕西,Gansu / 甘肃,Qinghai / 青海,Ningxia Hui / 宁夏,' +
  'Macao / 澳门,Tibet / 西藏,Xinjiang / 新疆'

export const states: readonly { readonly code: string; readonly name: string }[] = names
  .split(',')
  .map((name, at) => ({ code: `CN${at + 1}`, name }))

/** 浙江省 is CN12. A province that the list does not hold keeps its name. */
export function stateCode(province: string): string {
  const found = states.find(({ name }) => province.startsWith(name.split(' / ')[1]!))
  return found?.code ?? province
}
