import { defineChannel } from '../../../kit/channel.ts'
import { getCase, pullCases } from './aftersales.ts'
import { inspection } from './inspect.ts'
import { type Credentials, manifest } from './manifest.ts'
import { countOrders, getOrder, pullOrders } from './orders.ts'
import { pullProducts } from './products.ts'
import { remarkOrder } from './remark.ts'
import { readSheet, writeShipments, writeStock } from './sheets.ts'
import { changeShipment, reportShipment } from './shipments.ts'
import { describeShop } from './shop.ts'
import { orderWords, refundWords } from './status.ts'
import { pushStock } from './stock.ts'
import { readWebhook } from './webhook.ts'

/** A shop of one's own on WordPress with WooCommerce, by its REST API version 3. */
export const woocommerce = defineChannel<Credentials>({
  manifest,
  operations: {
    'shop.describe': describeShop,
    'orders.count': countOrders,
    'orders.pull': pullOrders,
    'orders.get': getOrder,
    'orders.remark': remarkOrder,
    'shipments.report': reportShipment,
    'shipments.change': changeShipment,
    'stock.push': pushStock,
    'products.pull': pullProducts,
    'aftersales.pull': pullCases,
    'aftersales.get': getCase,
    'webhook.read': readWebhook,
    'export.read': readSheet,
    'export.shipments': writeShipments,
    'export.stock': writeStock,
  },
  inspect: inspection,
  vocabulary: { orderStatuses: Object.keys(orderWords), refundStatuses: Object.keys(refundWords) },
})
