import { defineChannel } from '../../../kit/channel.ts'
import { getCase, pullCases } from './aftersales.ts'
import { answerCase } from './aftersales-answer.ts'
import { inspection } from './inspect.ts'
import { manifest, type WechatShopCredentials } from './manifest.ts'
import { getOrder, pullOrders } from './orders.ts'
import { pullProducts } from './products.ts'
import { remarkOrder } from './remark.ts'
import { revealReceiver } from './reveal.ts'
import { readSheet, writeShipments, writeStock } from './sheets.ts'
import { changeShipment, reportShipment } from './shipments.ts'
import { describeShop, refreshAuth } from './shop.ts'
import { refundStatuses, statuses } from './status.ts'
import { pushStock } from './stock.ts'
import { readPush } from './webhook.ts'

/** 微信小店: the shop inside WeChat, with keys of its own (自研). */
export const wechatShop = defineChannel<WechatShopCredentials>({
  manifest,
  operations: {
    'shop.describe': describeShop,
    'auth.refresh': refreshAuth,
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
    'aftersales.answer': answerCase,
    'webhook.read': readPush,
    'export.read': readSheet,
    'export.shipments': writeShipments,
    'export.stock': writeStock,
  },
  inspect: inspection,
  vocabulary: { orderStatuses: Object.keys(statuses), refundStatuses: Object.keys(refundStatuses) },
})
