/**
 * Why an order cannot go on by itself (异常原因). `blocks` stops automatic approval; `grade` orders them, worst first. Words are what
 * the page shows: what is wrong, and what to do next.
 */
export const findings = {
  'refund-open': {
    grade: 1,
    blocks: true,
    zh: '退款中',
    en: 'Refund open',
    next: '先处理售后；同意退款后订单会自动关闭或只发剩下的',
  },
  'cancel-requested': { grade: 1, blocks: true, zh: '买家申请取消', en: 'Cancel requested', next: '在平台上答复买家' },
  'changed-after-approval': {
    grade: 1,
    blocks: true,
    zh: '审核后有变化',
    en: 'Changed after approval',
    next: '看“变化”一栏，核对后再通过',
  },
  'platform-hold': {
    grade: 2,
    blocks: true,
    zh: '平台暂缓发货',
    en: 'Held by the platform',
    next: '等平台放行，放行后自动继续',
  },
  'stock-short': {
    grade: 2,
    blocks: true,
    zh: '缺货',
    en: 'Short of stock',
    next: '换仓、部分发货、等到货，或向买家提议取消',
  },
  'listing-unmatched': {
    grade: 2,
    blocks: true,
    zh: '商品未匹配',
    en: 'Listing unmatched',
    next: '在“商品匹配”里指定 SKU，订单会自动继续',
  },
  'address-incomplete': {
    grade: 3,
    blocks: true,
    zh: '地址异常',
    en: 'Address incomplete',
    next: '联系买家补全地址后修改',
  },
  'amount-mismatch': { grade: 3, blocks: true, zh: '金额对不上', en: 'Amounts disagree', next: '核对渠道原文里的金额' },
  'likely-duplicate': {
    grade: 4,
    blocks: true,
    zh: '疑似重复下单',
    en: 'Likely duplicate',
    next: '同一买家短时间内买了同样的商品，问一下是否拍重',
  },
  'note-asks': {
    grade: 5,
    blocks: true,
    zh: '备注有要求',
    en: 'Note asks for something',
    next: '读买家留言，照办后再通过',
  },
  'high-value': { grade: 6, blocks: true, zh: '高价值', en: 'High value', next: '核对后再通过' },
  'payload-unknown': {
    grade: 7,
    blocks: true,
    zh: '渠道状态未知',
    en: 'Unknown channel status',
    next: '看渠道原文，并升级到新版本',
  },
} as const satisfies Record<string, { grade: number; blocks: boolean; zh: string; en: string; next: string }>

export type FindingCode = keyof typeof findings
export const findingCodes = Object.keys(findings) as FindingCode[]

/** One reason on one order, with what was seen: `because` fills the sentence and holds nothing personal. */
export interface Finding {
  readonly code: FindingCode
  readonly because: Readonly<Record<string, string | number>>
}

export const worstFirst = (codes: readonly FindingCode[]): FindingCode[] =>
  [...codes].sort((a, b) => findings[a].grade - findings[b].grade)
