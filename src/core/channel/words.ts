/**
 * The words in which every channel's order is told (标准订单状态). Each raw word of each platform maps to exactly one of these; a
 * totality test beside each connector lists them. Source: channel-order standard, version 1.
 */

/** 订单状态 of the order at the channel. Not our own working state, which is in core/order/moves.ts. */
export const channelStatuses = [
  'unpaid',
  'deposit-paid',
  'on-hold',
  'paid-wait-ship',
  'partially-shipped',
  'shipped',
  'completed',
  'closed-unpaid',
  'closed-refunded',
] as const
export type ChannelStatus = (typeof channelStatuses)[number]

/** 售后状态 of one line. An open one wins over success, success over rejected, that over closed. */
export const refundStates = [
  'none',
  'requested',
  'wait-return',
  'wait-receive-return',
  'success',
  'rejected',
  'closed',
] as const
export type RefundState = (typeof refundStates)[number]

/** 整单售后状态. `in-progress` while any line waits for somebody. */
export const orderRefundStates = ['none', 'in-progress', 'partial', 'full'] as const
export type OrderRefundState = (typeof orderRefundStates)[number]

/** How a receiver's personal fields came: readable, with stars, as ciphertext, or not at all. */
export const privacies = ['masked', 'encrypted', 'plain', 'absent'] as const
export type Privacy = (typeof privacies)[number]

/** What an answer of a channel means for whoever called it. Source: the sheets' error classes [rule]. */
export const errorClasses = [
  'rate-limit',
  'quota-exhausted',
  'transient',
  'clock',
  'auth-expired',
  'auth-invalid',
  'permission',
  'config',
  'signature',
  'param',
  'already-done',
  'not-found',
  'business-rejected',
] as const
export type ErrorClass = (typeof errorClasses)[number]

/** For each channel status: has money come, may goods leave, is the order over, and the Chinese name a page shows. */
export const statusFacts = {
  unpaid: { paid: false, shippable: false, ended: false, zh: '待付款' },
  'deposit-paid': { paid: false, shippable: false, ended: false, zh: '已付定金' },
  'on-hold': { paid: true, shippable: false, ended: false, zh: '平台暂缓发货' },
  'paid-wait-ship': { paid: true, shippable: true, ended: false, zh: '待发货' },
  'partially-shipped': { paid: true, shippable: true, ended: false, zh: '部分发货' },
  shipped: { paid: true, shippable: false, ended: false, zh: '已发货' },
  completed: { paid: true, shippable: false, ended: true, zh: '交易成功' },
  'closed-unpaid': { paid: false, shippable: false, ended: true, zh: '未付款关闭' },
  'closed-refunded': { paid: true, shippable: false, ended: true, zh: '退款关闭' },
} as const satisfies Record<ChannelStatus, { paid: boolean; shippable: boolean; ended: boolean; zh: string }>
