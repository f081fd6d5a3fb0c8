/** An entry of `errors` beside or instead of `data`. */
export interface GraphError {
  readonly message: string
  readonly locations?: readonly Place[]
  readonly path?: readonly (string | number)[]
  readonly extensions?: Readonly<Record<string, unknown>>
}
/** Where something stands in the text of a document, both counted from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** Errors that end the reading of a document, or the answer of one field. */
export interface GraphFault extends Error {
  readonly errors: readonly GraphError[]
}

/** Throw it: what is being read or answered ends with these errors. */
export function graphFault(...errors: readonly GraphError[]): GraphFault {
  return Object.assign(new Error(errors.map(({ message }) => message).join('; ')), { errors })
}

/** Tells an error of the caller from a mistake of the simulator. */
export function isGraphFault(fault: unknown): fault is GraphFault {
  return fault instanceof Error && 'errors' in fault && Array.isArray(fault.errors)
}

/** An error with a code, as Shopify names its kind. */
export function coded(code: string, message: string, more: Partial<GraphError> = {}): GraphError {
  return { message, ...more, extensions: { code, ...more.extensions } }
}
