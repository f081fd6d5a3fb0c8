import type { z } from 'zod'
import type { checkPiece as checkRoute } from '../../contract/fulfilment.ts'
import { Failure } from '../../core/failures.ts'
import { checkPieces } from '../../core/fulfilment/check-piece.ts'
import {
  afterUncheck,
  isOpenParcel,
  moveParcel,
  parcelDeedWords,
  parcelStateWords,
} from '../../core/fulfilment/parcel-moves.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { isWhollyChecked, type Loaded, loadParcels } from './load-parcels.ts'
import { mustRead, type ReadRow } from './read-parcels.ts'
import { showOnOrders } from './show-on-orders.ts'
import { markStopped, stoppedFailure } from './stop-parcels.ts'
import { saveCheckState } from './store/parcels.ts'
import { clearChecked, findScan, insertScan, saveChecked } from './store/pieces.ts'

type Asked = z.output<typeof checkRoute.input>

/**
 * Counts a scanned piece, or several, into a parcel (验货); the last one makes it ready to leave. A repeat with the same key changes nothing,
 * however late it comes. The orders are asked at this moment. Throws PARCEL_NOT_FOUND, PARCEL_STOPPED, PARCEL_STATE_REFUSED, SCAN_REFUSED,
 * KEY_REUSED.
 */
export async function checkPiece(outer: Ctx, asked: Asked): Promise<ReadRow> {
  const stopped = await outer.tx(async (ctx) => {
    const one = await mustLock(ctx, asked.id)
    if (await isRepeat(ctx, asked)) return null
    if (one.stop !== null) {
      await markStopped(ctx, [one])
      return one
    }
    await count(ctx, one, asked)
    return null
  })
  if (stopped !== null) throw stoppedFailure(stopped)
  return mustRead(outer, asked.id)
}

async function isRepeat(ctx: Ctx, { id, code, quantity, key }: Asked): Promise<boolean> {
  const known = await findScan(ctx.db, key)
  if (known === null) return false
  if (known.parcelId === id && known.code === code && known.quantity === quantity) return true
  throw new Failure('KEY_REUSED')
}

async function count(ctx: Ctx, one: Loaded, asked: Asked): Promise<void> {
  const { parcel, lines } = one
  if (!isOpenParcel(parcel.state)) throw refused(one, parcelDeedWords.check)
  const outcome = checkPieces(lines, asked.code, asked.quantity)
  if (outcome.kind === 'wrong') throw new Failure('SCAN_REFUSED', { code: asked.code, reason: outcome.zh })

  const by = { actor: ctx.actor.name, at: ctx.now() }
  const { code, quantity, key } = asked
  if ((await insertScan(ctx.db, { key, parcelId: parcel.id, code, quantity, ...by })) === 0)
    throw new Failure('KEY_REUSED')
  await saveChecked(ctx.db, outcome.lines)
  const next = outcome.isWhole ? moveParcel(parcel.state, 'check') : null
  if (next !== null) {
    await saveCheckState(ctx.db, { id: parcel.id, state: next }, by)
    await showOnOrders(ctx, [parcel.id])
  }
  await tell(ctx, 'fulfilment.parcels-changed', { parcelIds: [parcel.id] })
}

/** Takes all checks of a parcel back (重新验货). Throws PARCEL_NOT_FOUND, PARCEL_STATE_REFUSED. */
export async function uncheckParcel(outer: Ctx, id: number): Promise<ReadRow> {
  await outer.tx(async (ctx) => {
    const one = await mustLock(ctx, id)
    const { state, prints } = one.parcel
    const next = afterUncheck({ state, prints, isWhollyChecked: isWhollyChecked(one) })
    if (next === null) throw refused(one, parcelDeedWords.uncheck)
    await clearChecked(ctx.db, id)
    await saveCheckState(ctx.db, { id, state: next }, null)
    await showOnOrders(ctx, [id])
    await tell(ctx, 'fulfilment.parcels-changed', { parcelIds: [id] })
  })
  return mustRead(outer, id)
}

async function mustLock(ctx: Ctx, id: number): Promise<Loaded> {
  const [one] = await loadParcels(ctx, [id])
  if (!one) throw new Failure('PARCEL_NOT_FOUND', { parcel: id })
  return one
}

const refused = ({ parcel }: Loaded, deed: string) =>
  new Failure('PARCEL_STATE_REFUSED', { parcel: parcel.parcelNo, state: parcelStateWords[parcel.state], deed })
