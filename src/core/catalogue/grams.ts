/**
 * What a title is compared by: each pair of neighbouring characters, and each run of Latin letters and digits as a whole, so that 500ml
 * and 350ml share nothing. Case, width and punctuation count for nothing. Each gram once.
 */
export function gramsOf(text: string): ReadonlySet<string> {
  const grams = new Set<string>()
  for (const [run] of text
    .normalize('NFKC')
    .toLowerCase()
    .matchAll(/[a-z0-9.]+|[\p{L}\p{M}\p{N}]+?(?=[a-z0-9.]|[^\p{L}\p{M}\p{N}]|$)/gu)) {
    if (/^[a-z0-9.]/.test(run)) grams.add(run.replace(/^\.+|\.+$/g, ''))
    else addPairs(grams, Array.from(run))
  }
  grams.delete('')
  return grams
}

function addPairs(grams: Set<string>, signs: readonly string[]): void {
  if (signs.length === 1) grams.add(signs[0]!)
  for (let i = 1; i < signs.length; i += 1) grams.add(signs[i - 1]! + signs[i]!)
}

/** The values of a specification without their labels: '颜色分类:苔绿;尺寸:大' is '苔绿 大'. */
export function specificationValues(specification: string): string {
  return specification
    .normalize('NFKC')
    .split(/[;,/|\n]/)
    .map((part) => part.slice(part.lastIndexOf(':') + 1).trim())
    .join(' ')
}

/** A merchant code as people mean it: 'ＭＵＧ-01 ' and 'mug_01' are one. */
export function plainCode(code: string): string {
  return code
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}
