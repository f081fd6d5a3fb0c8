import type { AfterSale, Order, Product, Sku } from './state.ts'
import type { World } from './world.ts'

/** Source: wechat-shop.md 11. */
export const orderEvents = [
  'channels_ec_order_new',
  'channels_ec_order_pay',
  'channels_ec_order_wait_shipping',
  'channels_ec_order_cancel',
  'channels_ec_order_deliver',
  'channels_ec_order_confirm',
  'channels_ec_order_settle',
  'channels_ec_order_ext_info_update',
] as const
export const otherEvents = [
  'channels_ec_aftersale_update',
  'channels_ec_stock_no_enough',
  'product_spu_listing',
] as const
export type OrderEvent = (typeof orderEvents)[number]
type OtherEvent = (typeof otherEvents)[number]

/** Kinds of `channels_ec_order_ext_info_update` that are played. Source: wechat-shop.md 11. */
export const extInfo = {
  addressChanged: 2,
  merchantNote: 3,
  addressAsked: 4,
  virtualNumber: 5,
  skuAsked: 9,
  skuAgreed: 10,
  priceChanged: 12,
  realNumber: 13,
  addressAgreed: 16,
  addressRefused: 17,
  addressLapsed: 20,
} as const

/** An event as its text, and the buyer it is sent in the name of. */
export interface PlatformEvent {
  readonly openid: string
  readonly name: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** The shop's name in pushes: twelve hexadecimal digits after gh_, as real ones have. */
export const shopUserName = 'gh_facadebeefed'

/**
 * Events whose order number is a bare number of nineteen digits. Source: wechat-shop.md 11 [doc samples], wait_shipping
 * [sdk].
 */
const withBareNumber: ReadonlySet<OrderEvent> = new Set<OrderEvent>([
  'channels_ec_order_new',
  'channels_ec_order_wait_shipping',
  'channels_ec_order_deliver',
  'channels_ec_order_ext_info_update',
])

const bareMark = '#bare:'

export function tellOrder(world: World, order: Order, event: OrderEvent, info: object = {}): void {
  const order_id = withBareNumber.has(event) ? bareMark + order.orderNo : order.orderNo
  tell(world, { openid: order.openid, event, content: { order_info: { order_id, ...info } } })
}

export function tellExtInfo(world: World, order: Order, type: (typeof extInfo)[keyof typeof extInfo]): void {
  tellOrder(world, order, 'channels_ec_order_ext_info_update', { type })
}

export function tellAfterSale(world: World, { order, status, afterSaleNo }: AfterSale): void {
  const update = { status, after_sale_order_id: afterSaleNo, order_id: order.orderNo }
  const content = { finder_shop_aftersale_status_update: update }
  tell(world, { openid: order.openid, event: 'channels_ec_aftersale_update', content })
}

export function tellLowStock(world: World, { product, skuId, quantity }: Sku): void {
  const remaining = { remaining_stock_amount: quantity, remaining_code_amount: 0 }
  const content = { channels_ec_stock_no_enough: { product_id: product.productId, sku_id: skuId, ...remaining } }
  tell(world, { openid: shopOpenid, event: 'channels_ec_stock_no_enough', content })
}

export function tellListing(world: World, { productId, status }: Product): void {
  const content = { ProductSpuListing: { product_id: productId, status, reason: '' } }
  tell(world, { openid: shopOpenid, event: 'product_spu_listing', content })
}

/** Who stands behind events without a buyer [assumed]. */
const shopOpenid = 'oSimShopSelf000000000000001'

interface Telling {
  readonly openid: string
  readonly event: OrderEvent | OtherEvent
  readonly content: Readonly<Record<string, unknown>>
}

function tell(world: World, { openid, event, content }: Telling): void {
  if (!world.settings.subscribed.includes(event)) return
  const head = {
    ToUserName: shopUserName,
    FromUserName: openid,
    CreateTime: Math.floor(world.clock.now() / 1000),
    MsgType: 'event',
    Event: event,
  }
  world.push({ openid, name: event, fields: { ...head, ...content } })
}

/** The text of an event; marked numbers stand bare, so that a careless reader spoils them. */
export function eventJson({ fields }: PlatformEvent): string {
  return JSON.stringify(fields).replace(new RegExp(`"${bareMark}(\\d+)"`, 'g'), '$1')
}

export function eventXml({ fields }: PlatformEvent): string {
  return `<xml>${xmlOf(fields)}</xml>`
}

function xmlOf(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `<${name}>${xmlValue(value)}</${name}>`)
    .join('')
}

function xmlValue(value: unknown): string {
  if (typeof value === 'object' && value !== null) return xmlOf(value as Readonly<Record<string, unknown>>)
  const text = String(value)
  if (text.startsWith(bareMark)) return text.slice(bareMark.length)
  return typeof value === 'string' ? `<![CDATA[${text}]]>` : text
}
