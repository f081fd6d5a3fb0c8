import { z } from 'zod'
import { channelStatuses, orderRefundStates, privacies, refundStates } from './words.ts'

/** The version of the standard; it rises when a field changes its meaning or goes away. New optional words do not raise it. */
export const channelOrderVersion = 1

const fenAmount = z.int()
const count = z.int().nonnegative()
const instant = z.iso.datetime({ offset: false })

/** Province to town (省/市/区/街道); empty text where a level is not given. */
export const RegionNames = z.strictObject({
  province: z.string(),
  city: z.string(),
  district: z.string(),
  town: z.string(),
})
export type RegionNames = z.infer<typeof RegionNames>

/** 收件人. Personal text is exactly as the channel gave it, stars and ciphertext included; `standard` is for routing and never personal. */
export const Receiver = z.strictObject({
  name: z.string(),
  phone: z.string(),
  raw: RegionNames.extend({ address: z.string() }),
  standard: RegionNames,
  privacy: z.enum(privacies),
  /** The platform's stable token of this receiver (OAID …), or null; parcels are merged by it. */
  addressKey: z.string().nullable(),
})
export type Receiver = z.infer<typeof Receiver>

const ShipmentLine = z.strictObject({ channelSkuNo: z.string(), quantity: z.int().positive() })
/** A parcel as the channel knows it. `lines` is empty where the channel does not say what is in it. */
export const Shipment = z.strictObject({
  carrierNo: z.string().nullable(),
  carrierName: z.string().nullable(),
  waybillNo: z.string(),
  lines: z.array(ShipmentLine),
})
export type Shipment = z.infer<typeof Shipment>

/** Part of a bundle line, as the channel tells it. */
const Component = z.strictObject({
  channelSkuNo: z.string(),
  merchantCode: z.string().nullable(),
  quantity: z.int().positive(),
})

/** 子订单. `paidFen` is the whole line after every discount, without freight; refunds never lower it. */
export const ChannelLine = z.strictObject({
  channelLineNo: z.string(),
  channelItemNo: z.string(),
  /** Empty text where the listing has no SKUs. */
  channelSkuNo: z.string(),
  merchantCode: z.string().nullable(),
  title: z.string(),
  specification: z.string(),
  imageUrl: z.string().nullable(),
  quantity: z.int().positive(),
  isGift: z.boolean(),
  listFen: fenAmount,
  paidFen: fenAmount,
  /** One amount per piece, dearer ones first; adds up to `paidFen`. */
  unitPaidFen: z.array(fenAmount),
  /** The channel's own word for the line where it has one, else that of the order. */
  lineStatus: z.string(),
  refundState: z.enum(refundStates),
  refundingQuantity: count,
  refundedQuantity: count,
  refundedFen: fenAmount,
  shippedQuantity: count,
  shipments: z.array(Shipment),
  mayShipNow: z.boolean(),
  components: z.array(Component),
})
export type ChannelLine = z.infer<typeof ChannelLine>

export const Promotion = z.strictObject({
  name: z.string(),
  discountFen: fenAmount,
  /** The line it belongs to, or null for the whole order. */
  channelLineNo: z.string().nullable(),
  /** A gift the promotion promises without a line of its own. */
  gift: z.strictObject({ channelItemNo: z.string(), name: z.string(), quantity: z.int().positive() }).nullable(),
})
export type Promotion = z.infer<typeof Promotion>

const Invoice = z.strictObject({ kind: z.string(), title: z.string(), taxNo: z.string().nullable() })

/**
 * The one form of every channel's order (统一订单). Outside numbers are text, money is whole fen, instants are ISO 8601 UTC.
 * Σ lines.paidFen + freightFen + extraFen = paidTotalFen once paid; otherwise `warnings` says `amount-mismatch`.
 * `extraFen` holds charges that are neither goods nor freight (own-site.md O3); it is 0 at the marketplaces.
 */
export const ChannelOrder = z.strictObject({
  channel: z.string(),
  channelOrderNo: z.string().min(1),
  channelStatus: z.string(),
  status: z.enum(channelStatuses),
  createdAt: instant,
  paidAt: instant.nullable(),
  modifiedAt: instant,
  shipBy: instant.nullable(),
  currency: z.string().length(3),
  paidTotalFen: fenAmount,
  payableTotalFen: fenAmount.nullable(),
  freightFen: fenAmount,
  extraFen: fenAmount,
  discountFen: fenAmount,
  refundedFen: fenAmount,
  merchantReceivableFen: fenAmount.nullable(),
  orderRefundState: z.enum(orderRefundStates),
  isCod: z.boolean(),
  cancelRequested: z.boolean(),
  mayShipNow: z.boolean(),
  buyer: z.strictObject({ channelBuyerNo: z.string().nullable(), nick: z.string() }),
  buyerNote: z.string().nullable(),
  sellerRemark: z.string().nullable(),
  flag: z.string().nullable(),
  receiver: Receiver,
  lines: z.array(ChannelLine),
  shipments: z.array(Shipment),
  remainingToShip: z.array(ShipmentLine),
  promotions: z.array(Promotion),
  invoice: Invoice.nullable(),
  /** Words for whoever reads: `amount-mismatch`, `unknown-field:trade.xyz`, `unknown-status:…`. */
  warnings: z.array(z.string()),
})
export type ChannelOrder = z.infer<typeof ChannelOrder>

/** 平台商品: one sellable SKU as offered in a shop. `channelSkuNo` is empty where the item has no SKUs. */
export const Listing = z.strictObject({
  channelItemNo: z.string().min(1),
  channelSkuNo: z.string(),
  merchantCode: z.string().nullable(),
  barcode: z.string().nullable(),
  title: z.string(),
  specification: z.string(),
  imageUrl: z.string().nullable(),
  priceFen: fenAmount,
  /** What the channel shows as left for sale. */
  quantity: z.int(),
  isOnSale: z.boolean(),
  modifiedAt: instant.nullable(),
})
export type Listing = z.infer<typeof Listing>

/** 售后单 as the channel tells it. */
export const ChannelCase = z.strictObject({
  channelCaseNo: z.string().min(1),
  channelOrderNo: z.string().min(1),
  channelLineNo: z.string().nullable(),
  channelStatus: z.string(),
  state: z.enum(refundStates),
  kind: z.enum(['refund-only', 'return-and-refund', 'exchange', 'reship', 'repair', 'other']),
  refundFen: fenAmount,
  quantity: z.int().positive().nullable(),
  reason: z.string(),
  /** Whether the goods had left when it was opened, as far as the channel says. */
  beforeShipping: z.boolean().nullable(),
  returnWaybillNo: z.string().nullable(),
  createdAt: instant,
  modifiedAt: instant,
})
export type ChannelCase = z.infer<typeof ChannelCase>

/** The standard as a JSON Schema, for integrators: `npx tongdan schema channel-order`. */
export function channelOrderSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(ChannelOrder, { target: 'draft-2020-12', io: 'output' })
  return {
    $id: `urn:tongdan:channel-order:${channelOrderVersion}`,
    title: 'ChannelOrder',
    version: channelOrderVersion,
    ...schema,
  }
}
