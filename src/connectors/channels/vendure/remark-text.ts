import { asFields, textOf } from '../../../kit/fields.ts'
import type { EntryPayload } from './payload.ts'

/**
 * The newest note that only the shop sees, which is the seller's remark (商家备注). Source: own-site.md 4 [sdk V],
 * [rule].
 */
export function remarkNoteIn(history: readonly EntryPayload[]): { readonly id: string; readonly text: string } | null {
  const notes = history.filter(({ type, isPublic }) => type === 'ORDER_NOTE' && !isPublic)
  const [first, ...others] = notes
  if (first === undefined) return null
  const newest = others.reduce((best, note) => ((note.createdAt ?? 0) >= (best.createdAt ?? 0) ? note : best), first)
  return { id: newest.id, text: textOf(asFields(newest.data)?.note) }
}

export function remarkIn(history: readonly EntryPayload[]): string | null {
  return remarkNoteIn(history)?.text || null
}
