import type { z } from 'zod'
import type { printParcels as printRoute } from '../../contract/fulfilment.ts'
import { maskName, maskPhone } from '../../core/address/mask.ts'
import { Failure } from '../../core/failures.ts'
import { afterPrint, moveParcel, parcelDeedWords, parcelStateWords } from '../../core/fulfilment/parcel-moves.ts'
import { inPickingOrder } from '../../core/fulfilment/picking.ts'
import { carrierNamed } from '../../core/logistics/carriers.ts'
import { beijingDay, beijingText } from '../../core/time/instant.ts'
import { tell } from '../../platform/events/tell.ts'
import { permissionWords } from '../../platform/http/failure-reply.ts'
import type { FileAnswer } from '../../platform/http/serve.ts'
import type { Ctx } from '../../platform/module.ts'
import { type ShopName, shopsById } from '../channels/index.ts'
import { listWarehouses } from '../inventory/index.ts'
import type { Person } from '../orders/index.ts'
import { audit, auditPersonalView } from '../security/index.ts'
import { type LeftOut, leftOutBy, notFound } from './left-out.ts'
import { isWhollyChecked, type Loaded, loadParcels } from './load-parcels.ts'
import type { PaperParcel, Printed } from './paper/facts.ts'
import { drawLabels, labelFormats } from './paper/label.ts'
import { drawPacking, drawPicking } from './paper/lists.ts'
import { showOnOrders } from './show-on-orders.ts'
import { markStopped } from './stop-parcels.ts'
import { findCompany } from './store/paper.ts'
import { savePrinted } from './store/parcels.ts'

type Asked = z.output<typeof printRoute.input>
type LabelFormat = keyof typeof labelFormats

const isLabel = (document: Asked['document']): document is LabelFormat => document in labelFormats
const documentWords = { picking: '拣货单', packing: '发货单', 'label-76x130': '面单', 'label-100x180': '面单' } as const

/**
 * A PDF of labels, a picking list or packing lists (打印), all in picking order. Labels are marked as printed before they are drawn, so a second
 * one always says 重打. The orders are asked at this moment: what must not leave is left out by name, as is a label without a number; header
 * `x-left-out` tells which and why. Throws what speaks against the first when nothing is left to print, and PERMISSION_NEEDED for labels
 * when the person may not see receivers.
 */
export async function printParcels(ctx: Ctx, asked: Asked): Promise<FileAnswer> {
  if (isLabel(asked.document) && !ctx.actor.permissions.has('personal.see'))
    throw new Failure('PERMISSION_NEEDED', { permission: permissionWords('personal.see') })
  const { chosen, leftOut } = await choose(ctx, asked)
  const [first] = leftOut
  if (chosen.length === 0) {
    const label = first?.label ?? ''
    throw new Failure('PARCEL_STOPPED', { parcel: label, reason: `没有可打印的：${first?.zh ?? ''}` })
  }
  const printed = { by: ctx.actor.name, at: ctx.now(), atText: beijingText(ctx.now()).slice(0, 16) }
  const parcels = await paperParcels(ctx, chosen)
  return {
    fileName: `${documentWords[asked.document]}-${beijingDay(ctx.now())}-${parcels.length}.pdf`,
    type: 'application/pdf',
    bytes: await draw(asked.document, parcels, printed),
    headers: { 'x-left-out': leftOutHeader(leftOut) },
  }
}

function draw(document: Asked['document'], parcels: readonly PaperParcel[], printed: Printed): Promise<Buffer> {
  if (isLabel(document)) return drawLabels(parcels, document, printed)
  return document === 'picking' ? drawPicking(parcels, printed) : drawPacking(parcels, printed)
}

/** Many programs read no more than 16 kB of headers altogether. */
const longestHeader = 7_000

/** Chinese cannot stand in a header: JSON, each sign as %XX. Names as many as have room; `count` tells of all. */
function leftOutHeader(leftOut: readonly LeftOut[]): string {
  const rows = leftOut.map(({ label, code, zh }) => ({ label, code, zh }))
  for (let named = rows.length; ; named = Math.floor(named / 2)) {
    const text = encodeURIComponent(JSON.stringify({ count: rows.length, rows: rows.slice(0, named) }))
    if (text.length <= longestHeader || named === 0) return text
  }
}

interface Choice {
  readonly chosen: readonly Loaded[]
  readonly leftOut: readonly LeftOut[]
}

