import { refusal } from '../../aid/control.ts'

/** What a test may choose beyond the shared contract, by `POST /_sim/settings`; a reset brings these back. Shares go from 0 to 1. */
export interface Settings {
  /** Points a second and, twenty times that, at once: 100 Standard, 200 Advanced, 1000 Plus, 2000 Enterprise. Source: own-site.md 3. */
  readonly pointsPerSecond: number
  /** Share of orders of several kinds whose goods leave from two locations. */
  readonly splitShare: number
  /** Share of paid orders that the merchant holds back at once. */
  readonly holdShare: number
  /** Share of paid orders of which only a part has been paid. */
  readonly partPaidShare: number
  /** Share of purchases beside which the merchant places a test order, which is no order in truth. */
  readonly testShare: number
  /** 1: a province is told by its code, `CN-ZJ` [assumed], and not by its English name. */
  readonly provinceCodes: number
  /** 1: sales push `inventory_levels/update`, too, and not only stock that is set or put back. */
  readonly saleStockPushes: number
  /** Access scopes the app lacks; without `read_all_orders` it sees 60 days. `protected_customer_data` stands for that approval. */
  readonly withoutScopes: readonly string[]
}

/** What holds until a test wishes otherwise. */
export const usual: Settings = {
  pointsPerSecond: 100,
  splitShare: 0,
  holdShare: 0,
  partPaidShare: 0,
  testShare: 0,
  provinceCodes: 0,
  saleStockPushes: 0,
  withoutScopes: [],
}

/** Changes what is named and leaves the rest. Throws a refusal for a name or a value that is none. */
export function changed(settings: Settings, body: unknown): Settings {
  if (typeof body !== 'object' || body === null) throw refusal('settings must be an object')
  for (const [name, value] of Object.entries(body)) {
    if (!Object.hasOwn(usual, name)) throw refusal(`no such setting: ${name}`)
    const isFit = name === 'withoutScopes' ? Array.isArray(value) : typeof value === 'number' && value >= 0
    if (!isFit) throw refusal(`${name} does not take ${JSON.stringify(value)}`)
  }
  return { ...settings, ...body }
}
