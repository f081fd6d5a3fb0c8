import { z } from 'zod'
import { plainWaybillNo } from '../../../core/channel/shipment.ts'
import { Failure } from '../../../core/failures.ts'
import { beijingDay } from '../../../core/time/instant.ts'
import type { ShipmentReport } from '../../../kit/channel.ts'
import { ask, type Call, parsed, strange } from './call.ts'
import type { WooAccount } from './manifest.ts'
import { type Asking, orderPath } from './orders.ts'
import { NotePayload, TrackingItem, WrittenPayload } from './payload.ts'

/** The official extension and Advanced Shipment Tracking: two names for the same calls. Source: own-site.md 2.3 [doc, sdk]. */
const namespaces = ['wc-shipment-tracking/v3', 'wc-ast/v3'] as const
type Namespace = (typeof namespaces)[number]

/** Where a shop keeps waybill numbers: in a tracking plugin, or without one in notes to the buyer. */
export interface Tracker {
  readonly namespace: Namespace | null
  readonly parcels: readonly TrackingItem[]
  /** Texts of the order's notes; only read where there is no plugin. */
  readonly notes: readonly string[]
}

/** Finds the shop's tracker and what it holds of an order. A plugin that is not there has no route. */
export async function findTracker(account: WooAccount, asking: Asking): Promise<Tracker> {
  for (const namespace of namespaces) {
    const parcels = await trackedParcels(account, namespace, asking)
    if (parcels !== null) return { namespace, parcels, notes: [] }
  }
  const { operation, channelOrderNo, isWrite } = asking
  const call: Call = { operation, method: 'GET', path: `${orderPath(channelOrderNo)}/notes`, isWrite }
  const notes = parsed(z.array(NotePayload), (await ask(account, call)).value, { what: 'notes', isWrite })
  return { namespace: null, parcels: [], notes: notes.map(({ note }) => note) }
}

async function trackedParcels(
  account: WooAccount,
  namespace: Namespace,
  { operation, channelOrderNo, isWrite }: Asking,
): Promise<readonly TrackingItem[] | null> {
  try {
    const call: Call = { operation, method: 'GET', path: trackingPath(namespace, channelOrderNo), isWrite }
    return parsed(z.array(TrackingItem), (await ask(account, call)).value, { what: 'trackings', isWrite })
  } catch (error) {
    if (error instanceof Failure && error.details.code === '404/rest_no_route') return null
    throw error
  }
}

export function holds(tracker: Tracker, waybillNo: string): boolean {
  const wanted = plainWaybillNo(waybillNo)
  return (
    tracker.parcels.some((parcel) => plainWaybillNo(parcel.tracking_number) === wanted) ||
    tracker.notes.some((note) =>
      note
        .toUpperCase()
        .match(/[A-Z0-9-]+/g)
        ?.includes(wanted),
    )
  )
}

/** Tells the shop, and by it the buyer, of one waybill number. */
export async function tellNumber(account: WooAccount, tracker: Tracker, report: NumberReport): Promise<void> {
  const call = numberCall(tracker.namespace, report)
  const { value } = await ask(account, call)
  if (tracker.namespace === null) {
    parsed(WrittenPayload, value, { what: 'note', isWrite: true })
    return
  }
  const { tracking_number } = parsed(TrackingItem, value, { what: 'tracking', isWrite: true })
  if (tracking_number !== report.waybillNo) throw strange(call, '网店记下了另一个快递单号')
}

interface NumberReport
  extends Pick<ShipmentReport, 'channelOrderNo' | 'carrier' | 'carrierName' | 'waybillNo' | 'shippedAt'> {
  readonly operation: string
}

/** A public page that finds a number whichever carrier it is of; plugins put the number in the place of `%1$s`. The choice is [assumed]. */
const trackingLink = 'https://www.kuaidi100.com/chaxun?nu=%1$s'

/** Pure. Source: own-site.md 2.3 [doc]. */
function numberCall(namespace: Namespace | null, report: NumberReport): Call {
  const { operation, channelOrderNo, waybillNo } = report
  const carrier = report.carrierName || report.carrier
  if (namespace === null) {
    const body = { note: `已发货：${carrier} ${waybillNo}`, customer_note: true }
    return { operation, method: 'POST', path: `${orderPath(channelOrderNo)}/notes`, body, isWrite: true }
  }
  return {
    operation,
    method: 'POST',
    path: trackingPath(namespace, channelOrderNo),
    body: {
      custom_tracking_provider: carrier,
      custom_tracking_link: trackingLink,
      tracking_number: waybillNo,
      date_shipped: beijingDay(report.shippedAt),
    },
    isWrite: true,
  }
}

/** Takes a number away again; without a plugin there is only a note, which stays. */
export async function dropNumber(
  account: WooAccount,
  { namespace, parcels }: Tracker,
  { operation, channelOrderNo, waybillNo }: Pick<NumberReport, 'operation' | 'channelOrderNo' | 'waybillNo'>,
): Promise<void> {
  if (namespace === null) return
  const wanted = plainWaybillNo(waybillNo)
  const path = trackingPath(namespace, channelOrderNo)
  for (const parcel of parcels.filter((each) => plainWaybillNo(each.tracking_number) === wanted)) {
    const one = `${path}/${encodeURIComponent(parcel.tracking_id)}`
    await ask(account, { operation, method: 'DELETE', path: one, isWrite: true })
  }
}

function trackingPath(namespace: Namespace, channelOrderNo: string): string {
  return `/${namespace}/orders/${encodeURIComponent(channelOrderNo)}/shipment-trackings`
}
