/** What an answer is made of before it is text. A bigint is an integer of any length; undefined leaves no trace. */
export type Tree = string | number | bigint | boolean | null | undefined | readonly Tree[] | Branch
export interface Branch {
  readonly [name: string]: Tree
}

/** JSON as the platform writes it: ids of goods are bare integers above 2^53. */
export function toJson(tree: Tree): string {
  return written(tree, Object.keys)
}

/** JSON with its keys in order on every level, compact: the form that is signed. Source: douyin.md 1 [doc]. */
export function toSortedJson(tree: Tree): string {
  return written(tree, (branch) => Object.keys(branch).sort())
}

function written(tree: Tree, keysOf: (branch: Branch) => readonly string[]): string {
  if (typeof tree === 'bigint') return String(tree)
  if (typeof tree !== 'object' || tree === null) return tree === undefined ? 'null' : JSON.stringify(tree)
  if (isList(tree)) return `[${tree.map((one) => written(one, keysOf)).join(',')}]`
  const kept = keysOf(tree).filter((name) => tree[name] !== undefined)
  return `{${kept.map((name) => `${JSON.stringify(name)}:${written(tree[name], keysOf)}`).join(',')}}`
}

function isList(tree: readonly Tree[] | Branch): tree is readonly Tree[] {
  return Array.isArray(tree)
}

/** Reads JSON without loss: an integer above 2^53 is a bigint. Undefined: the text is no JSON. */
export function readJson(text: string): Tree {
  const exact = (_: string, value: Tree, context?: { readonly source?: string }): Tree => {
    const digits = context?.source ?? ''
    return typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(digits) ? BigInt(digits) : value
  }
  try {
    return JSON.parse(text, exact) as Tree
  } catch {
    return undefined // The caller says what it means to have got something else than JSON.
  }
}

export function isBranch(tree: Tree): tree is Branch {
  return typeof tree === 'object' && tree !== null && !isList(tree)
}
