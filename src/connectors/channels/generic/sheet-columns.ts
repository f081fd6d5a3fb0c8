import { fen, parseYuan } from '../../../core/money/fen.ts'
import { type Instant, parseBeijing, parseIso } from '../../../core/time/instant.ts'

/**
 * Columns of an order sheet of one's own website: one row per line of an order, what belongs to the order repeated or given once.
 * Our own, described in docs/channels/generic-contract.md.
 */
export const neededColumns = [
  '订单号',
  '下单时间',
  '订单状态',
  '收件人',
  '手机',
  '详细地址',
  '商品名称',
  '商家编码',
  '数量',
  '实付',
] as const
export const furtherColumns = [
  '付款时间',
  '修改时间',
  '省',
  '市',
  '区',
  '邮编',
  '明细编号',
  '规格',
  '原价',
  '运费',
  '优惠',
  '其他费用',
  '订单金额',
  '币种',
  '买家留言',
  '快递公司',
  '快递单号',
] as const
export type Column = (typeof neededColumns)[number] | (typeof furtherColumns)[number]

/** How a cell is read; `zh` tells what to write instead. `read` throws RangeError on any other text. */
export interface Reader<T> {
  readonly read: (text: string) => T
  readonly zh: string
}

/** 订单状态 in a sheet: the contract's words and their Chinese names. */
export const sheetStatuses: Readonly<Record<string, string>> = {
  待付款: 'unpaid',
  未付款: 'unpaid',
  待发货: 'paid',
  已付款: 'paid',
  部分发货: 'partially_shipped',
  已发货: 'shipped',
  已完成: 'completed',
  交易成功: 'completed',
  已取消: 'cancelled',
  已关闭: 'cancelled',
  已退款: 'refunded',
  unpaid: 'unpaid',
  paid: 'paid',
  partially_shipped: 'partially_shipped',
  shipped: 'shipped',
  completed: 'completed',
  cancelled: 'cancelled',
  refunded: 'refunded',
}

export const statusCell: Reader<string> = {
  read: (text) => {
    if (!Object.hasOwn(sheetStatuses, text)) throw new RangeError(`not a status: ${text}`)
    return sheetStatuses[text]!
  },
  zh: '不认识的状态，请写：待付款、待发货、部分发货、已发货、已完成、已取消、已退款',
}

/** Beijing wall time, or ISO 8601 with its zone. */
export const momentCell: Reader<Instant> = {
  read: (text) => (/[Zz]$|[+-]\d{2}:?\d{2}$/.test(text) && text.includes('T') ? parseIso(text) : parseBeijing(text)),
  zh: '看不懂的时间，请写成 2026-10-20 09:15:02（北京时间）',
}

export const yuanCell: Reader<number> = {
  read: (text) => {
    const plain = text.replace(/^[¥￥]\s*/, '').replace(/元$/, '')
    return parseYuan(/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(',', '') : plain)
  },
  zh: '看不懂的金额，请写元，最多两位小数，如 236.00',
}

export const piecesCell: Reader<number> = {
  read: (text) => {
    const match = /^(\d+)(?:\.0+)?$/.exec(text)
    const pieces = fen(Number(match?.[1] ?? Number.NaN))
    if (pieces < 1) throw new RangeError('no pieces')
    return pieces
  },
  zh: '数量请写 1 或更大的整数',
}

/** Text that must be there; digits in scientific notation have lost some. */
export const numberTextCell: Reader<string> = {
  read: (text) => {
    if (text === '' || /^\d(?:\.\d+)?[Ee]\+?\d+$/.test(text)) throw new RangeError(`not a number in full: ${text}`)
    return text
  },
  zh: '空白，或长数字已被表格软件改成科学计数法；请把这一列设为“文本”后重新导出',
}

export const currencyCell: Reader<string> = {
  read: (text) => {
    if (!/^[A-Z]{3}$/.test(text)) throw new RangeError(`not a currency: ${text}`)
    return text
  },
  zh: '币种请写三个大写字母，如 CNY',
}
