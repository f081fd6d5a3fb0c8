import type { ListingSeed, Purchase, Simulator, Truth } from '../../simulator.ts'
import { type Answer, type Caller, callerOf, type How } from './caller.ts'
import { start } from './index.ts'
import { timeText } from './text.ts'

/** A simulator with two listings on its shelf and its clock stopped on a Wednesday, for a test. */
export interface Stage {
  readonly address: string
  readonly control: Caller['control']
  readonly truth: Caller['truth']
  /** Signed at the simulator's time. */
  readonly call: (method: string, params?: object, how?: How) => Promise<Answer>
  readonly text: Caller['text']
  readonly buy: (purchase?: Partial<Purchase>) => Promise<Truth[]>
  readonly buyOne: (purchase?: Partial<Purchase>) => Promise<Truth>
  /** Order fields as `pop.order.get` shows them; all that are asked for by default. */
  readonly order: (orderId: string, fields?: string) => Promise<Answer>
  readonly now: () => number
  readonly pass: (ms: number) => Promise<number>
  readonly fresh: () => Promise<void>
  readonly close: () => Promise<void>
}

export const today = Date.parse('2026-09-23T10:00:00+08:00')

export const allFields =
  'orderId,venderId,orderType,payType,orderTotalPrice,orderSellerPrice,orderPayment,shouldPay,actualPay,payDiscount,' +
  'totalOriginalPrice,totalSellerDiscount,totalSellerReceivable,freightPrice,sellerDiscount,serviceFee,taxFee,orderState,' +
  'orderStateRemark,deliveryType,invoiceInfo,invoiceEasyInfo,invoiceCode,orderRemark,orderStartTime,orderEndTime,modified,' +
  'consigneeInfo,itemInfoList,couponDetailList,venderRemark,venderRemarkFlagAlias,balanceUsed,pin,realPin,open_id_buyer,' +
  'xid_buyer,returnOrder,paymentConfirmTime,waybill,logisticsId,directParentOrderId,parentOrderId,orderSource,storeOrder,' +
  'idSopShipmenttype,scDT,storeId,partialLogisticsInfoModel'

const listings: readonly ListingSeed[] = [
  {
    merchantCode: 'PILLOW',
    title: '乳胶枕',
    specification: '颜色:米白',
    product: '枕',
    priceFen: 19_900,
    quantity: 900,
  },
  { merchantCode: 'SCENT', title: '无火香薰', specification: '', product: '香薰', priceFen: 8_900, quantity: 900 },
]

export const twoKinds = [
  { merchantCode: 'PILLOW', quantity: 2 },
  { merchantCode: 'SCENT', quantity: 1 },
] as const

export async function openStage(): Promise<Stage> {
  const simulator: Simulator = await start({ seed: 71 })
  const { address, credentials } = simulator.about
  const caller = callerOf(address, credentials)
  let at = today
  const atNow = (how: How = {}): How => ({ timestamp: timeText(at), ...how })
  const setClock = async (now: number) => {
    at = now
    await caller.control('clock', { now })
    return now
  }
  const buy = async (purchase: Partial<Purchase> = {}) =>
    (await caller.control<{ orders: Truth[] }>('buy', { count: 1, seed: 5, ...purchase })).orders
  const call: Stage['call'] = (method, params, how) => caller.call(method, params, atNow(how))

  return {
    address,
    control: caller.control,
    truth: caller.truth,
    call,
    text: (method, params, how) => caller.text(method, params, atNow(how)),
    buy,
    buyOne: async (purchase) => (await buy(purchase))[0]!,
    order: (orderId, fields = allFields) =>
      call('jingdong.pop.order.get', { order_id: orderId, optional_fields: fields }),
    now: () => at,
    pass: (ms) => setClock(at + ms),
    fresh: async () => {
      await caller.control('reset', {})
      await setClock(today)
      await caller.control('listings', listings)
      await caller.control('settings', { limits: { app: 10_000, shopWrites: 10_000 } })
    },
    close: simulator.close,
  }
}
