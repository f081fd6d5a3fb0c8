import { z } from 'zod'
import type { FieldMark, Permission } from '../core/access/permissions.ts'

/**
 * One call of the HTTP API, described once: the server serves it, the page calls it with full types, `/api` documents it.
 * All paths lie under `/api/v1`. `input` is made of the path's `:names`, the query (GET) and the JSON body (else).
 */
export interface Route<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: `/${string}`
  /** The right it needs; `signed-in` for any person, `open` for none at all. */
  readonly permission: Permission | 'signed-in' | 'open'
  readonly zh: string
  readonly input: Input
  readonly output: Output
  /** `bytes`: the body is a file as it is; its name comes as `fileName` in the query. */
  readonly takes?: 'json' | 'bytes'
  /** `file`: answered with bytes to save; then `output` describes nothing that is sent as JSON. */
  readonly answers?: 'json' | 'file'
  /** A POST that changes nothing: it asks with more than fits into an address, and leaves no line in the audit trail. */
  readonly onlyAsks?: true
}

export type InputOf<R extends Route> = z.output<R['input']>
export type OutputOf<R extends Route> = z.output<R['output']>

export function route<const R extends Route>(described: R): R {
  return described
}

/** Marks a field of an output as personal: cut to null for whoever lacks the right. Give text already masked. */
export function personal<T extends z.ZodType>(field: T): z.ZodNullable<T> {
  return marked(field, 'personal')
}

/** Marks a field of an output as cost: absent, not null, for whoever lacks the right. */
export function cost<T extends z.ZodType>(field: T): z.ZodOptional<z.ZodNullable<T>> {
  return z.optional(marked(field, 'cost'))
}

function marked<T extends z.ZodType>(field: T, mark: FieldMark): z.ZodNullable<T> {
  return z.nullable(field).meta({ mark })
}

/** A key of ours, in a path or a body. */
export const id = z.coerce.number().int().positive()

/** Nothing to give, nothing to answer. */
export const nothing = z.strictObject({})

/** What became of a batch (批量结果): what was done, and what was left out with the reason and the next step in Chinese. */
export const BatchResult = z.strictObject({
  done: z.int().nonnegative(),
  doneIds: z.array(z.int()),
  leftOut: z.array(z.strictObject({ id: z.int(), label: z.string(), code: z.string(), zh: z.string() })),
})
export type BatchResult = z.infer<typeof BatchResult>

/** The body of every failed call. */
export const FailureBody = z.strictObject({
  code: z.string(),
  retry: z.enum(['never', 'later', 'after-authorising', 'after-checking']),
  zh: z.string(),
  en: z.string(),
  field: z.string().nullable(),
  requestId: z.string(),
})
export type FailureBody = z.infer<typeof FailureBody>
