export interface Carrier {
  readonly id: string
  readonly name: string
}

/** Source: jd.md 9.3 [sdk]. */
export const carriers: readonly Carrier[] = [
  ['467', '顺丰快递'],
  ['463', '圆通快递'],
  ['465', '邮政EMS'],
  ['470', '申通快递'],
  ['1274', '厂家自送'],
  ['1327', '韵达快递'],
  ['1409', '宅急送'],
  ['1499', '中通快递'],
  ['1747', '优速快递'],
  ['1748', '百世快运'],
  ['2087', '京东快递'],
  ['2170', '邮政快递包裹'],
  ['3046', '德邦快递'],
  ['3668', 'EMS标快'],
  ['4832', '安能物流'],
  ['336878', '京东大件物流'],
  ['599866', '跨越速运'],
  ['680414', '中通快运'],
  ['687888', '日日顺'],
  ['731302', '韵达快运'],
  ['773574', '京东快运'],
  ['881232', '众邮快递'],
  ['1255654', '极兔速递'],
  ['1325880', '壹米滴答'],
  ['2119699', '德邦快运'],
  ['2124945', '邮政电商标快'],
].map(([id, name]) => ({ id: id!, name: name! }))

/** 厂家自送: the seller's own van, which needs no waybill number. */
export const ownDelivery = '1274'

const known: ReadonlySet<string> = new Set(carriers.map(({ id }) => id))

export function isCarrier(id: string): boolean {
  return known.has(id)
}

/** The id of a carrier that somebody calls by a name of their own, such as 圆通速递; the seller's own van for a name unknown here. */
export function carrierNamed(name: string): string {
  const found =
    carriers.find((one) => one.name === name) ?? carriers.find((one) => one.name.startsWith(name.slice(0, 2)))
  return found?.id ?? ownDelivery
}
