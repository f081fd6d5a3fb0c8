import { Failure } from '../../core/failures.ts'
import { plainWaybill } from '../../core/logistics/waybill.ts'
import type { Ctx } from '../../platform/module.ts'
import { mustRead, type ReadRow } from './read-parcels.ts'
import { stopParcels, stoppedFailure } from './stop-parcels.ts'
import { listByCode, listWanting } from './store/list.ts'
import { findParcels } from './store/parcels.ts'

const lookedAt = 20

/**
 * Which parcel a scanned code means (扫码): a waybill, parcel, order or channel order number; else a SKU code or barcode, which means the most
 * urgent parcel that wants such a piece. The orders are asked at this moment. Throws PARCEL_STOPPED loudly, also for a parcel that was taken
 * apart, and PARCEL_NOT_FOUND.
 */
export async function scanParcel(ctx: Ctx, code: string): Promise<ReadRow> {
  const named = await listByCode(ctx.db, {
    plain: code,
    waybillNo: plainWaybill(code),
    parcelId: numberAfter('P', code),
    orderId: numberAfter('T', code),
  })
  const [first] = named
  if (!first) return scanPiece(ctx, code)
  if (first.state === 'cancelled') {
    const [parcel] = await findParcels(ctx.db, [first.id])
    throw new Failure('PARCEL_STOPPED', {
      parcel: parcel?.parcelNo ?? code,
      reason: `包裹已取消（${first.cancelledBecause ?? ''}）`,
    })
  }
  const [loaded] = await stopParcels(ctx, [first.id])
  if (loaded && loaded.stop !== null) throw stoppedFailure(loaded)
  return mustRead(ctx, first.id)
}

async function scanPiece(ctx: Ctx, code: string): Promise<ReadRow> {
  const wanting = await listWanting(ctx.db, code, lookedAt)
  const loaded = new Map((await stopParcels(ctx, wanting)).map((one) => [one.parcel.id, one]))
  const urgent = wanting.flatMap((id) => loaded.get(id) ?? [])
  const free = urgent.find((one) => one.stop === null)
  if (free) return mustRead(ctx, free.parcel.id)
  const [stopped] = urgent
  throw stopped ? stoppedFailure(stopped) : new Failure('PARCEL_NOT_FOUND', { parcel: code })
}

/** P00000012 and T00000012 are made of our keys. */
function numberAfter(letter: 'P' | 'T', code: string): number | null {
  const [, digits] = new RegExp(`^${letter}(\\d{8,15})$`, 'i').exec(code) ?? []
  return digits === undefined ? null : Number(digits)
}
