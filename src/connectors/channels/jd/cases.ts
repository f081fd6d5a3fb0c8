import type { ChannelCase } from '../../../core/channel/shapes.ts'
import { isoText } from '../../../core/time/instant.ts'
import { fenOf, quantityOf, wholeFen } from './money.ts'
import { readAs } from './nonsense.ts'
import { type ApplicationRow, momentOrNull, type ResultRow, type ServiceRow, textOf } from './payload.ts'
import { serviceFen, serviceStateOf } from './refunds.ts'
import { refundStateOf } from './status.ts'

/** Applications and service orders are numbered in two series that could meet; the number of a service order gets this in front. */
const servicePrefix = 'asc-'

export const isServiceNo = (channelCaseNo: string) => channelCaseNo.startsWith(servicePrefix)
export const serviceCaseNo = (row: ServiceRow) => servicePrefix + textOf(row.serviceId)

/** An intercepted parcel had left the house, and so had one that was refused at the door. Source: jd.md 10.1. */
const interceptWords = new Set(['6', '7', '8'])
const refusedParcel = '12'

/** An application in our words. Pure. Throws CHANNEL_NONSENSE where an amount or a time is none. Source: jd.md 10.1 [sdk Q]. */
export function applicationCase(row: ApplicationRow): ChannelCase {
  return readAs(`refundapply ${textOf(row.id)}`, () => {
    const status = textOf(row.status)
    return {
      channelCaseNo: textOf(row.id),
      channelOrderNo: textOf(row.orderId),
      channelLineNo: null,
      channelStatus: status,
      state: refundStateOf(status),
      kind: 'refund-only',
      refundFen: wholeFen(row.applyRefundSum),
      quantity: null,
      reason: textOf(row.reason),
      beforeShipping: !interceptWords.has(status) && textOf(row.systemId) !== refusedParcel,
      returnWaybillNo: null,
      ...times(row.applyTime, [row.modified, row.checkTime]),
    }
  })
}

/** What the buyer asks for. Source: jd.md 10.2 [sdk Q]; what is not here is of another kind. */
const kinds: Readonly<Record<string, ChannelCase['kind']>> = {
  1: 'refund-only',
  11: 'refund-only',
  10: 'return-and-refund',
  20: 'exchange',
  30: 'repair',
  70: 'repair',
  80: 'reship',
}
const paysBack: ReadonlySet<ChannelCase['kind']> = new Set(['refund-only', 'return-and-refund'])

/** A service order in our words. Pure. Throws CHANNEL_NONSENSE where an amount or a time is none. Source: jd.md 10.2 [sdk Q]. */
export function serviceCase(row: ServiceRow, results: readonly ResultRow[]): ChannelCase {
  return readAs(`asc ${textOf(row.serviceId)}`, () => {
    const kind = kinds[textOf(row.customerExpect)] ?? 'other'
    const state = serviceStateOf(row, results)
    return {
      channelCaseNo: serviceCaseNo(row),
      channelOrderNo: textOf(row.orderId),
      channelLineNo: textOf(row.skuId) || null,
      channelStatus: textOf(row.serviceStatus),
      state,
      kind,
      refundFen: paysBack.has(kind) || state === 'success' ? serviceFen(row, results) : fenOf(null),
      quantity: textOf(row.serviceCount) === '' ? null : quantityOf({ itemTotal: row.serviceCount }),
      reason: textOf(row.customerExpectName),
      beforeShipping: false,
      returnWaybillNo: null,
      ...times(row.applyTime, [row.updateDate]),
    }
  })
}

type Time = ApplicationRow['applyTime']

function times(created: Time, changes: readonly Time[]) {
  const createdAt = momentOrNull(created)
  if (createdAt === null) throw new RangeError('applyTime is absent')
  const known = changes.map(momentOrNull).filter((at) => at !== null)
  return { createdAt: isoText(createdAt), modifiedAt: isoText(Math.max(createdAt, ...known)) }
}
