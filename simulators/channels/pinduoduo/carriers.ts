export interface Carrier {
  readonly id: number
  readonly name: string
  readonly available: 0 | 1
}

/** Ids of the first six: pinduoduo.md 5 [assumed there]; the others are invented, one of them out of service. */
export const carriers: readonly Carrier[] = [
  { id: 44, name: '顺丰快递', available: 1 },
  { id: 85, name: '圆通快递', available: 1 },
  { id: 115, name: '中通快递', available: 1 },
  { id: 121, name: '韵达快递', available: 1 },
  { id: 1, name: '申通快递', available: 1 },
  { id: 384, name: '极兔速递', available: 1 },
  { id: 118, name: '邮政快递包裹', available: 1 },
  { id: 119, name: 'EMS', available: 1 },
  { id: 120, name: '京东快递', available: 1 },
  { id: 131, name: '德邦快递', available: 1 },
  { id: 3, name: '百世快递', available: 0 },
]

export function isCarrier(id: number): boolean {
  return carriers.some((carrier) => carrier.id === id && carrier.available === 1)
}

/** The id of a carrier that somebody calls by a name of their own, such as 圆通速递; post for a name unknown here. */
export function carrierNamed(name: string): number {
  const found =
    carriers.find((one) => one.name === name) ?? carriers.find((one) => one.name.startsWith(name.slice(0, 2)))
  return found?.id ?? 118
}
