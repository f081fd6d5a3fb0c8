/** A carrier: our code, the platform's code, and the platform's name of it. */
export type CarrierRow = readonly [ours: string, code: string, zh: string]

/** How a platform calls the carriers that most shops use. What is not in the table answers null. */
export interface CarrierTable {
  /** The platform's code of a carrier of ours, by our code, else by its name. */
  readonly codeFor: (carrier: { readonly carrier: string; readonly carrierName: string }) => string | null
  /** The platform's name of a carrier of ours. */
  readonly nameFor: (ours: string) => string | null
  /** The platform's code of a name as its files write it. */
  readonly codeOf: (zh: string) => string | null
  /** The platform's name of its code. */
  readonly nameOf: (code: string) => string | null
}

/** Where several rows share a code of ours, a code or a name, the last counts. */
export function carrierTable(rows: readonly CarrierRow[]): CarrierTable {
  const byOurs = new Map(rows.map((row) => [row[0], row]))
  const byCode = new Map(rows.map((row) => [row[1], row]))
  const byName = new Map(rows.map((row) => [row[2], row]))
  const codeOf = (zh: string) => byName.get(zh.trim())?.[1] ?? null
  return {
    codeOf,
    codeFor: ({ carrier, carrierName }) => byOurs.get(carrier)?.[1] ?? codeOf(carrierName),
    nameFor: (ours) => byOurs.get(ours)?.[2] ?? null,
    nameOf: (code) => byCode.get(code)?.[2] ?? null,
  }
}
