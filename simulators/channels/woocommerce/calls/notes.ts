import type { Note } from '../model.ts'
import { type Answer, missingParam, restFault } from '../rest.ts'
import { bothTimes } from '../text.ts'
import { type Call, orderOf } from './call.ts'

/** GET /orders/{id}/notes, the newest first. Source: own-site.md 2.3. */
export function listNotes(call: Call): Answer {
  const type = call.params.choice('type', ['any', 'customer', 'internal'])
  const notes = (call.shop.notes.get(orderOf(call).id) ?? []).filter(
    ({ isForCustomer }) => type === 'any' || isForCustomer === (type === 'customer'),
  )
  return { body: notes.toReversed().map(noteJson) }
}

/** POST /orders/{id}/notes `{ note, customer_note }`. A note does not count as a change of the order [assumed]. */
export function createNote(call: Call): Answer {
  const { shop, params } = call
  const { id: orderId } = orderOf(call)
  const text = params.text('note')
  if (text === '') throw missingParam('note')
  const isForCustomer = params.flag('customer_note', false)
  const note: Note = { id: shop.nextNumber('note'), at: shop.now(), text, isForCustomer, byApi: true }
  shop.notes.set(orderId, [...(shop.notes.get(orderId) ?? []), note])
  return { status: 201, body: noteJson(note) }
}

/** DELETE /orders/{id}/notes/{note}; notes know no trash, so it takes `force`. */
export function deleteNote(call: Call): Answer {
  const { shop, path, params } = call
  const { id: orderId } = orderOf(call)
  const notes = shop.notes.get(orderId) ?? []
  const note = notes.find(({ id }) => id === Number(path[1]))
  if (!note) throw restFault(404, 'woocommerce_rest_invalid_id', 'Invalid resource ID.')
  if (!params.flag('force', false)) {
    throw restFault(501, 'woocommerce_rest_trash_not_supported', 'Order notes do not support trashing.')
  }
  shop.notes.set(
    orderId,
    notes.filter((each) => each !== note),
  )
  return { body: noteJson(note) }
}

function noteJson({ id, at, text, isForCustomer }: Note): Readonly<Record<string, unknown>> {
  return { id, author: 'system', ...bothTimes('date_created', at), note: text, customer_note: isForCustomer }
}
