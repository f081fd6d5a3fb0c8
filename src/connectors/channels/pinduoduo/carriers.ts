import { z } from 'zod'
import { call } from './call.ts'
import type { PinduoduoAccount } from './manifest.ts'
import { readAs, refused } from './nonsense.ts'
import { listIn } from './paging.ts'

/** Our code, the platform's id [assumed: from memory], and how its name begins. Source: pinduoduo.md 5. */
const usual: readonly (readonly [ours: string, id: string, stem: string, zh: string])[] = [
  ['sf', '44', '顺丰', '顺丰快递'],
  ['yto', '85', '圆通', '圆通快递'],
  ['zto', '115', '中通', '中通快递'],
  ['yunda', '121', '韵达', '韵达快递'],
  ['sto', '1', '申通', '申通快递'],
  ['jt', '384', '极兔', '极兔速递'],
]
/** The same company is written with several of these. */
const endings = ['快递', '速递', '速运', ''] as const

const nameById = new Map(usual.map(([, id, , zh]) => [id, zh]))
const idByName = new Map(usual.flatMap(([, id, stem]) => endings.map((ending) => [`${stem}${ending}`, id] as const)))

/** The name of an id of the platform; null where it is none of the usual ones. For showing only, since the ids are [assumed]. */
export function carrierNameOf(id: string): string | null {
  return nameById.get(id) ?? null
}

/** The platform's id of a name as its files write it; an unknown name stands for itself. */
export function carrierIdOf(name: string): string {
  return idByName.get(name.trim()) ?? name.trim()
}

/** The platform's name of a carrier of ours; `zh` where it is none of the usual ones [assumed]. */
export function platformCarrierName(ours: string, zh: string): string {
  return usual.find(([code]) => code === ours)?.[3] ?? zh
}

/** `available` is a number or a truth; only a clear no counts. Source: pinduoduo.md 5 [doc]. */
const Company = z.looseObject({
  id: z.union([z.string(), z.number()]),
  logistics_company: z.string(),
  available: z.union([z.string(), z.number(), z.boolean()]).nullish(),
})

/**
 * The platform's id of a carrier of ours, by name in the platform's own list, since a wrong id would be taken without a word. Asked for as
 * part of the write: whoever reports cannot tell which of the two calls was lost. Throws CHANNEL_REFUSED where the list lacks it.
 * Source: pinduoduo.md 5 [doc].
 */
export async function platformCarrierId(
  account: PinduoduoAccount,
  operation: string,
  { carrier, carrierName }: { readonly carrier: string; readonly carrierName: string },
): Promise<number> {
  const { response } = await call(account, { operation, method: 'pdd.logistics.companies.get', isWrite: true })
  const rows = listIn(response, 'logistics_companies').map((row) => readAs('carrier', () => Company.parse(row)))
  const open = rows.filter(({ available }) => !['0', 'false'].includes(String(available)))
  const stem = usual.find(([code]) => code === carrier)?.[2]
  const names = [carrierName.trim(), ...(stem === undefined ? [] : endings.map((ending) => `${stem}${ending}`))]
  const found = names.map((name) => open.find((row) => row.logistics_company === name)).find((row) => row !== undefined)
  if (found === undefined) throw refused(`拼多多没有快递公司“${carrierName || carrier}”`)
  return Number(found.id)
}
