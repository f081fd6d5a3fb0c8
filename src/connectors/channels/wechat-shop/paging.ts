import { z } from 'zod'
import type { Span } from '../../../kit/channel.ts'
import type { Fields } from '../../../kit/fields.ts'
import { readAs, strange } from './nonsense.ts'

const Ids = z.array(z.union([z.string().min(1), z.number()]).transform(String)).nullish()

/**
 * One page of a list of numbers. Throws CHANNEL_NONSENSE where more is promised without a key to it, which would read
 * the first page for ever. Source: wechat-shop.md 3, 10 [doc].
 */
export function idPage(root: Fields, name: string): { readonly ids: readonly string[]; readonly next: string | null } {
  if (root[name] === undefined && root.has_more === undefined) throw strange(`没有 ${name}`)
  const ids = readAs(name, () => Ids.parse(root[name])) ?? []
  if (root.has_more !== true) return { ids, next: null }
  if (typeof root.next_key !== 'string' || root.next_key === '') throw strange('没有 next_key')
  return { ids, next: root.next_key }
}

/**
 * First and last whole second of a span, null when no second lies in it. The platform is taken to count both ends as
 * inside [assumed]; were the end outside, the overlap of spans would bring the last second.
 */
export function secondsOf({ from, to }: Span): { readonly start: number; readonly end: number } | null {
  const start = Math.ceil(from / 1000)
  const end = Math.ceil(to / 1000) - 1
  return end < start ? null : { start, end }
}
