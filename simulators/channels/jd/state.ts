/** Source: jd.md 6.3. */
export type OrderState =
  | 'NOT_PAY'
  | 'WAIT_SELLER_STOCK_OUT'
  | 'WAIT_SELLER_DELIVERY'
  | 'WAIT_SEND_CODE'
  | 'WAIT_GOODS_RECEIVE_CONFIRM'
  | 'FINISHED_L'
  | 'TRADE_CANCELED'
  | 'LOCKED'
  | 'PAUSE'
  | 'POP_ORDER_PAUSE'
  | 'PARENT_TRADE_CANCELED'

/** Each state with the words that go with it; those not in the fixtures are [assumed]. */
export const stateRemarks: Readonly<Record<OrderState, string>> = {
  NOT_PAY: '等待付款',
  WAIT_SELLER_STOCK_OUT: '等待出库',
  WAIT_SELLER_DELIVERY: '等待发货',
  WAIT_SEND_CODE: '等待发码',
  WAIT_GOODS_RECEIVE_CONFIRM: '等待确认收货',
  FINISHED_L: '完成',
  TRADE_CANCELED: '取消',
  LOCKED: '已锁定',
  PAUSE: '暂停',
  POP_ORDER_PAUSE: 'POP暂停',
  PARENT_TRADE_CANCELED: '父单取消',
}

/** States of a live order that has not left. */
export const waitingStates: ReadonlySet<OrderState> = new Set<OrderState>([
  'WAIT_SELLER_STOCK_OUT',
  'WAIT_SELLER_DELIVERY',
  'WAIT_SEND_CODE',
  'LOCKED',
  'PAUSE',
  'POP_ORDER_PAUSE',
])

export interface Receiver {
  readonly name: string
  readonly phone: string
  readonly province: string
  readonly city: string
  readonly district: string
  /** Empty where it is not known. */
  readonly town: string
  /** What follows the town. */
  readonly address: string
}

export interface Buyer {
  readonly pin: string
  readonly openId: string
  readonly xid: string
  readonly receiver: Receiver
}

/** Source of the types: jd.md 6.4. */
export interface Coupon {
  readonly type: '20' | '29' | '30' | '34' | '39' | '41' | '52' | '100'
  /** Empty unless the type is 30. */
  readonly skuId: string
  readonly fen: number
}

/** One SKU of an order. JD numbers no lines, and an order holds each SKU once, so the SKU is the line's number. */
export interface Goods {
  readonly skuId: string
  readonly wareId: string
  readonly merchantCode: string
  readonly product: string
  readonly name: string
  /** 0: a gift. */
  readonly priceFen: number
  readonly quantity: number
}

export interface Line extends Goods {
  readonly paidFen: number
  shippedQuantity: number
  refundedFen: number
}

/** Everything that decides an order's money. */
export interface Basket {
  readonly lines: readonly Goods[]
  readonly coupons: readonly Coupon[]
  readonly freightFen: number
  readonly serviceFen: number
  readonly taxFen: number
  /** Paid from the buyer's balance at JD. */
  readonly balanceFen: number
  /** Taken off by the payment channel. */
  readonly payDiscountFen: number
}

export interface Load {
  readonly line: Line
  readonly quantity: number
}

export interface Parcel {
  readonly shipmentId: string
  readonly carrierId: string
  readonly waybillNo: string
  readonly loads: readonly Load[]
  readonly at: number
  /** By partial shipment, which shows what is in it. */
  readonly isPart: boolean
}

export interface Order extends Basket {
  readonly orderId: string
  readonly createdAt: number
  readonly buyer: Buyer
  readonly lines: readonly Line[]
  readonly isCod: boolean
  /** Shipped from a warehouse that JD runs: `京仓订单`, `云仓订单`; empty otherwise. */
  readonly warehouse: string
  /** The order that this one was split from; null for all others. */
  readonly parentId: string | null
  readonly source: string
  state: OrderState
  /** Whole seconds, as the platform shows it. */
  modifiedAt: number
  /** To the millisecond, for the control calls. */
  touchedAt: number
  paidAt: number | null
  endedAt: number | null
  note: string
  remark: string
  remarkedAt: number
  flag: string
  receiver: Receiver
  readonly parcels: Parcel[]
  readonly applications: Application[]
  readonly services: Service[]
}

/** Source: jd.md 10.1. */
export const applicationStatuses = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as const
export type ApplicationStatus = (typeof applicationStatuses)[number]

/** A refund asked for before shipping. */
export interface Application {
  readonly id: number
  readonly order: Order
  readonly createdAt: number
  readonly amountFen: number
  /** What of it concerns which line; the rest is freight. */
  readonly shares: readonly { readonly line: Line; readonly fen: number }[]
  readonly reason: string
  readonly systemId: number
  readonly isPart: boolean
  /** Where the order stood before it was locked. */
  readonly stateBefore: OrderState
  status: ApplicationStatus
  modifiedAt: number
  checkedAt: number | null
  checkUser: string
  checkRemark: string
}

/** A service order (售后服务单), opened after shipping: jd.md 10.2. */
export interface Service {
  readonly serviceId: number
  readonly applyId: number
  readonly order: Order
  readonly line: Line
  readonly createdAt: number
  /** 10 return, 11 refund only. */
  readonly expect: 10 | 11
  readonly reason: string
  amountFen: number
  status: number
  processResult: number
  approveResult: number | null
  approvedAt: number | null
  modifiedAt: number
  /** The money that went back, if it did. */
  refund: { readonly id: number; readonly at: number } | null
}

export interface Ware {
  readonly wareId: string
  readonly product: string
  readonly createdAt: number
  readonly skus: Sku[]
}

/** A listing; every ware has at least one. */
export interface Sku {
  readonly ware: Ware
  readonly skuId: string
  readonly merchantCode: string
  readonly createdAt: number
  title: string
  specification: string
  priceFen: number
  quantity: number
  modifiedAt: number
  pushes: number
  pushedAt: number | null
}

/** What buyers see as the SKU's name: the ware's title and the values of its specification. */
export function skuName({ title, specification }: Pick<Sku, 'title' | 'specification'>): string {
  return [title, ...attributeValues(specification)].join(' ')
}

/** '颜色:苔绿;尺寸:1.8m' has the values '苔绿' and '1.8m'; JD shows no names of attributes beside them. */
export function attributeValues(specification: string): string[] {
  return specification
    .split(';')
    .filter((part) => part !== '')
    .map((part) => part.slice(part.indexOf(':') + 1))
}
