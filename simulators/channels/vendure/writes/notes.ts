import { notFound, type View } from '../errors.ts'
import type { HistoryEntry, Order } from '../model.ts'
import { numberOf } from '../questions.ts'
import { entryView, orderView } from '../views/order.ts'
import { addHistory, type World } from '../world.ts'
import { orderBy, type Writing } from './writing.ts'

interface AddNote {
  readonly input: { readonly id: string; readonly note: string; readonly isPublic: boolean }
}

/** `addNoteToOrder`. A note is no change of the order itself [assumed]. */
export function addNote({ world, isLie }: Writing, { input: { id, note, isPublic } }: AddNote): View {
  const order = orderBy(world, id)
  if (!isLie) addHistory(world, order, { type: 'ORDER_NOTE', data: { note }, isPublic })
  return orderView(world, order)
}

interface UpdateNote {
  readonly input: { readonly noteId: string; readonly note?: string | null; readonly isPublic?: boolean | null }
}

/** `updateOrderNote`: what is not given stays. */
export function updateNote({ world, isLie }: Writing, { input }: UpdateNote): View {
  const { entry } = noteBy(world, input.noteId)
  const after: HistoryEntry = {
    ...entry,
    data: { note: input.note ?? entry.data.note },
    isPublic: input.isPublic ?? entry.isPublic,
    updatedAt: world.clock.now(),
  }
  if (!isLie) Object.assign(entry, after)
  return entryView(after)
}

/** `deleteOrderNote`. */
export function deleteNote({ world, isLie }: Writing, { id }: { readonly id: string }): View {
  const { order, entry } = noteBy(world, id)
  if (!isLie) {
    order.history.splice(order.history.indexOf(entry), 1)
    world.notes.delete(entry.no)
  }
  return { result: 'DELETED', message: null }
}

function noteBy({ notes }: World, id: string): { readonly order: Order; readonly entry: HistoryEntry } {
  const found = notes.get(numberOf(id))
  if (found === undefined) throw notFound('HistoryEntry', id)
  return found
}
