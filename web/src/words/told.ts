import { stateFacts } from '../../../src/core/order/moves.ts'
import { findings } from '../../../src/core/review/findings.ts'
import { useLanguage } from './language.ts'

/** What the server tells in Chinese only, in English by its code. What is not listed is shown as it was told. */
const english = {
  deed: {
    'take-in': 'Taken in',
    pay: 'Paid',
    approve: 'Approved',
    hold: 'Put on hold',
    release: 'Released',
    recall: 'Recalled',
    allocate: 'Allocated',
    stop: 'Stopped',
    ship: 'Shipped',
    'ship-elsewhere': 'Shipped on the platform',
    complete: 'Completed',
    close: 'Closed',
    change: 'Changed on the platform',
    remark: 'Remark changed',
    'change-address': 'Address changed',
    'change-warehouse': 'Warehouse changed',
    reported: 'The platform knows the shipment',
    withdraw: 'Import undone',
  },
  next: {
    'refund-open': 'Deal with the refund first; the order then closes, or only the rest is shipped',
    'cancel-requested': 'Answer the buyer on the platform',
    'changed-after-approval': 'See what changed below, then approve again',
    'platform-hold': 'Wait for the platform; it goes on by itself',
    'stock-short': 'Change the warehouse, wait for stock, or offer to cancel',
    'listing-unmatched': 'Choose the SKU under Matching; the order goes on by itself',
    'address-incomplete': 'Ask the buyer and complete the address',
    'amount-mismatch': 'Check the amounts in the channel’s own data',
    'likely-duplicate': 'Ask the buyer whether it was ordered twice',
    'note-asks': 'Read the note, do as it says, then approve',
    'high-value': 'Check it, then approve',
    'payload-unknown': 'See the channel’s own data, and update the program',
    hold: 'Release it once that is settled',
    'state:unpaid': 'Nothing to do',
    'state:held': 'Nothing to do',
    'state:approved': 'Nothing to do',
    'state:allocated': 'Nothing to do',
    'state:shipped': 'Nothing to do',
    'state:completed': 'Nothing to do',
    'state:closed': 'Nothing to do',
    'state:to-review': 'Nothing to do',
  },
  urgent: {
    'late-today': 'See them',
    stopped: 'Check them',
    refunding: 'Deal with them',
    short: 'What is short',
    asks: 'Review them',
    unmatched: 'Match them',
    unsent: 'See why',
    failures: 'Retry',
  },
  owner: { 仓库: 'warehouse', 审单: 'review', 客服: 'service', 采购: 'purchasing', 店主: 'owner', 财务: 'finance' },
  shop: {
    good: 'good',
    files: 'by files',
    new: 'first pull',
    late: 'late',
    expiring: 'authorisation runs out soon',
    paused: 'paused',
    stopped: 'stopped: authorisation gone',
  },
  step: {
    shop: 'Connect the first shop, or import an order file',
    warehouse: 'Set a warehouse',
    match: 'Match the goods',
    stock: 'Fill in the stock',
    print: 'Print the first label',
    people: 'Invite your colleagues',
  },
  why: {
    shop: 'all orders in one list',
    warehouse: 'so that it is known where goods leave from',
    match: 'listings must be your own SKUs before stock can be held',
    stock: 'all shops see the same stock, and nothing is sold twice',
    print: 'once through, from order to parcel',
    people: 'everybody sees only what their work needs',
  },
  actor: { 系统: 'system', 渠道: 'platform' },
  field: {
    status: 'Status',
    channelStatus: 'Channel status',
    refundState: 'Refund',
    paidFen: 'Paid',
    refundedFen: 'Refunded',
    mayShipNow: 'May ship',
    cancelRequested: 'Cancel asked',
    flag: 'Flag',
    shipBy: 'Ship by',
    buyerNote: 'Buyer’s note',
    sellerRemark: 'Remark',
    receiver: 'Receiver',
    warehouse: 'Warehouse',
  },
} as const

type Kind = keyof typeof english | 'finding'

/** The server's words in the person's language: by kind and code, with the Chinese as it was told. */
export function useTold(): (kind: Kind, code: string, zh: string) => string {
  const language = useLanguage()
  return (kind, code, zh) => (language === 'zh' ? zh : (englishOf(kind, code) ?? zh))
}

function englishOf(kind: Kind, code: string): string | undefined {
  if (kind !== 'finding') return (english[kind] as Readonly<Record<string, string>>)[code]
  const [, state] = code.split('state:')
  if (state !== undefined) return `It is ${(stateFacts[state as keyof typeof stateFacts]?.en ?? state).toLowerCase()}`
  if (code === 'ORDER_STATE_REFUSED') return 'Not possible in its present state'
  if (code === 'hold') return 'Put on hold by a person'
  return findings[code as keyof typeof findings]?.en
}
