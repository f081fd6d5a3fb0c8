import { refusal } from '../../../aid/control.ts'
import { chance } from '../../../aid/random.ts'
import { secondNow, type World } from '../world.ts'
import { type MiniPayment, merchantId } from './state.ts'

/** Somebody pays in the mini-program. */
export interface PaymentWish {
  /** The merchant's own order number. */
  readonly tradeNo: string
  readonly amountFen: number
  readonly description?: string
  /** Until then the platform does not know it. */
  readonly knownAfterMs?: number
}

/** What `/_sim/mini-program` tells: the app's own credentials, and its payments. */
export function aboutMiniProgram({ apps, miniProgram }: World) {
  const [, { appId, secret }] = apps
  return { appId, appSecret: secret, merchantId, payments: [...miniProgram.payments.values()] }
}

/** Throws a refusal for a number that is taken. */
export function payInMiniProgram(world: World, wish: PaymentWish): MiniPayment {
  const { payments } = world.miniProgram
  const { tradeNo, amountFen, description = '明前龙井 250g*2', knownAfterMs = 0 } = wish
  if (!Number.isInteger(amountFen) || amountFen < 1) throw refusal('amountFen must be a whole number above 0')
  if ([...payments.values()].some(({ merchantTradeNo }) => merchantTradeNo === tradeNo))
    throw refusal(`${tradeNo} is paid already`)
  const dice = chance(`${world.seed}:payment:${payments.size}`)
  const payment: MiniPayment = {
    transactionId: `4200${dice.digits(24)}`,
    merchantId,
    merchantTradeNo: tradeNo,
    openid: `oUpF8u${dice.digits(22)}`,
    description,
    amountFen,
    paidAt: secondNow(world),
    knownAt: world.clock.now() + knownAfterMs,
    state: 1,
    deliveryMode: 1,
    logisticsType: 1,
    isAllDelivered: false,
    finishedCount: 0,
    uploadTime: 0,
    parcels: [],
    wasReminded: false,
  }
  payments.set(payment.transactionId, payment)
  return payment
}

/** The buyer confirms (3), the money is the merchant's (4), or goes back (5). */
export function setPaymentState(world: World, tradeNo: string, state: MiniPayment['state']): MiniPayment {
  const found = [...world.miniProgram.payments.values()].find(({ merchantTradeNo }) => merchantTradeNo === tradeNo)
  if (found === undefined) throw refusal(`no payment ${tradeNo}`)
  if (![1, 2, 3, 4, 5].includes(state)) throw refusal('state goes from 1 to 5')
  found.state = state
  return found
}
