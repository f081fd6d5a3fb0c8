import { Failure } from '../../core/failures.ts'
import { faultOfWaybill, plainWaybill } from '../../core/logistics/waybill.ts'
import type { Ctx } from '../../platform/module.ts'
import { mustBeCarrier } from './carriers.ts'
import { lockFree, saveTaken, takeTyped } from './store/waybills.ts'

/** Someone who wants a number: `holder` is a key of the caller's, such as a parcel's; this module does not know whose. */
export interface NumberWanted {
  readonly carrier: string
  readonly holder: number
}

/**
 * Draws numbers from the pools (取号), one for each holder as far as there are some, in the caller's transaction: what is rolled back was
 * never drawn. No number is ever given twice. Two statements whatever the number. Gives the number of each holder that got one.
 */
export async function drawNumbers(ctx: Ctx, wanted: readonly NumberWanted[]): Promise<ReadonlyMap<number, string>> {
  if (wanted.length === 0) return new Map()
  const byCarrier = Map.groupBy(wanted, (want) => want.carrier)
  const free = await lockFree(
    ctx.db,
    [...byCarrier].sort(([a], [b]) => (a < b ? -1 : 1)).map(([carrier, some]) => ({ carrier, count: some.length })),
  )
  if (free.length === 0) return new Map()

  const drawn = free.flatMap(({ id, carrier, waybillNo }) => {
    const want = byCarrier.get(carrier)?.shift()
    return want ? [{ id, holder: want.holder, waybillNo }] : []
  })
  await saveTaken(ctx.db, drawn, ctx.now())
  return new Map(drawn.map(({ holder, waybillNo }) => [holder, waybillNo]))
}

export interface TypedNumber {
  readonly carrier: string
  readonly waybillNo: string
  readonly holder: number
  /** True when a person insists on a number that does not look like the carrier's. */
  readonly force: boolean
}

export type Typed =
  | { readonly kind: 'taken'; readonly carrier: string; readonly waybillNo: string }
  /** Another holder has it. */
  | { readonly kind: 'used'; readonly by: number; readonly waybillNo: string }

/**
 * Takes a number that a person typed or scanned (填运单号). Typed again for the same holder it is the same. Throws CARRIER_NOT_FOUND, and
 * WAYBILL_REFUSED when it cannot be a number of this carrier.
 */
export async function takeNumber(ctx: Ctx, typed: TypedNumber): Promise<Typed> {
  const carrier = mustBeCarrier(typed.carrier)
  const waybillNo = plainWaybill(typed.waybillNo)
  const fault = faultOfWaybill(carrier, waybillNo)
  if (fault !== null && !(typed.force && fault.kind === 'pattern')) {
    throw new Failure('WAYBILL_REFUSED', { waybillNo, reason: fault.zh })
  }
  const owner = await takeTyped(
    ctx.db,
    { carrier: carrier.code, waybillNo, holder: typed.holder },
    { at: ctx.now(), actor: ctx.actor.name },
  )
  return owner === null || owner === typed.holder
    ? { kind: 'taken', carrier: carrier.code, waybillNo }
    : { kind: 'used', by: owner, waybillNo }
}
