import { defineChannel } from '../../../kit/channel.ts'
import { getCase, pullCases } from './aftersales.ts'
import { inspection } from './inspect.ts'
import { type Credentials, manifest } from './manifest.ts'
import { countOrders, getOrder, pullOrders } from './orders.ts'
import { pullProducts } from './products.ts'
import { remarkOrder } from './remark.ts'
import { readSheet } from './sheets.ts'
import { reportShipment, shipmentSheet } from './shipments.ts'
import { describeShop } from './shop.ts'
import { orderWords, refundWords } from './status.ts'
import { pushStock, stockSheet } from './stock.ts'
import { readWebhook } from './webhook.ts'

/** Vendure: a shop on the merchant's own server, asked with an API key by the Admin GraphQL interface. */
export const vendure = defineChannel<Credentials>({
  manifest,
  operations: {
    'shop.describe': describeShop,
    'orders.count': countOrders,
    'orders.pull': pullOrders,
    'orders.get': getOrder,
    'orders.remark': remarkOrder,
    'shipments.report': reportShipment,
    'stock.push': pushStock,
    'products.pull': pullProducts,
    'aftersales.pull': pullCases,
    'aftersales.get': getCase,
    'webhook.read': readWebhook,
    'export.read': readSheet,
    'export.shipments': shipmentSheet,
    'export.stock': stockSheet,
  },
  inspect: inspection,
  vocabulary: { orderStatuses: Object.keys(orderWords), refundStatuses: Object.keys(refundWords) },
})
