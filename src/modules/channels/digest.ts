import { createHash } from 'node:crypto'

/** Equal digests, equal lists: of numbers, whatever their order. */
export function digestOf(numbers: Iterable<string>): string {
  return createHash('sha256')
    .update([...numbers].sort().join('\n'))
    .digest('hex')
    .slice(0, 32)
}
