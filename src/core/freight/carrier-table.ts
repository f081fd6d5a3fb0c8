import { carriers } from '../logistics/carriers.ts'
import type { CarrierLine } from './choose-carrier.ts'

/** What a merchant set about a carrier (快递设置). */
export interface CarrierSetting {
  readonly code: string
  readonly isActive: boolean
  readonly priority: number
  readonly provinces: readonly string[]
}

/** Which carriers a new installation uses: two for the whole country, the dear one last. */
const atFirst: Readonly<Record<string, number>> = { zto: 10, yto: 20, sf: 90 }
const lastOfAll = 500

/** The table by which carriers are chosen: what the merchant set, else what holds at first; active ones first, in the order they are asked. */
export function carrierTable(settings: readonly CarrierSetting[]): CarrierLine[] {
  const set = new Map(settings.map((setting) => [setting.code, setting]))
  return carriers
    .map(({ code, name, status }) => {
      const { isActive, priority, provinces } = set.get(code) ?? {
        isActive: code in atFirst,
        priority: atFirst[code] ?? lastOfAll,
        provinces: [],
      }
      return { code, name, isActive: isActive && status !== 'closed', priority, provinces }
    })
    .sort((a, b) => Number(b.isActive) - Number(a.isActive) || a.priority - b.priority)
}
