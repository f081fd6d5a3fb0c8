import type { z } from 'zod'
import type { drawWaybills as drawRoute, setWaybill as setRoute } from '../../contract/fulfilment.ts'
import type { BatchResult } from '../../contract/route.ts'
import { Failure } from '../../core/failures.ts'
import { afterNumber, parcelDeedWords, parcelStateWords } from '../../core/fulfilment/parcel-moves.ts'
import { carrierNamed } from '../../core/logistics/carriers.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { drawNumbers, mustBeCarrier, takeNumber } from '../logistics/index.ts'
import { audit } from '../security/index.ts'
import { type LeftOut, leftOutBy, notFound } from './left-out.ts'
import { isWhollyChecked, type Loaded, loadParcels } from './load-parcels.ts'
import { showOnOrders } from './show-on-orders.ts'
import { markStopped, stoppedFailure } from './stop-parcels.ts'
import { findParcels, saveNumbers } from './store/parcels.ts'

/**
 * Gives a parcel the number that a person typed or scanned (填运单号); the same again changes nothing. One that replaces the number on a printed
 * label sends the parcel back to the printer. Throws PARCEL_NOT_FOUND, PARCEL_STOPPED, PARCEL_STATE_REFUSED, CARRIER_NOT_FOUND,
 * WAYBILL_REFUSED.
 */
export async function setWaybill(outer: Ctx, asked: z.output<typeof setRoute.input>): Promise<void> {
  const stopped = await outer.tx(async (ctx) => {
    const [one] = await loadParcels(ctx, [asked.id])
    if (!one) throw new Failure('PARCEL_NOT_FOUND', { parcel: asked.id })
    if (one.stop === null) {
      await giveNumber(ctx, one, asked)
      return null
    }
    await markStopped(ctx, [one])
    return one
  })
  if (stopped !== null) throw stoppedFailure(stopped)
}

async function giveNumber(ctx: Ctx, one: Loaded, asked: z.output<typeof setRoute.input>): Promise<void> {
  const { parcel } = one
  const typed = await takeNumber(ctx, { ...asked, holder: parcel.id })
  if (typed.kind === 'used') {
    const [other] = await findParcels(ctx.db, [typed.by])
    const reason = `已用在包裹 ${other?.parcelNo ?? typed.by} 上`
    throw new Failure('WAYBILL_REFUSED', { waybillNo: typed.waybillNo, reason })
  }
  const { carrier, waybillNo } = typed
  if (parcel.carrier === carrier && parcel.waybillNo === waybillNo) return
  const state = stateWith(one)
  if (state === null) {
    const details = { state: parcelStateWords[parcel.state], deed: parcelDeedWords.renumber }
    throw new Failure('PARCEL_STATE_REFUSED', { parcel: parcel.parcelNo, ...details })
  }
  await keepNumbers(ctx, [{ parcel, state, carrier, waybillNo }])
}

/**
 * Draws numbers from the pools for parcels that have none (取号): of the carrier asked, else of each parcel's own. What cannot get one is left
 * out with the reason; asking twice draws none twice. Throws CARRIER_NOT_FOUND.
 */
export async function drawWaybills(outer: Ctx, asked: z.output<typeof drawRoute.input>): Promise<BatchResult> {
  const wanted = asked.carrier === undefined ? null : mustBeCarrier(asked.carrier).code
  return outer.tx(async (ctx) => {
    const loaded = await loadParcels(ctx, asked.parcelIds)
    await markStopped(ctx, loaded)
    const leftOut = notFound(asked.parcelIds, loaded)
    const may: { one: Loaded; carrier: string; state: string }[] = []
    for (const one of loaded) {
      const carrier = wanted ?? one.parcel.carrier
      const state = stateWith(one)
      const reason = reasonAgainst(one, { carrier, state })
      if (reason) leftOut.push(reason)
      else if (carrier !== null && state !== null) may.push({ one, carrier, state })
    }
    const drawn = await drawNumbers(
      ctx,
      may.map(({ one, carrier }) => ({ carrier, holder: one.parcel.id })),
    )
    const numbered = may.flatMap(({ one: { parcel }, carrier, state }) => {
      const waybillNo = drawn.get(parcel.id)
      if (waybillNo !== undefined) return [{ parcel, state, carrier, waybillNo }]
      leftOut.push(leftOutBy(parcel, 'WAYBILL_POOL_EMPTY', { carrier: carrierNamed(carrier)?.name ?? carrier }))
      return []
    })
    await keepNumbers(ctx, numbered)
    return { done: numbered.length, doneIds: numbered.map(({ parcel }) => parcel.id), leftOut }
  })
}

const stateWith = (one: Loaded) =>
  one.stop === null
    ? afterNumber({
        state: one.parcel.state,
        prints: one.parcel.prints,
        isWhollyChecked: isWhollyChecked(one),
        hadNumber: one.parcel.waybillNo !== null,
      })
    : null

function reasonAgainst(
  { parcel, stop }: Loaded,
  { carrier, state }: { readonly carrier: string | null; readonly state: string | null },
): LeftOut | null {
  const { id, parcelNo } = parcel
  if (stop !== null) return leftOutBy(parcel, 'PARCEL_STOPPED', { reason: stop })
  if (state === null) {
    return leftOutBy(parcel, 'PARCEL_STATE_REFUSED', { state: parcelStateWords[parcel.state], deed: '取号' })
  }
  if (parcel.waybillNo !== null)
    return { id, label: parcelNo, code: 'has-waybill', zh: `已有运单号 ${parcel.waybillNo}` }
  return carrier === null ? { id, label: parcelNo, code: 'no-carrier', zh: '还没选快递公司，请指定一家' } : null
}

interface Numbered {
  readonly parcel: Loaded['parcel']
  readonly state: string
  readonly carrier: string
  readonly waybillNo: string
}

async function keepNumbers(ctx: Ctx, numbered: readonly Numbered[]): Promise<void> {
  if (numbered.length === 0) return
  const ids = numbered.map(({ parcel }) => parcel.id)
  await saveNumbers(
    ctx.db,
    numbered.map(({ parcel, ...row }) => ({ id: parcel.id, ...row })),
  )
  await audit(
    ctx,
    numbered.map(({ parcel, carrier, waybillNo }) => ({
      deed: 'fulfilment.parcel-changed',
      object: 'parcel',
      objectId: parcel.parcelNo,
      details: { before: { carrier: parcel.carrier, waybillNo: parcel.waybillNo }, after: { carrier, waybillNo } },
    })),
  )
  await showOnOrders(ctx, ids)
  await tell(ctx, 'fulfilment.parcels-changed', { parcelIds: ids })
}
