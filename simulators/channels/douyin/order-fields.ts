import { numberOf } from '../../aid/random.ts'
import { placesOf } from './buyers.ts'
import { encrypt, mask } from './cipher.ts'
import { allocate, sumOf } from './money.ts'
import { sentOf } from './shipping.ts'
import {
  type AfterSale,
  casesOf,
  isOpen,
  type Line,
  type MainStatus,
  mainStatusOf,
  type Order,
  specsOf,
  totalFen,
} from './state.ts'
import type { Branch } from './text.ts'
import { shop } from './tokens.ts'

const hourMs = 3_600_000

/** The platform's words for a status; but for 2 and 21 they are [assumed]. */
const words: Readonly<Record<MainStatus, string>> = {
  1: '待支付',
  2: '待发货',
  3: '已发货',
  4: '已关闭',
  5: '已完成',
  21: '发货前退款完结',
  22: '发货后退款完结',
  39: '收货后退款完结',
  101: '部分发货',
  103: '部分支付',
  105: '已支付',
}

/** A shop order, the same in list and detail. Source: douyin.md 4 and fixtures order.searchList, order.orderDetail.refunded. */
export function orderFields(order: Order): Branch {
  const main = mainStatusOf(order)
  const freights = freightShares(order)
  return {
    order_id: order.orderId,
    shop_id: shop.id,
    shop_name: shop.name,
    order_level: 2,
    ...kindFields,
    order_status: order.status,
    order_status_desc: words[main],
    main_status: main,
    main_status_desc: words[main],
    order_expire_time: 1800,
    finish_time: seconds(order.finishedAt),
    ...timeFields(order),
    cancel_reason: order.cancelReason,
    buyer_words: order.note,
    seller_words: order.remark,
    seller_remark_stars: order.star,
    b_type: 2,
    pay_type: order.payType,
    channel_payment_no: order.paidAt === null ? '' : order.paymentNo,
    ...orderMoney(order),
    doudian_open_id: order.openId,
    ...receiverFields(order),
    exp_ship_time: isDue(order) ? seconds(order.paidAt) + shipWithin(order) : 0,
    ship_time: seconds(order.parcels[0]?.at ?? null),
    logistics_info: order.parcels.map(({ waybillNo, carrierCode, carrierName, packId, lines, at }) => ({
      tracking_no: waybillNo,
      company: carrierCode,
      company_name: carrierName,
      ship_time: seconds(at),
      delivery_id: packId,
      product_info: lines.map(({ line, quantity }) => ({
        sku_order_id: line.lineId,
        product_id_str: line.sku.item.productId,
        sku_id: Number(line.sku.skuId),
        product_count: quantity,
        price: line.priceFen,
      })),
    })),
    sku_order_list: order.lines.map((line, place) => lineFields(order, line, freights[place]!)),
  }
}

const kindFields = { biz: 2, order_type: 0, trade_type: 0 } as const

function timeFields({ paidAt, createdAt, updatedAt }: Order) {
  return { pay_time: seconds(paidAt), create_time: seconds(createdAt), update_time: seconds(updatedAt) }
}

/** What did not happen is 0. */
function seconds(ms: number | null): number {
  return (ms ?? 0) / 1000
}

const isDue = ({ status }: Order) => status === 2 || status === 101 || status === 105
/** Seconds; longer for a presale [assumed]. */
const shipWithin = ({ isPresale }: Order) => (isPresale ? (15 * 24 * hourMs) / 1000 : (48 * hourMs) / 1000)

/** `promotion_pay_amount` has no part in the fixtures' sums and is always 0 [assumed]. */
function orderMoney(order: Order): Branch {
  const { lines, freightFen } = order
  const off = discountFields({
    shopOffFen: sumOf(lines.map((line) => line.shopOffFen)),
    platformOffFen: sumOf(lines.map((line) => line.platformOffFen)),
    talentOffFen: sumOf(lines.map((line) => line.talentOffFen)),
  })
  return {
    order_amount: totalFen(order),
    pay_amount: totalFen(order),
    post_amount: freightFen,
    post_origin_amount: freightFen,
    post_promotion_amount: 0,
    modify_amount: 0,
    ...off,
    promotion_pay_amount: 0,
  }
}

/** The shop bears its own discount; the platform's cost is its own too [assumed: the talent's is in neither]. */
function discountFields(off: Pick<Line, 'shopOffFen' | 'platformOffFen' | 'talentOffFen'>) {
  const { shopOffFen, platformOffFen, talentOffFen } = off
  return {
    promotion_amount: shopOffFen + platformOffFen + talentOffFen,
    promotion_shop_amount: shopOffFen,
    promotion_platform_amount: platformOffFen,
    promotion_talent_amount: talentOffFen,
    shop_cost_amount: shopOffFen,
    platform_cost_amount: platformOffFen,
  }
}

