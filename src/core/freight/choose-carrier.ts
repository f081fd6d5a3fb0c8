/** One line of the carrier table (快递选择表). `provinces` empty means everywhere; a smaller `priority` is asked first. */
export interface CarrierLine {
  readonly code: string
  readonly name: string
  readonly isActive: boolean
  readonly priority: number
  /** Standard names, such as 浙江省. */
  readonly provinces: readonly string[]
}

export type CarrierChoice =
  | { readonly kind: 'chosen'; readonly code: string; readonly why: string; readonly runnerUp: string | null }
  | { readonly kind: 'none'; readonly why: string }

/**
 * Which carrier takes a parcel to this province (选快递): of the active ones that serve it the one with the smallest priority, equal ones
 * by code, so the choice is always the same. A receiver without a province gets one that serves everywhere.
 */
export function chooseCarrier(table: readonly CarrierLine[], province: string): CarrierChoice {
  const active = table.filter((line) => line.isActive)
  const serving = active
    .filter((line) => line.provinces.length === 0 || line.provinces.includes(province))
    .sort((a, b) => a.priority - b.priority || (a.code < b.code ? -1 : 1))
  const [first, second] = serving
  if (first === undefined) return { kind: 'none', why: whyNone(active.length, province) }
  return {
    kind: 'chosen',
    code: first.code,
    why: `${first.name}：${first.provinces.length === 0 ? '发全国' : `发${province}`}，优先级 ${first.priority}`,
    runnerUp: second?.code ?? null,
  }
}

function whyNone(active: number, province: string): string {
  if (active === 0) return '没有启用的快递公司，请在“快递设置”里启用一家'
  return `没有启用的快递公司发${province || '未知省份'}，请在“快递设置”里加上，或手工选`
}
