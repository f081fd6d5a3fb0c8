import type { z } from 'zod'
import type { getOrder, getOrderRaw, HistoryRow, revealReceiver } from '../../contract/orders.ts'
import type { Permission } from '../../core/access/permissions.ts'
import { maskAddress, maskName, maskPhone } from '../../core/address/mask.ts'
import type { Receiver } from '../../core/channel/shapes.ts'
import { Failure } from '../../core/failures.ts'
import { deedWords, move, type OrderDeed } from '../../core/order/moves.ts'
import { findingWords } from '../../core/review/evaluate.ts'
import { type FindingCode, findings } from '../../core/review/findings.ts'
import type { Ctx } from '../../platform/module.ts'
import { askPlain, readPayloads } from '../channels/index.ts'
import { listHeld, readShelves } from '../inventory/index.ts'
import { auditPersonalView } from '../security/index.ts'
import { stateRefusal } from './approve-orders.ts'
import { loadRows } from './find-orders.ts'
import { changeWords, historyWords } from './history-words.ts'
import { openPerson, type Person } from './person.ts'
import * as detail from './store/detail.ts'
import { findByNo, type LineStored, listLines, type Stored } from './store/read.ts'

type Detail = z.input<typeof getOrder.output>

/** Everything about one order (订单详情), personal fields masked. Throws ORDER_NOT_FOUND. */
export async function readOrder(ctx: Ctx, orderNo: string): Promise<Detail> {
  const stored = await mustFind(ctx, orderNo)
  const [row] = await loadRows(ctx, [stored.id])
  if (!row) throw new Failure('ORDER_NOT_FOUND', { orderNo })
  const person = openPerson(ctx.vault, stored.sealed)
  return {
    ...row,
    channelStatus: stored.channelStatus,
    modifiedAt: stored.modifiedAt,
    payableFen: stored.payableFen,
    freightFen: stored.freightFen,
    extraFen: stored.extraFen,
    discountFen: stored.discountFen,
    refundedFen: stored.refundedFen,
    isCod: stored.isCod,
    mayShipNow: stored.mayShipNow,
    cancelRequested: stored.cancelRequested,
    buyer: {
      id: stored.buyerId,
      nick: person.nick,
      orders: stored.buyerId === null ? 1 : await detail.countOfBuyer(ctx.db, stored.buyerId),
    },
    buyerNote: person.buyerNote,
    sellerRemark: person.sellerRemark,
    receiverFull: maskedReceiver(person),
    warehouseId: stored.warehouseId,
    why: whyOf(stored),
    warnings: stored.extra.warnings,
    lines: await lineViews(ctx, stored),
    parcels: await detail.listShipments(ctx.db, stored.id),
    channelShipments: stored.extra.shipments,
    history: (await detail.listHistory(ctx.db, stored.id)).map(historyView),
    deeds: deedsOf(ctx, stored),
    version: stored.version,
  }
}

export async function mustFind(ctx: Ctx, orderNo: string): Promise<Stored> {
  const stored = await findByNo(ctx.db, orderNo)
  if (stored === null) throw new Failure('ORDER_NOT_FOUND', { orderNo })
  return stored
}

function maskedReceiver({ receiver }: Person): NonNullable<Detail['receiverFull']> {
  const { name, phone, raw, privacy, addressKey } = receiver
  return {
    name: maskName(name),
    phone: maskPhone(phone),
    town: receiver.standard.town,
    address: maskAddress(raw.address),
    privacy,
    hasToken: addressKey !== null,
  }
}

function whyOf(stored: Stored): Detail['why'] {
  const codes = stored.findings as FindingCode[]
  const held =
    stored.holdReason === null ? [] : [{ code: 'hold', zh: `人工挂起：${stored.holdReason}`, next: '处理完后点“放行”' }]
  return [
    ...held,
    ...codes.map((code) => ({
      code,
      zh: findingWords({ code, because: stored.extra.because[code] ?? {} }),
      next: findings[code].next,
    })),
  ]
}