/** Freight as far as lines count it: not at all, or shared out by what they cost. */
function freightShares({ lines, freightFen, isFreightInLines }: Order): readonly number[] {
  const weights = lines.map(({ paidFen }) => paidFen)
  return allocate(isFreightInLines ? freightFen : 0, weights)
}

function lineFields(order: Order, line: Line, postFen: number): Branch {
  const { sku, quantity, priceFen, paidFen } = line
  const status = lineStatus(order, line)
  return {
    order_id: line.lineId,
    parent_order_id: order.orderId,
    order_level: 3,
    ...kindFields,
    order_status: status,
    main_status: status,
    ...timeFields(order),
    product_id: BigInt(sku.item.productId),
    product_id_str: sku.item.productId,
    sku_id: Number(sku.skuId),
    product_name: line.title,
    spec: specsOf(line.specification),
    code: line.merchantCode,
    out_sku_id: line.merchantCode,
    item_num: quantity,
    origin_amount: priceFen,
    sum_amount: priceFen * quantity,
    order_amount: paidFen + postFen,
    pay_amount: paidFen + postFen,
    ...discountFields(line),
    post_amount: postFen,
    modify_amount: 0,
    goods_type: 0,
    given_product_type: line.isGift ? 'FREE' : 'MASTER',
    master_sku_order_id_list: line.isGift ? [order.orderId] : [],
    ...(line.parts.length === 0 ? {} : { bundle_sku_info: line.parts.map((part) => partFields(line, part)) }),
    after_sale_info: afterSaleInfo(casesOf(order, line)),
    inventory_list: [
      {
        warehouse_id: '',
        out_warehouse_id: '',
        inventory_type: 1,
        inventory_type_desc: '普通库存',
        count: quantity,
        warehouse_type: 0,
      },
    ],
    pre_sale_type: order.isPresale ? 1 : 0,
    ship_time: seconds(sentOf(order, line)[0]?.at ?? null),
  }
}

/** `item_num` is what the whole line holds of the part [assumed]. */
function partFields({ quantity }: Line, part: Line['parts'][number]): Branch {
  return {
    product_id: BigInt(part.sku.item.productId),
    sku_id: Number(part.sku.skuId),
    item_num: part.quantity * quantity,
    code: part.sku.merchantCode,
  }
}

/** A line has its own status while an order leaves in parts, and when it alone is closed [assumed]. */
function lineStatus(order: Order, line: Line): number {
  if (line.isClosed) return 4
  if (order.status !== 101) return order.status
  if (line.shippedQuantity === 0) return 2
  return line.shippedQuantity < line.quantity ? 101 : 3
}

/** One after-sale stands for all: an open one, else a success, else the latest [assumed]. */
function afterSaleInfo(cases: readonly AfterSale[]): Branch {
  const telling = cases.findLast(isOpen) ?? cases.findLast(({ status }) => status === 12) ?? cases.at(-1)
  return {
    after_sale_status: telling?.status ?? 0,
    after_sale_type: telling?.type ?? 0,
    refund_status: telling?.refundStatus ?? 0,
  }
}

/** Regions are clear, the rest is cipher and mask; without an approved scene all of it is empty. */
function receiverFields({ receiver, openAddressId, hasScene }: Order): Branch {
  const { name, phone, address } = receiver
  const places = placeFields(receiver)
  const shown = (text: string) => (hasScene ? text : '')
  return {
    open_address_id: openAddressId,
    encrypt_post_tel: shown(encrypt(3, phone)),
    encrypt_post_receiver: shown(encrypt(2, name)),
    post_addr: { ...places, encrypt_detail: shown(encrypt(1, address)), detail: '' },
    mask_post_tel: shown(mask({ type: 3, plain: phone })),
    mask_post_receiver: shown(mask({ type: 2, plain: name })),
    mask_post_addr: { ...places, detail: shown(mask({ type: 1, plain: address })) },
  }
}

/** Ids of regions are invented; their length grows from province to street as in the fixtures. */
function placeFields(receiver: Order['receiver']) {
  const { province, city, town, street } = placesOf(receiver)
  const place = (name: string, digits: number) => ({
    name,
    id: name === '' ? '' : String((numberOf(name) % 10 ** (digits - 1)) + 10 ** (digits - 1)),
  })
  return { province: place(province, 2), city: place(city, 6), town: place(town, 6), street: place(street, 9) }
}
