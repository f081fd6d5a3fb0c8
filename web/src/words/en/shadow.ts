import type { zh } from '../zh/shadow.ts'

const s = (n: number | string) => (String(n) === '1' ? '' : 's')

export const en: typeof zh = {
  what: 'Shadow',
  title: 'Stage',
  stage: { off: 'Off', 'read-only': 'Read only', shadow: 'Shadow', live: 'Live' },
  stageTip: {
    off: 'Nothing is done; no orders are pulled',
    'read-only': 'Orders are pulled; nothing is written to the platform',
    shadow:
      'Orders are pulled and reviewed as usual; nothing is written to the platform. What we would do is compared with what is done there, order by order',
    live: 'Pulling, reporting and stock are all going on',
  },
  days: 'Days without a difference after which going live is offered',
  dayCount: (n) => `${n} day${s(n)}`,
  none: 'Nothing to compare yet',
  noneHelp: 'Once orders are shipped in the platform’s back office, what we would have done stands here beside it.',
  since: 'Since',
  compared: (orders, days) =>
    `${orders} order${s(orders)} compared, ${days} day${s(days)} in a row without a difference`,
  wanted: (left) => `${left} more day${s(left)} without a difference, then it may go live`,
  ready: 'Ready to go live: shipments and stock are then told to the platform from here',
  goLive: 'Go live',
  wentLive: (shop) => `${shop}: live; what waited is told now`,
  day: 'Day',
  orders: 'Orders compared',
  differences: 'Differences',
  clean: 'none',
  order: 'Order',
  at: 'Time',
  kind: 'Difference',
  ours: 'We would',
  theirs: 'The back office',
  same: 'No difference in any order',
  kinds: {
    'sent-though-held': 'Sent though held',
    'sent-too-much': 'Sent too much',
    'sent-too-little': 'Sent too little',
    'not-sent': 'Not sent in time',
  },
  stock: 'Stock that differs',
  stockSame: 'The platform shows what we would tell it',
  listing: 'Listing',
  stockMore: (n) => `${n} listing${s(n)} differ; those furthest apart first`,
}