async function lineViews(ctx: Ctx, stored: Stored): Promise<Detail['lines']> {
  const lines = await listLines(ctx.db, [stored.id])
  const held = await listHeld(ctx.db, [stored.id])
  const skuIds = lines.flatMap((line) => line.skuId ?? [])
  const shelves = await readShelves(ctx.db, skuIds)
  const availableOf = ({ skuId }: LineStored) => {
    if (skuId === null || stored.warehouseId === null) return null
    const shelf = shelves.find((row) => row.skuId === skuId && row.warehouseId === stored.warehouseId)
    return shelf ? shelf.onHand - shelf.reserved : 0
  }
  return lines.map((line) => ({
    id: line.id,
    channelLineNo: line.channelLineNo,
    title: line.title,
    specification: line.specification,
    imageUrl: line.imageUrl,
    merchantCode: line.merchantCode,
    skuId: line.skuId,
    skuCode: line.skuCode,
    skuName: line.skuName,
    listingId: line.listingId,
    quantity: line.quantity,
    isGift: line.isGift,
    listFen: line.listFen,
    paidFen: line.paidFen,
    refundState: line.refundState,
    refundedQuantity: line.refundedQuantity,
    refundedFen: line.refundedFen,
    mayShipNow: line.mayShipNow,
    reserved: held.filter((hold) => hold.lineId === line.id).reduce((sum, hold) => sum + hold.quantity, 0),
    shipped: Math.max(line.shippedQuantity, line.channelShippedQuantity),
    available: availableOf(line),
  }))
}

function historyView(row: detail.HistoryStored): HistoryRow {
  return {
    id: row.id,
    at: row.at,
    deed: row.deed,
    zh: historyWords(row.deed),
    actor: row.actor,
    reason: row.reason,
    changes: (row.changes ?? []).map(changeWords),
  }
}

const deedRights: readonly (readonly [OrderDeed, Permission])[] = [
  ['approve', 'orders.review'],
  ['hold', 'orders.review'],
  ['release', 'orders.review'],
  ['recall', 'orders.review'],
  ['allocate', 'fulfilment.work'],
]

function deedsOf(ctx: Ctx, stored: Stored): Detail['deeds'] {
  return deedRights
    .filter(([, right]) => ctx.actor.permissions.has(right))
    .map(([deed]) => {
      const may =
        deed === 'approve' ? stored.state === 'to-review' || stored.state === 'held' : move(stored.state, deed) !== null
      return {
        deed,
        zh: deedWords[deed],
        allowed: may,
        because: may ? null : stateRefusal(stored.orderNo, stored.state, deed).zh,
      }
    })
}

/** The channel's own payload beside what we made of it. For roles that may. */
export async function readRaw(ctx: Ctx, orderNo: string): Promise<z.input<typeof getOrderRaw.output>> {
  const stored = await mustFind(ctx, orderNo)
  const [payload] = await readPayloads(ctx, { shopId: stored.shopId, channelOrderNo: stored.channelOrderNo })
  if (!payload) throw new Failure('ORDER_NOT_FOUND', { orderNo })
  await auditPersonalView(ctx, { object: 'order', objectIds: [orderNo], purpose: '查看渠道原文', fields: ['raw'] })
  const { sealed, ...understood } = stored
  return { raw: payload.raw, understood, seenAt: payload.seenAt }
}

const shownForMs = 60_000

/**
 * The plain receiver for a stated purpose (查看明文), written into the audit trail before it is shown. A masked one is asked of the
 * channel where it can tell. Throws RECEIVER_STAYS_MASKED where it cannot, else what the channel answers.
 */
export async function reveal(
  ctx: Ctx,
  asked: z.output<typeof revealReceiver.input>,
): Promise<z.input<typeof revealReceiver.output>> {
  const stored = await mustFind(ctx, asked.orderNo)
  await auditPersonalView(ctx, {
    object: 'order',
    objectIds: [asked.orderNo],
    fields: ['name', 'phone', 'address'],
    purpose: [asked.purpose, asked.words].filter(Boolean).join('：'),
  })
  const { receiver } = openPerson(ctx.vault, stored.sealed)
  const plain = await plainOf(ctx, { receiver, stored, purpose: asked.purpose })
  return { ...plain, until: ctx.now() + shownForMs }
}

interface Behind {
  readonly receiver: Receiver
  readonly stored: Stored
  readonly purpose: z.output<typeof revealReceiver.input>['purpose']
}

async function plainOf(ctx: Ctx, { receiver, stored, purpose }: Behind) {
  const { name, phone, privacy, addressKey, raw } = receiver
  const place = [raw.province, raw.city, raw.district, raw.town].filter(Boolean).join(' ')
  if (privacy === 'plain') return { name, phone, address: `${place} ${raw.address}`.trim() }
  if (addressKey === null) throw new Failure('RECEIVER_STAYS_MASKED', { reason: '渠道没有给出密文' })
  const plain = await askPlain(ctx, {
    shopId: stored.shopId,
    channelOrderNo: stored.channelOrderNo,
    addressKey,
    purpose: purpose === 'after-sales' ? 'after-sales' : 'service',
  })
  return { name: plain.name, phone: plain.phone, address: `${place} ${plain.address}`.trim() }
}
