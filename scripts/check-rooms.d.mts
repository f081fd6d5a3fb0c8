/** One breach: which rule, by which file, against which. */
export interface Breach {
  readonly rule: { readonly name: string }
  readonly from: string
  readonly to: string
}

export function cruise(folder?: string): { violations: readonly Breach[]; files: number; unseen: readonly string[] }
