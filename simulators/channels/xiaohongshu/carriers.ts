export interface Carrier {
  readonly id: number
  readonly code: string
  readonly name: string
}

/** 26 of the 81 codes on record, in the order of the fixture; ids invented. Source: xiaohongshu.md 9 [sdk]. */
const table = `
shunfeng 顺丰速运
zto 中通速递
yuantong 圆通速递
shentong 申通快递
yunda 韵达速递
jtexpress 极兔速递
ems EMS
youzhengguonei 邮政小包
youzhengbiaokuai 邮政电商标快
jd 京东快递
debangwuliu 德邦物流
danniao 菜鸟速递
kuayue 跨越速运
zhaijisong 宅急送
tiantian 天天快递
youshuwuliu 优速物流
annengwuliu 安能快运
baishikuaiyun 百世快运
zhongtongkuaiyun 中通快运
yundakuaiyun 韵达快运
suning 苏宁物流
rrs 日日顺
yimidida 壹米滴答
jinguangsudi 京广速递
shunxinjieda 顺心捷达
shunfengguoji 顺丰国际`

export const carriers: readonly Carrier[] = table
  .trim()
  .split('\n')
  .map((row, place) => {
    const [code = '', name = ''] = row.split(' ')
    return { id: 1001 + place, code, name }
  })

/** Goods handed over without a carrier; the waybill number then is what was handed over. Source: xiaohongshu.md 9 [doc]. */
const withoutCarrier: Carrier = { id: 0, code: 'selfdelivery', name: '无物流发货' }

const byCode = new Map([...carriers, withoutCarrier].map((carrier) => [carrier.code, carrier]))

export function carrierByCode(code: string): Carrier | undefined {
  return byCode.get(code)
}

/** The carrier somebody means in the back office. One that is not in the table is its own code, as some are on the platform. */
export function carrierByName(name: string): Carrier {
  const short = name.slice(0, 2)
  return carriers.find((one) => one.name === name || one.name.startsWith(short)) ?? { id: 0, code: name, name }
}
