import { z } from 'zod'
import type { ChannelLine, ChannelOrder, Receiver } from '../../core/channel/shapes.ts'
import { splitFen, unitFen } from '../../core/money/fen.ts'
import { isoText } from '../../core/time/instant.ts'
import type { SeenOrder } from '../../kit/channel.ts'
import { rowsAs, sql } from '../../platform/db/sql.ts'
import type { Ctx } from '../../platform/module.ts'

/** Goods of the measured shop: as many SKUs as a middling merchant has, demand skewed, one in fifty scarce. */
const skuCount = 5_000
const Key = z.object({ id: z.int() })

/** A merchant with one shop, two warehouses and goods on the shelf. Gives the key of the shop. */
export async function furnish(ctx: Ctx, channel: string): Promise<number> {
  const { db } = ctx
  const shop = await db.one(
    Key,
    sql`insert into channels.shop (channel, name, mode, connection, created_at) values (${channel}, '木白旗舰店', 'api', 'bench', now()) returning id`,
  )
  const skus = Array.from({ length: skuCount }, (_, i) => ({ code: codeOf(i), name: `木白家居 ${i}` }))
  await db.run(
    sql`insert into catalogue.sku (code, product_name) select code, name from ${rowsAs('s', skus, { code: 'text', name: 'text' })}`,
  )
  const listings = skus.map(({ code, name }, i) => ({ itemNo: itemNoOf(i), skuNo: skuNoOf(i), code, name }))
  await db.run(sql`
    insert into catalogue.listing (shop_id, channel_item_no, channel_sku_no, merchant_code, title, seen_at, sku_id, matched_how)
    select ${shop.id}, l.item_no, l.sku_no, l.code, l.name, now(), s.id, 'code'
      from ${rowsAs('l', listings, { itemNo: 'text', skuNo: 'text', code: 'text', name: 'text' })} join catalogue.sku s using (code)
     order by s.id`)
  await db.run(
    sql`insert into inventory.warehouse (code, name, province, city) values ('ZZ', '漳州主仓', '福建省', '漳州市'), ('JX', '嘉兴仓', '浙江省', '嘉兴市')`,
  )
  await db.run(sql`
    insert into inventory.movement (at, kind, sku_id, warehouse_id, on_hand, actor)
    select now(), 'receive', s.id, w.id, case when s.id % 50 = 0 then 20 else 100000 end, '准备' from catalogue.sku s cross join inventory.warehouse w`)
  return shop.id
}

const itemNoOf = (i: number) => `70${i >> 2}`
const skuNoOf = (i: number) => `51${i}`
const codeOf = (i: number) => `MB-${String(1_000 + i)}`

const cities = [
  ['浙江省', '杭州市', '余杭区'],
  ['广东省', '深圳市', '南山区'],
  ['四川省', '成都市', '武侯区'],
  ['北京市', '北京市', '朝阳区'],
  ['新疆维吾尔自治区', '乌鲁木齐市', '天山区'],
  ['福建省', '漳州市', '芗城区'],
] as const
const families = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林'
const givens = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英晓禾子涵雨欣'

/** Orders `from` to `to`, the same every time: one to five lines, a buyer of many, a plain receiver. */
export function ordersOf(from: number, to: number, channel: string): SeenOrder[] {
  return Array.from({ length: to - from }, (_, i) => {
    const order = orderOf(from + i, channel)
    return { order, raw: JSON.stringify({ trade: order, from: '渠道原文' }) }
  })
}

function orderOf(n: number, channel: string): ChannelOrder {
  const chance = chanceFrom(n)
  const at = Date.parse('2026-11-11T00:00:00Z') + n * 40
  const drafts = Array.from({ length: 1 + Math.floor(chance() * 5) }, (_, i) => ({
    i,
    sku: Math.floor(chance() ** 3 * skuCount),
    quantity: 1 + Math.floor(chance() * 2),
    price: 1_990 + Math.floor(chance() * 300) * 100,
  }))
  const goods = drafts.reduce((sum, line) => sum + line.price * line.quantity, 0)
  const discount = Math.floor(goods * 0.05)
  const shares = splitFen(
    discount,
    drafts.map((line) => line.price * line.quantity),
  )
  const lines = drafts.map((draft, i) => lineOf(n, draft, draft.price * draft.quantity - shares[i]!))
  const receiver = receiverOf(n, chance)
  return {
    channel,
    channelOrderNo: `41${String(n).padStart(17, '0')}`,
    channelStatus: 'WAIT_SELLER_SEND_GOODS',
    status: 'paid-wait-ship',
    createdAt: isoText(at),
    paidAt: isoText(at + 30_000),
    modifiedAt: isoText(at + 31_000),
    shipBy: isoText(at + 48 * 3_600_000),
    currency: 'CNY',
    paidTotalFen: goods - discount,
    payableTotalFen: goods - discount,
    freightFen: 0,
    extraFen: 0,
    discountFen: discount,
    refundedFen: 0,
    merchantReceivableFen: null,
    orderRefundState: 'none',
    isCod: false,
    cancelRequested: false,
    mayShipNow: true,
    buyer: { channelBuyerNo: `AAF${n}`, nick: `${receiver.name[0]}**` },
    buyerNote: n % 9 === 0 ? '工作日送，谢谢' : null,
    sellerRemark: null,
    flag: null,
    receiver,
    lines,
    shipments: [],
    remainingToShip: lines.map((line) => ({ channelSkuNo: line.channelSkuNo, quantity: line.quantity })),
    promotions: [{ name: '店铺满减', discountFen: discount, channelLineNo: null, gift: null }],
    invoice: null,
    warnings: [],
  }
}

function receiverOf(n: number, chance: () => number): Receiver {
  const [province, city, district] = cities[Math.floor(chance() * cities.length)]!
  const region = { province, city, district, town: '' }
  const given = () => givens[Math.floor(chance() * givens.length)]!
  return {
    name: families[Math.floor(chance() * families.length)]! + given() + given(),
    phone: `138${String(10_000_000 + ((n * 7_919) % 89_999_999))}`,
    raw: { ...region, address: `示例路 ${n % 400} 号 ${n % 30} 幢` },
    standard: region,
    privacy: 'plain',
    addressKey: null,
  }
}

function lineOf(
  n: number,
  draft: { readonly i: number; readonly sku: number; readonly quantity: number; readonly price: number },
  paid: number,
): ChannelLine {
  return {
    channelLineNo: `42${String(n).padStart(16, '0')}${draft.i}`,
    channelItemNo: itemNoOf(draft.sku),
    channelSkuNo: skuNoOf(draft.sku),
    merchantCode: codeOf(draft.sku),
    title: `木白家居 手工陶瓷马克杯 380ml ${draft.sku}`,
    specification: '颜色分类:青灰;容量:380ml',
    imageUrl: 'https://img.example.com/i1/a1.jpg',
    quantity: draft.quantity,
    isGift: false,
    listFen: draft.price * draft.quantity,
    paidFen: paid,
    unitPaidFen: unitFen(paid, draft.quantity),
    lineStatus: 'WAIT_SELLER_SEND_GOODS',
    refundState: 'none',
    refundingQuantity: 0,
    refundedQuantity: 0,
    refundedFen: 0,
    shippedQuantity: 0,
    shipments: [],
    mayShipNow: true,
    components: [],
  }
}

/** A small chance of its own for each order (mulberry32), so that order n is the same in every run. */
function chanceFrom(seed: number): () => number {
  let state = (seed + 1) * 0x6d2b79f5
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