/** Which parcels are printed; labels are marked in the same transaction, and whose plain receiver is on paper is in the audit trail. */
async function choose(outer: Ctx, asked: Asked): Promise<Choice> {
  return outer.tx(async (ctx) => {
    const loaded = await loadParcels(ctx, asked.parcelIds)
    await markStopped(ctx, loaded)
    const leftOut = notFound(asked.parcelIds, loaded)
    const may: Loaded[] = []
    for (const one of loaded) {
      const reason = reasonAgainst(one, isLabel(asked.document))
      if (reason) leftOut.push(reason)
      else may.push(one)
    }
    const chosen = inPickingOrder(may.map((one) => ({ id: one.parcel.id, lines: one.lines, one }))).map(
      ({ one }) => one,
    )
    if (chosen.length === 0) return { chosen, leftOut }
    if (isLabel(asked.document)) await markPrinted(ctx, chosen)
    await audit(ctx, {
      deed: 'fulfilment.printed',
      object: 'parcel',
      objectId: null,
      details: { document: asked.document, parcels: chosen.map(({ parcel }) => parcel.parcelNo) },
    })
    return { chosen, leftOut }
  })
}

function reasonAgainst({ parcel, stop }: Loaded, needsNumber: boolean): LeftOut | null {
  if (stop !== null) return leftOutBy(parcel, 'PARCEL_STOPPED', { reason: stop })
  if (moveParcel(parcel.state, 'print') === null)
    return leftOutBy(parcel, 'PARCEL_STATE_REFUSED', {
      state: parcelStateWords[parcel.state],
      deed: parcelDeedWords.print,
    })
  if (!needsNumber || parcel.waybillNo !== null) return null
  return { id: parcel.id, label: parcel.parcelNo, code: 'no-waybill', zh: '没有运单号，先填写或从号池取号' }
}

async function markPrinted(ctx: Ctx, chosen: readonly Loaded[]): Promise<void> {
  const rows = chosen.map((one) => {
    const { id, state, prints } = one.parcel
    return { id, state: afterPrint({ state, prints, isWhollyChecked: isWhollyChecked(one) }) ?? state }
  })
  await savePrinted(ctx.db, rows, { actor: ctx.actor.name, at: ctx.now() })
  await auditPersonalView(ctx, {
    object: 'order',
    objectIds: chosen.flatMap(({ orders }) => orders.map((order) => order.orderNo)),
    purpose: '打印面单',
    fields: ['name', 'phone', 'address'],
  })
  const ids = rows.map((row) => row.id)
  await showOnOrders(ctx, ids)
  await tell(ctx, 'fulfilment.parcels-changed', { parcelIds: ids })
}

async function paperParcels(ctx: Ctx, chosen: readonly Loaded[]): Promise<PaperParcel[]> {
  const company = await findCompany(ctx.db)
  const shops = await shopsById(ctx)
  const warehouses = new Map((await listWarehouses(ctx.db)).map((place) => [place.id, place]))
  return chosen.map((one, at) => {
    const place = warehouses.get(one.parcel.warehouseId)
    const sender = { company, warehouse: place?.name ?? '', region: place ? regionText(place) : '' }
    return { ...paperParcel(one, shops), no: at + 1, of: chosen.length, sender }
  })
}

function paperParcel(
  { parcel, orders, lines, live }: Loaded,
  shops: ReadonlyMap<number, ShopName>,
): Omit<PaperParcel, 'no' | 'of' | 'sender'> {
  const person = orders.flatMap((order) => live.get(order.orderId)?.person ?? [])[0]
  const name = person?.receiver.name ?? ''
  const phone = person?.receiver.phone ?? ''
  return {
    parcelNo: parcel.parcelNo,
    carrierName: parcel.carrier === null ? '' : (carrierNamed(parcel.carrier)?.name ?? parcel.carrier),
    waybillNo: parcel.waybillNo,
    reprints: parcel.prints,
    receiver: { name, phone, address: person ? addressText(person) : '' },
    masked: { name: maskName(name), phone: maskPhone(phone), region: regionText(parcel) },
    isPlain: person?.receiver.privacy === 'plain',
    orders: orders.map(({ orderNo, channelOrderNo, shopId }) => ({
      orderNo,
      channelOrderNo,
      shop: shops.get(shopId)?.name ?? '',
    })),
    lines: lines.map(({ skuId, code, name: goods, specification, quantity }) => ({
      skuId,
      code,
      name: goods,
      specification,
      quantity,
    })),
    pieces: parcel.pieceCount,
  }
}

interface Region {
  readonly province: string
  readonly city: string
  readonly district: string
}

/** 北京市 朝阳区: a municipality is not named twice. */
const regionText = ({ province, city, district }: Region) =>
  [...new Set([province, city, district])].filter(Boolean).join(' ')

function addressText({ receiver: { standard, raw } }: Person): string {
  const region = [...new Set([standard.province, standard.city, standard.district, standard.town])].filter(Boolean)
  return `${region.join(' ')} ${raw.address}`
}
