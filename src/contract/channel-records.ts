import { z } from 'zod'
import { at, CertificateDay, count, day, shopInput, Trouble } from './channel-shapes.ts'
import { id, nothing, route } from './route.ts'

/** An order the channel has and our list did not, or a count that did not agree (漏单). */
const MissedOrder = z.strictObject({
  /** Null when only the count told. */
  channelOrderNo: z.string().nullable(),
  count: z.int().positive(),
  noticedBy: z.enum(['count', 'push', 'aftersales', 'created-list', 'reconcile']),
  noticedAt: at,
  healedAt: at.nullable(),
  /** How it came in after all: `fetched` by its number, `read-again` with the list. */
  healedBy: z.enum(['fetched', 'read-again', 'gone']).nullable(),
})

export const listCertificates = route({
  method: 'GET',
  path: '/shops/:shopId/certificates',
  permission: 'shops.read',
  zh: '完整性证明',
  input: z.strictObject({ shopId: id, from: day, to: day }),
  output: z.strictObject({
    days: z.array(CertificateDay.extend({ missedOrders: z.array(MissedOrder) })),
  }),
})

/** One pull window with its proof: the channel's count, the ids seen, the ids stored. */
const SpanRow = z.strictObject({
  spanId: z.int(),
  kind: z.enum(['sweep', 'history', 'reconcile', 'aftersales']),
  by: z.enum(['modified', 'created']),
  from: at,
  to: at,
  channelCount: count.nullable(),
  seen: count,
  stored: count,
  state: z.enum(['open', 'agreed', 'disagreed']),
  tries: count,
  digest: z.string().nullable(),
  closedAt: at.nullable(),
})

export const listSpans = route({
  method: 'GET',
  path: '/shops/:shopId/spans',
  permission: 'shops.read',
  zh: '抓单窗口',
  input: z.strictObject({
    shopId: id,
    before: z.coerce.number().int().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.strictObject({ rows: z.array(SpanRow), next: z.int().nullable() }),
})

export const listCalls = route({
  method: 'GET',
  path: '/calls',
  permission: 'shops.read',
  zh: '接口调用记录',
  input: z.strictObject({
    shopId: id.optional(),
    operation: z.string().optional(),
    outcome: z.enum(['good', 'failed']).optional(),
    code: z.string().optional(),
    before: z.coerce.number().int().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.strictObject({
    rows: z.array(
      z.strictObject({
        callId: z.int(),
        shopId: z.int(),
        operation: z.string(),
        method: z.string(),
        /** Host and path, without the query. */
        target: z.string(),
        status: z.int().nullable(),
        ms: count,
        /** How long it waited for a place within the limits. */
        waitedMs: count,
        failure: Trouble.nullable(),
        at,
      }),
    ),
    next: z.int().nullable(),
  }),
})

export const unsentKinds = ['shipment', 'remark', 'stock'] as const
const UnsentRef = z.strictObject({ kind: z.enum(unsentKinds), id: z.int().positive() })

/** 未送达: what the channel has not accepted yet. `for-file` waits for the shipment file, `needs-person` for a decision. */
export const listUnsent = route({
  method: 'GET',
  path: '/unsent',
  permission: 'fulfilment.read',
  zh: '未送达清单',
  input: z.strictObject({ shopId: id.optional(), kind: z.enum(unsentKinds).optional() }),
  output: z.strictObject({
    rows: z.array(
      UnsentRef.extend({
        shopId: z.int(),
        state: z.enum(['waiting', 'for-file', 'needs-person']),
        /** Our order, for shipments and remarks. */
        orderId: z.int().nullable(),
        channelOrderNo: z.string().nullable(),
        /** What is to be said: `中通 7312…`, `库存 12`. */
        zh: z.string(),
        since: at,
        tried: count,
        cause: Trouble.nullable(),
        nextTryAt: at.nullable(),
      }),
    ),
    total: count,
  }),
})

export const retryUnsent = route({
  method: 'POST',
  path: '/unsent/retry',
  permission: 'fulfilment.work',
  zh: '重试未送达',
  input: z.strictObject({ items: z.array(UnsentRef).min(1).max(500) }),
  output: z.strictObject({ done: count }),
})

export const dismissUnsent = route({
  method: 'POST',
  path: '/unsent/dismiss',
  permission: 'shops.manage',
  zh: '不再送达',
  input: z.strictObject({ items: z.array(UnsentRef).min(1).max(500), reason: z.string().trim().min(2).max(200) }),
  output: z.strictObject({ done: count }),
})

export const listPushes = route({
  method: 'GET',
  path: '/pushes',
  permission: 'shops.read',
  zh: '推送收件箱',
  input: z.strictObject({
    shopId: id.optional(),
    before: z.coerce.number().int().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.strictObject({
    rows: z.array(
      z.strictObject({
        pushId: z.int(),
        shopId: z.int().nullable(),
        channel: z.string(),
        eventNo: z.string(),
        type: z.string(),
        channelOrderNo: z.string().nullable(),
        /** `waiting` to be read again, `worked`, `nothing` to do. */
        state: z.enum(['waiting', 'worked', 'nothing']),
        receivedAt: at,
      }),
    ),
    /** Pushes refused in the last 14 days, by reason. */
    refused: z.array(z.strictObject({ channel: z.string(), reason: z.string(), count, lastAt: at })),
    next: z.int().nullable(),
  }),
})

/** The file for the platform's bulk-shipping upload (批量发货): all parcels that wait, or those of an earlier file again. */
export const makeShipmentFile = route({
  method: 'POST',
  path: '/shops/:shopId/shipment-file',
  permission: 'fulfilment.work',
  zh: '下载发货表',
  input: z.strictObject({ shopId: id, fileId: z.int().positive().optional() }),
  output: nothing,
  answers: 'file',
})

export const listShipmentFiles = route({
  method: 'GET',
  path: '/shops/:shopId/shipment-files',
  permission: 'fulfilment.read',
  zh: '发货表记录',
  input: shopInput,
  output: z.strictObject({
    waiting: count,
    files: z.array(
      z.strictObject({ fileId: z.int(), fileName: z.string(), parcels: count, madeAt: at, madeBy: z.string() }),
    ),
  }),
})

/** The file for the platform's bulk stock upload (批量改库存) of a shop in file mode: every matched listing with what it should show now. */
export const makeStockFile = route({
  method: 'POST',
  path: '/shops/:shopId/stock-file',
  permission: 'stock.adjust',
  zh: '下载库存表',
  input: shopInput,
  output: nothing,
  answers: 'file',
})

/** What a stock file would hold: `changed` of its listings differ from the last one. */
export const readStockFile = route({
  method: 'GET',
  path: '/shops/:shopId/stock-file',
  permission: 'stock.read',
  zh: '库存表现状',
  input: shopInput,
  output: z.strictObject({ listings: count, changed: count, madeAt: at.nullable() }),
})
