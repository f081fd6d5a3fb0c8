import type { ChannelStatus } from '../channel/words.ts'

/** Our own working states of an order (订单处理状态), in the order of the day. What the channel says stands beside it as `status`. */
export const orderStates = [
  'unpaid',
  'to-review',
  'held',
  'approved',
  'allocated',
  'shipped',
  'completed',
  'closed',
] as const
export type OrderState = (typeof orderStates)[number]

export type OrderDeed =
  | 'pay'
  | 'approve'
  | 'hold'
  | 'release'
  | 'recall'
  | 'allocate'
  | 'unallocate'
  | 'stop'
  | 'ship'
  | 'ship-part'
  | 'ship-elsewhere'
  | 'complete'
  | 'close'

/**
 * Every move an order can make. What is not here cannot happen; the database checks it once more. An order whose import was undone is
 * withdrawn: closed and in no list. It does not move again either; when it is told anew it begins anew (see `decideIntake`).
 */
export const moves = {
  unpaid: { pay: 'to-review', 'ship-elsewhere': 'shipped', complete: 'completed', close: 'closed' },
  'to-review': {
    approve: 'approved',
    hold: 'held',
    'ship-elsewhere': 'shipped',
    complete: 'completed',
    close: 'closed',
  },
  held: { release: 'to-review', hold: 'held', 'ship-elsewhere': 'shipped', complete: 'completed', close: 'closed' },
  approved: {
    recall: 'to-review',
    hold: 'held',
    stop: 'held',
    allocate: 'allocated',
    'ship-elsewhere': 'shipped',
    complete: 'completed',
    close: 'closed',
  },
  allocated: {
    recall: 'to-review',
    hold: 'held',
    stop: 'held',
    unallocate: 'approved',
    ship: 'shipped',
    'ship-part': 'to-review',
    'ship-elsewhere': 'shipped',
    complete: 'completed',
    close: 'closed',
  },
  shipped: { complete: 'completed', close: 'closed' },
  completed: { close: 'closed' },
  closed: {},
} as const satisfies Record<OrderState, Partial<Record<OrderDeed, OrderState>>>

/** The state after `deed`, or null when the order cannot make that move now. */
export function move(state: OrderState, deed: OrderDeed): OrderState | null {
  return (moves[state] as Partial<Record<OrderDeed, OrderState>>)[deed] ?? null
}

/** What the state is called on a page, and whether pieces are held for it. */
export const stateFacts = {
  unpaid: { zh: '待付款', en: 'Unpaid', isOpen: true },
  'to-review': { zh: '待审核', en: 'To review', isOpen: true },
  held: { zh: '挂起', en: 'On hold', isOpen: true },
  approved: { zh: '待打单', en: 'To print', isOpen: true },
  allocated: { zh: '待发货', en: 'To ship', isOpen: true },
  shipped: { zh: '已发货', en: 'Shipped', isOpen: false },
  completed: { zh: '已完成', en: 'Completed', isOpen: false },
  closed: { zh: '已关闭', en: 'Closed', isOpen: false },
} as const satisfies Record<OrderState, { zh: string; en: string; isOpen: boolean }>

export const deedWords = {
  pay: '付款',
  approve: '审核通过',
  hold: '挂起',
  release: '放行',
  recall: '反审核',
  allocate: '配货',
  unallocate: '取消包裹',
  stop: '拦下',
  ship: '发货',
  'ship-part': '部分发货',
  'ship-elsewhere': '在平台后台发货',
  complete: '完成',
  close: '关闭',
} as const satisfies Record<OrderDeed, string>

/** In which of our states an order begins that the channel tells in this status. */
export function firstState(status: ChannelStatus): OrderState {
  return beginnings[status]
}

const beginnings = {
  unpaid: 'unpaid',
  'deposit-paid': 'unpaid',
  'on-hold': 'to-review',
  'paid-wait-ship': 'to-review',
  'partially-shipped': 'to-review',
  shipped: 'shipped',
  completed: 'completed',
  'closed-unpaid': 'closed',
  'closed-refunded': 'closed',
} as const satisfies Record<ChannelStatus, OrderState>

/** What the channel's status asks of an order we know: the deed that leads there, or null when it is in place already. */
export function deedFor(state: OrderState, status: ChannelStatus): OrderDeed | null {
  const wanted = beginnings[status]
  if (wanted === 'to-review') return state === 'unpaid' ? 'pay' : null
  if (wanted === 'shipped') return stateFacts[state].isOpen ? 'ship-elsewhere' : null
  if (wanted === 'completed') return state === 'closed' || state === 'completed' ? null : 'complete'
  if (wanted === 'closed') return state === 'closed' ? null : 'close'
  return null
}
