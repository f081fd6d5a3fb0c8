/** A value of a call. A `bigint` is sent as a bare number of any length, an undefined field not at all. */
export type ParamValue =
  | string
  | number
  | boolean
  | bigint
  | readonly ParamValue[]
  | { readonly [name: string]: ParamValue | undefined }

/**
 * The one text of a call's parameters (param_json), which is signed and sent byte for byte: names sorted on every level, no spaces, nothing
 * escaped but what JSON must, whole numbers exact. Source: douyin.md 1 [doc].
 */
export function paramJson(value: ParamValue): string {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(paramJson).join(',')}]`
  const fields = Object.entries(value)
    .flatMap(([name, field]) => (field === undefined ? [] : [[name, field] as const]))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${paramJson(field)}`).join(',')}}`
}

/** `Array.isArray` alone does not see through `readonly`. */
function isList(value: object): value is readonly ParamValue[] {
  return Array.isArray(value)
}
