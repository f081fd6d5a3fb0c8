import type { z } from 'zod'
import type { addNumbers, changeCarrier, listCarriers } from '../../contract/fulfilment.ts'
import { standardRegion } from '../../core/address/region.ts'
import { provinces } from '../../core/address/table.ts'
import { Failure } from '../../core/failures.ts'
import { carrierTable } from '../../core/freight/carrier-table.ts'
import type { CarrierLine } from '../../core/freight/choose-carrier.ts'
import { type Carrier, carrierNamed } from '../../core/logistics/carriers.ts'
import { faultOfWaybill, plainWaybill } from '../../core/logistics/waybill.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from '../security/index.ts'
import * as store from './store/carriers.ts'
import { countFree, insertFree } from './store/waybills.ts'

/** The table by which carriers are chosen now, all carriers in it. */
export async function readCarrierTable(ctx: Ctx): Promise<CarrierLine[]> {
  return carrierTable(await store.listSettings(ctx.db))
}

/** The carrier of this code or name. Throws CARRIER_NOT_FOUND, and INPUT_INVALID for one that closed. */
export function mustBeCarrier(text: string): Carrier {
  const carrier = carrierNamed(text)
  if (!carrier) throw new Failure('CARRIER_NOT_FOUND', { carrier: text })
  if (carrier.status === 'closed') {
    const problem = `${carrier.name}已停业，请换一家`
    throw new Failure('INPUT_INVALID', { path: 'carrier', field: '快递公司', problem, problemEn: 'has closed down' })
  }
  return carrier
}

/** All carriers with what is set and what is left of their numbers (快递公司). */
export async function findCarriers(ctx: Ctx): Promise<z.input<typeof listCarriers.output>> {
  const left = new Map((await countFree(ctx.db)).map((row) => [row.carrier, row.count]))
  return {
    rows: (await readCarrierTable(ctx)).map(({ code, name, isActive, priority, provinces: served }) => ({
      code,
      name,
      isActive,
      priority,
      provinces: [...served],
      numbersLeft: left.get(code) ?? 0,
      waybillPattern: carrierNamed(code)?.pattern?.source ?? null,
    })),
  }
}

/** Changes one line of the table. Throws CARRIER_NOT_FOUND, INPUT_INVALID for a province there is none or a carrier that closed. */
export async function setCarrier(outer: Ctx, asked: z.output<typeof changeCarrier.input>): Promise<void> {
  const carrier = mustBeCarrier(asked.code)
  await outer.tx(async (ctx) => {
    await store.holdTable(ctx.db)
    const before = (await readCarrierTable(ctx)).find((line) => line.code === carrier.code)!
    const after = {
      code: carrier.code,
      isActive: asked.isActive ?? before.isActive,
      priority: asked.priority ?? before.priority,
      provinces: asked.provinces ? standardProvinces(asked.provinces) : [...before.provinces],
    }
    await store.saveSetting(ctx.db, after)
    await audit(ctx, {
      deed: 'logistics.carrier-changed',
      object: 'carrier',
      objectId: carrier.code,
      details: { before, after },
    })
  })
}

/** 浙江 is 浙江省; each once, in the order of the country's table. */
function standardProvinces(given: readonly string[]): string[] {
  const names = provinces().map((province) => province.name)
  const standard = given.map((province) => {
    const name = standardRegion({ province, city: '', district: '', town: '' }).province
    if (names.includes(name)) return name
    const problem = `没有“${province}”这个省份`
    throw new Failure('INPUT_INVALID', { path: 'provinces', field: '省份', problem, problemEn: 'names no province' })
  })
  return names.filter((name) => standard.includes(name))
}

/**
 * Puts numbers into a carrier's pool (号池). Those known already, free or taken, are counted and left alone; those that cannot be its
 * numbers are named and left out.
 */
export async function addToPool(
  outer: Ctx,
  asked: z.output<typeof addNumbers.input>,
): Promise<z.input<typeof addNumbers.output>> {
  const carrier = mustBeCarrier(asked.code)
  const numbers = [...new Set(asked.numbers.map(plainWaybill))]
  const wrong = numbers.filter((number) => faultOfWaybill(carrier, number) !== null)
  const right = numbers.filter((number) => !wrong.includes(number))
  return outer.tx(async (ctx) => {
    const by = { at: ctx.now(), actor: ctx.actor.name }
    const added = right.length === 0 ? 0 : await insertFree(ctx.db, { carrier: carrier.code, waybillNos: right }, by)
    await audit(ctx, {
      deed: 'logistics.numbers-added',
      object: 'carrier',
      objectId: carrier.code,
      details: { added, known: right.length - added, wrong: wrong.length },
    })
    return { added, known: right.length - added, wrong }
  })
}
