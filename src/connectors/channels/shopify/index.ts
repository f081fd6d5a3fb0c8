import { defineChannel } from '../../../kit/channel.ts'
import { getCase, pullCases } from './aftersales.ts'
import { inspection } from './inspect.ts'
import { type Credentials, manifest } from './manifest.ts'
import { getOrder, pullOrders } from './orders.ts'
import { pullProducts } from './products.ts'
import { readSheet } from './sheets.ts'
import { changeShipment, reportShipment, shipmentSheet } from './shipments.ts'
import { describeShop } from './shop.ts'
import { orderStatuses, refundWords } from './status.ts'
import { pushStock, stockSheet } from './stock.ts'
import { readWebhook } from './webhook.ts'

/** Shopify: a shop of the merchant's own, asked through a custom app by the Admin GraphQL interface. */
export const shopify = defineChannel<Credentials>({
  manifest,
  operations: {
    'shop.describe': describeShop,
    'orders.pull': pullOrders,
    'orders.get': getOrder,
    'shipments.report': reportShipment,
    'shipments.change': changeShipment,
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
  vocabulary: { orderStatuses, refundStatuses: Object.keys(refundWords) },
})
