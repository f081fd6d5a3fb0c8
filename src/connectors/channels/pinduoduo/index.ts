import { defineChannel } from '../../../kit/channel.ts'
import { getCase, pullCases } from './aftersales.ts'
import { finishAuth, refreshAuth, startAuth } from './auth.ts'
import { inspection } from './inspect.ts'
import { manifest, type PinduoduoCredentials } from './manifest.ts'
import { countOrders, getOrder, pullOrders } from './orders.ts'
import { pullProducts } from './products.ts'
import { remarkOrder } from './remark.ts'
import { revealReceiver } from './reveal.ts'
import { readSheet, writeShipments, writeStock } from './sheets.ts'
import { changeShipment, reportShipment } from './shipments.ts'
import { describeShop } from './shop.ts'
import { caseStatuses, statuses } from './status.ts'
import { pushStock } from './stock.ts'

/** 拼多多: the shops of its app, through the open platform. */
export const pinduoduo = defineChannel<PinduoduoCredentials>({
  manifest,
  operations: {
    'shop.describe': describeShop,
    'auth.start': startAuth,
    'auth.finish': finishAuth,
    'auth.refresh': refreshAuth,
    'orders.count': countOrders,
    'orders.pull': pullOrders,
    'orders.get': getOrder,
    'orders.remark': remarkOrder,
    'orders.reveal': revealReceiver,
    'shipments.report': reportShipment,
    'shipments.change': changeShipment,
    'stock.push': pushStock,
    'products.pull': pullProducts,
    'aftersales.pull': pullCases,
    'aftersales.get': getCase,
    'export.read': readSheet,
    'export.shipments': writeShipments,
    'export.stock': writeStock,
  },
  inspect: inspection,
  vocabulary: { orderStatuses: Object.keys(statuses), refundStatuses: Object.keys(caseStatuses) },
})
