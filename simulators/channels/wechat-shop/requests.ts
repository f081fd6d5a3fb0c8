import { refusal } from '../../aid/control.ts'
import { extInfo, tellExtInfo, tellOrder } from './events.ts'
import { returnStock, takeStock } from './goods.ts'
import { canAsk, moveTo, openAfterSale, repayAll } from './refunding.ts'
import { type AfterSaleStatus, afterSaleWords, type Line, type Order } from './state.ts'
import { secondNow, seconds, touch, type World } from './world.ts'

/** What may happen to orders beyond the shared acts, by `POST /_sim/happen`. */
export type Happening =
  /** The buyer asks for another address, or answers the merchant who proposed one. */
  | { readonly kind: 'ask-address'; readonly orderNos: readonly string[]; readonly address: string }
  | { readonly kind: 'answer-address'; readonly orderNos: readonly string[]; readonly agrees: boolean }
  /** The buyer asks for another SKU of the first line. */
  | { readonly kind: 'ask-sku'; readonly orderNos: readonly string[]; readonly merchantCode: string }
  /** The buyer asks to exchange the first line for another SKU. */
  | { readonly kind: 'exchange'; readonly orderNos: readonly string[]; readonly merchantCode: string }
  /** The platform finds the order oversold (190), or pays the merchant out. */
  | { readonly kind: 'oversell' | 'settle'; readonly orderNos: readonly string[] }
  /** The latest after-sale gets a raw status, whatever it had. */
  | { readonly kind: 'aftersale-status'; readonly orderNos: readonly string[]; readonly status: AfterSaleStatus }

/** Answers the orders it could happen to. Throws a refusal for an unknown kind, listing or status. */
export function happen(world: World, what: Happening): { readonly changed: readonly string[] } {
  const orders = what.orderNos.map((orderNo) => world.orders.get(orderNo)).filter((order) => order !== undefined)
  return { changed: orders.filter((order) => happenTo(world, order, what)).map(({ orderNo }) => orderNo) }
}

function happenTo(world: World, order: Order, what: Happening): boolean {
  switch (what.kind) {
    case 'ask-address':
      return askAddress(world, order, what.address)
    case 'answer-address':
      return answerAddress(world, order, what.agrees)
    case 'ask-sku':
      return askSku(world, order, what.merchantCode)
    case 'exchange':
      return exchange(world, order, what.merchantCode)
    case 'oversell':
      return oversell(world, order)
    case 'settle':
      return payOut(world, order)
    case 'aftersale-status':
      return setAfterSale(world, order, what.status)
    default:
      throw refusal(`no such happening: ${JSON.stringify(what)}`)
  }
}

function askAddress(world: World, order: Order, address: string): boolean {
  if (order.status !== 20) return false
  order.addressWish = { receiver: { ...order.receiver, address }, since: secondNow(world) }
  touch(world, order)
  tellExtInfo(world, order, extInfo.addressAsked)
  return true
}

/** The merchant agrees to the buyer's wish, or not. False: there is none. */
export function decideAddress(world: World, order: Order, agrees: boolean): boolean {
  const { addressWish } = order
  if (addressWish === null) return false
  order.addressWish = null
  if (agrees) order.receiver = addressWish.receiver
  touch(world, order)
  if (agrees) tellExtInfo(world, order, extInfo.addressChanged)
  return true
}

function answerAddress(world: World, order: Order, agrees: boolean): boolean {
  const { addressOffer } = order
  if (addressOffer === null) return false
  order.addressOffer = null
  if (agrees) order.receiver = addressOffer
  touch(world, order)
  tellExtInfo(world, order, agrees ? extInfo.addressAgreed : extInfo.addressRefused)
  return true
}

const skuChangeForMs = 86_400_000

function askSku(world: World, order: Order, merchantCode: string): boolean {
  const newSku = skuOf(world, merchantCode)
  const [line] = order.lines
  if (order.status !== 20 || line === undefined || newSku === line.sku) return false
  line.skuChange = { oldSkuId: line.sku.skuId, newSku, until: secondNow(world) + skuChangeForMs, state: 3 }
  touch(world, order)
  tellExtInfo(world, order, extInfo.skuAsked)
  return true
}

/** The line whose SKU the buyer wants changed. */
export function changingLine(order: Order): Line | undefined {
  return order.lines.find(({ skuChange }) => skuChange?.state === 3)
}

/** The merchant agrees to another SKU, or not; its price stays. False: nothing waits. */
export function decideSku(world: World, order: Order, agrees: boolean): boolean {
  const line = changingLine(order)
  if (line?.skuChange == null) return false
  line.skuChange.state = agrees ? 4 : 5
  if (agrees) {
    returnStock(world, line.sku, line.quantity)
    line.sku = line.skuChange.newSku
    takeStock(world, line.sku, line.quantity)
  }
  touch(world, order)
  if (agrees) tellExtInfo(world, order, extInfo.skuAgreed)
  return true
}

function exchange(world: World, order: Order, merchantCode: string): boolean {
  const exchangeSku = skuOf(world, merchantCode)
  const [line] = order.lines
  if (line === undefined || ![30, 100].includes(order.status) || !canAsk(order, line)) return false
  const afterSale = openAfterSale(world, order, { line, type: 'EXCHANGE', reasonText: '换货' })
  afterSale.exchangeSku = exchangeSku
  return true
}

/** Oversold before it was shipped: closed, and what was paid goes back. */
function oversell(world: World, order: Order): boolean {
  if (order.status !== 10 && order.status !== 20) return false
  order.status = 190
  if (order.payment !== null) repayAll(world, order)
  touch(world, order)
  tellOrder(world, order, 'channels_ec_order_cancel', { cancel_type: order.payment === null ? '2' : '3' })
  return true
}

function payOut(world: World, order: Order): boolean {
  if (order.status !== 100 || order.settledAt !== null) return false
  order.settledAt = secondNow(world)
  touch(world, order)
  tellOrder(world, order, 'channels_ec_order_settle', { settle_time: String(seconds(order.settledAt)) })
  return true
}

function setAfterSale(world: World, order: Order, status: AfterSaleStatus): boolean {
  if (!Object.hasOwn(afterSaleWords, status)) throw refusal(`no such status: ${status}`)
  const afterSale = order.afterSales.at(-1)
  if (afterSale === undefined) return false
  moveTo(world, afterSale, status)
  return true
}

function skuOf(world: World, merchantCode: string) {
  const sku = world.skus.get(merchantCode)
  if (sku === undefined) throw refusal(`no listing ${merchantCode}`)
  return sku
}
