import type { Branch, Tree } from './text.ts'

/** How each field of a thing is written. A field that the thing does not have comes out as undefined. */
export type Fields<T> = Readonly<Record<string, (thing: T) => Tree>>

/** What a call asked for by `fields`. */
export interface Selection {
  readonly own: ReadonlySet<string>
  /** Children by name, with the fields asked of each; null is all of them. */
  readonly children: ReadonlyMap<string, ReadonlySet<string> | null>
}

const known = new Map<string, Selection>()
const knownLimit = 500

/**
 * Reads a comma list in which children may be dotted: `tid,orders.oid` or `orders.order.oid`; `orders` alone is all of them.
 * Source: taobao.md 6.1 [doc].
 */
export function selectionOf(fields: string): Selection {
  const before = known.get(fields)
  if (before !== undefined) return before
  const own = new Set<string>()
  const children = new Map<string, Set<string> | null>()
  for (const name of fields.split(',').map((part) => part.trim())) {
    const [first = '', ...rest] = name.split('.')
    const last = rest.at(-1)
    own.add(first)
    if (last === undefined) children.set(first, null)
    else if (children.get(first) !== null) children.set(first, (children.get(first) ?? new Set()).add(last))
  }
  const selection = { own, children }
  if (known.size < knownLimit) known.set(fields, selection)
  return selection
}

/** Only what was asked for and what this answer can hold. */
export function write<T>(fields: Fields<T>, wanted: ReadonlySet<string> | null, thing: T): Branch {
  const tree: Record<string, Tree> = {}
  for (const name in fields) if (wanted === null || wanted.has(name)) tree[name] = fields[name]!(thing)
  return tree
}
