import { z } from 'zod'
import { type Finding, type FindingCode, findingCodes, findings } from './findings.ts'
import type { FactName, ReviewFacts, ReviewOrder } from './rule.ts'
import { rules } from './rules/index.ts'

/** What a merchant has set (审单设置): which rules are off, their settings, and whether clean orders pass by themselves. */
export const ReviewSettings = z.strictObject({
  autoApprove: z.boolean().default(true),
  rules: z
    .partialRecord(
      z.enum(findingCodes as [FindingCode, ...FindingCode[]]),
      z.strictObject({ on: z.boolean(), settings: z.unknown().optional() }),
    )
    .default({}),
})
export type ReviewSettings = z.output<typeof ReviewSettings>

/** Rules that keep an order from being shipped wrongly; they cannot be switched off, nor can a person overrule them. */
export const neverOverruled = [
  'refund-open',
  'cancel-requested',
  'platform-hold',
  'stock-short',
  'listing-unmatched',
  'payload-unknown',
] as const satisfies readonly FindingCode[]

const isFirm = (code: FindingCode) => (neverOverruled as readonly FindingCode[]).includes(code)

/** A rule made ready once for a batch: its settings are parsed, so that reviewing an order is only asking. */
export interface ReadyRule {
  readonly id: FindingCode
  readonly needs: readonly FactName[]
  readonly check: (order: ReviewOrder, facts: ReviewFacts) => Finding['because'] | null
}

/** The rules that are on. Settings that do not parse (an older program wrote them) fall back to the rule's own. */
export function readyRules(settings: ReviewSettings): ReadyRule[] {
  return rules
    .filter((rule) => isFirm(rule.id) || (settings.rules[rule.id]?.on ?? true))
    .map((rule) => {
      const chosen = rule.settings.safeParse(settings.rules[rule.id]?.settings ?? {})
      const parsed = (chosen.success ? chosen.data : rule.settings.parse({})) as never
      return { id: rule.id, needs: rule.needs, check: (order, facts) => rule.check(order, facts, parsed) }
    })
}

export const factsNeeded = (ready: readonly ReadyRule[]): ReadonlySet<FactName> =>
  new Set(ready.flatMap((rule) => rule.needs))

/**
 * Reviews one order (审单): everything that speaks against it, worst first. `overruled` codes were looked at by a person and let pass;
 * firm ones speak all the same.
 */
export function evaluate(
  order: ReviewOrder,
  facts: ReviewFacts,
  ready: readonly ReadyRule[],
  overruled: ReadonlySet<FindingCode> = new Set(),
): Finding[] {
  const found = ready.flatMap((rule) => {
    if (overruled.has(rule.id) && !isFirm(rule.id)) return []
    const because = rule.check(order, facts)
    return because === null ? [] : [{ code: rule.id, because }]
  })
  return found.sort((a, b) => findings[a.code].grade - findings[b.code].grade)
}

/** The sentence a page shows for a finding: what was seen, in words. Amounts in yuan. */
export function findingWords({ code, because }: Finding): string {
  const say = sentences[code]
  return say ? say(because) : findings[code].zh
}

type Sentence = (because: Finding['because']) => string
const yuan = (amount: unknown) => `¥${(Number(amount) / 100).toFixed(2)}`

const sentences: Partial<Record<FindingCode, Sentence>> = {
  'stock-short': (b) =>
    `缺货：${b['sku']} 缺 ${b['short']} 件${Number(b['kinds']) > 1 ? `，另有 ${Number(b['kinds']) - 1} 种也缺` : ''}`,
  'listing-unmatched': (b) => `商品未匹配：“${b['title']}”${Number(b['lines']) > 1 ? `等 ${b['lines']} 行` : ''}`,
  'address-incomplete': (b) => `地址异常：${b['problem']}`,
  'likely-duplicate': (b) => `疑似重复下单：${b['minutes']} 分钟前有同样的订单 ${b['orderNo']}`,
  'note-asks': (b) => `买家留言提到“${b['word']}”`,
  'high-value': (b) => `实付 ${yuan(b['paidFen'])}，超过 ${yuan(b['aboveFen'])}`,
  'payload-unknown': (b) => `渠道状态“${b['status']}”不认识`,
}
