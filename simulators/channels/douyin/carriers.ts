export interface Carrier {
  readonly id: number
  readonly code: string
  readonly name: string
}

/** Two of the codes are recorded, the others and all ids are [assumed]. Source: douyin.md 5. */
const table = `
shunfeng 顺丰速运
jd 京东快递
zhongtong 中通快递
yuantong 圆通速递
shentong 申通快递
yunda 韵达快递
jtexpress 极兔速递
ems EMS
youzhengguonei 邮政快递包裹
yzdsbk 邮政电商标快
debangkuaidi 德邦快递
debangkuaiyun 德邦快运
danniao 菜鸟速递
zhaijisong 宅急送
kuayue 跨越速运
youshuwuliu 优速快递
annengwuliu 安能快运
zhongtongkuaiyun 中通快运
shunfengkuaiyun 顺丰快运
jingdongkuaiyun 京东快运
yundakuaiyun 韵达快运
baishiwuliu 百世快运
yimidida 壹米滴答
sxjdfreight 顺心捷达
jinguangsudikuaijian 京广速递
zhongyouex 众邮快递
rrs 日日顺物流
suning 苏宁物流`

export const carriers: readonly Carrier[] = table
  .trim()
  .split('\n')
  .map((row, place) => {
    const [code = '', name = ''] = row.split(' ')
    return { id: 7 + place, code, name }
  })

const byCode = new Map(carriers.map((carrier) => [carrier.code, carrier]))

export function carrierByCode(code: string): Carrier | undefined {
  return byCode.get(code)
}

/** The carrier somebody means in the back office. One that is not in the table is its own code. */
export function carrierByName(name: string): Carrier {
  const short = name.slice(0, 2)
  return carriers.find((one) => one.name === name || one.name.startsWith(short)) ?? { id: 0, code: name, name }
}
