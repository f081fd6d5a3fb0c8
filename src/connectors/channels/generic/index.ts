import { defineChannel } from '../../../kit/channel.ts'
import { answerCase, getCase, pullCases } from './aftersales.ts'
import { readFailure } from './failure.ts'
import { type Credentials, manifest } from './manifest.ts'
import { getOrder, inspectOrders, pullOrders } from './orders.ts'
import { pullProducts } from './products.ts'
import { refundWords } from './refunds.ts'
import { readSheet } from './sheets.ts'
import { reportShipment, shipmentSheet } from './shipments.ts'
import { describeShop } from './shop.ts'
import { inspectSignature } from './sign.ts'
import { pushStock, stockSheet } from './stock.ts'
import { orderWords } from './to-order.ts'
import { readWebhook } from './webhook.ts'

/** 自建网站: a shop of the merchant's own that implements our contract (docs/channels/generic-contract.md). */
export const generic = defineChannel<Credentials>({
  manifest,
  operations: {
    'shop.describe': describeShop,
    'orders.pull': pullOrders,
    'orders.get': getOrder,
    'shipments.report': reportShipment,
    'stock.push': pushStock,
    'products.pull': pullProducts,
    'aftersales.pull': pullCases,
    'aftersales.get': getCase,
    'aftersales.answer': answerCase,
    'webhook.read': readWebhook,
    'export.read': readSheet,
    'export.shipments': shipmentSheet,
    'export.stock': stockSheet,
  },
  inspect: { orders: inspectOrders, failure: readFailure, signature: inspectSignature },
  vocabulary: { orderStatuses: Object.keys(orderWords), refundStatuses: Object.keys(refundWords) },
})
