import { fault } from './answers.ts'
import type { Pieces } from './model.ts'

/** The JSON body of a write. Fields the platform does not know are refused, as is one of the wrong kind: `invalid_data` [assumed]. */
export type Body = Readonly<Record<string, unknown>>

export function objectOf(given: unknown, known: readonly string[]): Body {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw wrong('an object', 'body', given)
  const strange = Object.keys(given).filter((name) => !known.includes(name))
  if (strange.length > 0) throw fault('invalid_data', `Invalid request: Unrecognized fields: '${strange.join(', ')}'`)
  return given as Body
}

export function textOf(body: Body, name: string): string {
  const value = body[name]
  if (typeof value !== 'string') throw wrong('string', name, value)
  return value
}

export function wholeOf(body: Body, name: string): number {
  const value = body[name]
  if (!Number.isSafeInteger(value)) throw wrong('number', name, value)
  return Number(value)
}

export function listOf(body: Body, name: string): readonly unknown[] {
  const value = body[name] ?? []
  if (!Array.isArray(value)) throw wrong('array', name, value)
  return value
}

/** `metadata`, which may be absent or null. */
export function metadataOf(body: Body): Body | null {
  const value = body['metadata'] ?? null
  if (value === null) return null
  if (typeof value !== 'object' || Array.isArray(value)) throw wrong('object', 'metadata', value)
  return value as Body
}

/** `items: [{ id, quantity }]`. Source: own-site.md 5, Ship. */
export function piecesOf(body: Body): readonly Pieces[] {
  const pieces = listOf(body, 'items').map((element) => {
    const item = objectOf(element, ['id', 'quantity'])
    return { lineId: textOf(item, 'id'), quantity: wholeOf(item, 'quantity') }
  })
  if (pieces.length === 0) throw wrong('array', 'items', body['items'])
  const bad = pieces.find(({ quantity }) => quantity < 1)
  if (bad)
    throw fault('invalid_data', `Invalid request: Value for field 'items, quantity' too small, got: ${bad.quantity}`)
  return pieces
}

function wrong(wanted: string, name: string, value: unknown) {
  const got = value === undefined ? 'undefined' : JSON.stringify(value)
  return fault('invalid_data', `Invalid request: Expected type: '${wanted}' for field '${name}', got: '${got}'`)
}
