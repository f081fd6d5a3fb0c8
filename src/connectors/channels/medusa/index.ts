import { defineChannel } from '../../../kit/channel.ts'
import { getCase, pullCases } from './aftersales.ts'
import { inspection } from './inspect.ts'
import { type Credentials, manifest } from './manifest.ts'
import { countOrders, getOrder, pullOrders } from './orders.ts'
import { pullProducts } from './products.ts'
import { remarkOrder } from './remark.ts'
import { readSheet, writeShipments, writeStock } from './sheets.ts'
import { reportShipment } from './shipments.ts'
import { describeShop } from './shop.ts'
import { orderStatuses, refundWords } from './status.ts'
import { pushStock } from './stock.ts'
import { readWebhook } from './webhook.ts'

/** A shop of one's own on Medusa v2, by its admin API. */
export const medusa = defineChannel<Credentials>({
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
    'export.shipments': writeShipments,
    'export.stock': writeStock,
  },
  inspect: inspection,
  vocabulary: { orderStatuses, refundStatuses: Object.keys(refundWords) },
})
