import { type Document, type FieldNode, namedOf, type Operation, type Selection } from './document.ts'
import { isComposite, type ObjectDef, type Schema, typeOf } from './schema.ts'
import { argumentsOf, type Plain } from './values.ts'

/** Points of any mutation, whatever it answers. Source: own-site.md 3 [assumed]. */
export const mutationCost = 10

/**
 * What a connection weighs by its `first`. The sheet says only that its size counts; the power is [assumed] so that the sheet's own
 * order query weighs the 212 points of its sample (`samples/orders-query.json`).
 */
const weightOf = (size: number) => size ** 0.4065

/** Points of one object: scalars and connections are free, and so is a sum of money inside its set. Source: own-site.md 3 [doc]. */
export function objectCost(type: string): number {
  return type === 'MoneyV2' || type.endsWith('Connection') || type.endsWith('Edge') ? 0 : 1
}

/** What a price depends on. */
export interface Priced {
  readonly schema: Schema
  readonly document: Document
  readonly operation: Operation
  readonly variables: Plain
}

/** Points that an operation may cost at most, reckoned before it is answered. */
export function requestedCost(priced: Priced): number {
  if (priced.operation.kind === 'mutation') return mutationCost
  const root = typeOf(priced.schema, 'QueryRoot') as ObjectDef
  return Math.ceil(costOf(priced, { type: root, weight: 1 }, priced.operation.selections))
}

interface Seat {
  readonly type: ObjectDef
  /** How much rows of this connection weigh; 1 where it is none. */
  readonly weight: number
}

function costOf(priced: Priced, seat: Seat, selections: readonly Selection[]): number {
  let points = 0
  for (const selection of selections) {
    if (selection.kind === 'field') points += fieldCost(priced, seat, selection)
    else if (selection.kind === 'inline') points += costOf(priced, on(priced, seat, selection.on), selection.selections)
    else {
      const fragment = priced.document.fragments.get(selection.fragment)!
      points += costOf(priced, on(priced, seat, fragment.on), fragment.selections)
    }
  }
  return points
}

function on({ schema }: Priced, seat: Seat, name: string | null): Seat {
  return name === null ? seat : { ...seat, type: typeOf(schema, name) as ObjectDef }
}

function fieldCost(priced: Priced, { type, weight }: Seat, node: FieldNode): number {
  const defined = type.fields.get(node.name)
  if (defined === undefined) return 0
  const inner = typeOf(priced.schema, defined.type)
  if (!isComposite(inner)) return 0
  const { first, last, ids } = argumentsOf(defined.args, node.args, priced.variables)
  const isConnection = namedOf(defined.type).endsWith('Connection')
  const ownWeight = weightOf(Number(first ?? last ?? 1))
  const seat = { type: inner, weight: isConnection ? ownWeight : 1 }
  const points = objectCost(inner.name) + costOf(priced, seat, node.selections ?? [])
  if (isConnection) return points
  if (type.name.endsWith('Connection') && (node.name === 'nodes' || node.name === 'edges')) return weight * points
  return Array.isArray(ids) ? ids.length * points : ownWeight * points
}
