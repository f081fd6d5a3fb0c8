import { statusFacts } from '../../core/channel/words.ts'
import { deedWords } from '../../core/order/moves.ts'
import { beijingText } from '../../core/time/instant.ts'

const ownWords: Record<string, string> = {
  'take-in': '进入系统',
  change: '渠道有变化',
  remark: '改卖家备注',
  'change-address': '改收件地址',
  'change-warehouse': '改仓',
  reported: '渠道已收到发货',
  withdraw: '撤销导入',
  'come-back': '撤销导入后重新进入系统',
}

/** What a line of history is called. */
export function historyWords(deed: string): string {
  return ownWords[deed] ?? (deedWords as Record<string, string>)[deed] ?? deed
}

const fieldWords: Record<string, string> = {
  status: '渠道状态',
  channelStatus: '渠道原状态',
  refundState: '售后',
  paidFen: '实付',
  refundedFen: '已退',
  mayShipNow: '可否发货',
  cancelRequested: '申请取消',
  flag: '旗帜',
  shipBy: '发货期限',
  buyerNote: '买家留言',
  sellerRemark: '卖家备注',
  receiver: '收件人',
  warehouse: '仓库',
}
const lineWords: Record<string, string> = {
  sku: '规格',
  quantity: '数量',
  refund: '售后',
  refunded: '退款件数',
  shipped: '平台已发件数',
}
const refundWords: Record<string, string> = {
  none: '无',
  'in-progress': '处理中',
  partial: '部分退款',
  full: '全部退款',
  requested: '已申请',
  'wait-return': '待寄回',
  'wait-receive-return': '待收退货',
  success: '已退款',
  rejected: '已拒绝',
  closed: '已关闭',
}
const yesNo: Record<string, string> = { true: '是', false: '否' }

/** A changed field in the merchant's words: 前 → 后. */
export function changeWords(change: { field: string; before: string | null; after: string | null }): {
  field: string
  zh: string
  before: string | null
  after: string | null
} {
  const { field } = change
  const [, , ofLine] = /^line:([^:]+)(?::(\w+))?$/.exec(field) ?? []
  const isLine = field.startsWith('line:')
  const say = (value: string | null) => (value === null ? null : valueWords(isLine ? (ofLine ?? '') : field, value))
  return {
    field,
    zh: isLine ? `商品${ofLine ? (lineWords[ofLine] ?? '') : '行'}` : (fieldWords[field] ?? field),
    before: say(change.before),
    after: say(change.after),
  }
}

function valueWords(field: string, value: string): string {
  if (field === 'status') return (statusFacts as Record<string, { zh: string }>)[value]?.zh ?? value
  if (field === 'refundState' || field === 'refund') return refundWords[value] ?? value
  if (field === 'paidFen' || field === 'refundedFen') return `¥${(Number(value) / 100).toFixed(2)}`
  if (field === 'shipBy') return beijingText(Number(value)).slice(0, 16)
  return yesNo[value] ?? value
}
