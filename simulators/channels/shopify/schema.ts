import { readSchema, type Schema } from './graphql/schema.ts'
import { cataloguePart, ordersPart, rootPart, writesPart } from './schema-text.ts'

/** What differs between the quarterly versions. Source: own-site.md 3. */
export interface Edition {
  /** `@idempotent` and `changeFromQuantity` exist; before, `compareQuantity` and `ignoreCompareQuantity` did. */
  readonly hasKeys: boolean
  /** Both must be given. */
  readonly needsKeys: boolean
}

/** '2026-07' as it is answered: texts of this form are in the order of time. */
export function editionOf(version: string): Edition {
  return { hasKeys: version >= '2026-01', needsKeys: version >= '2026-04' }
}

const versionsAlive = 4

/** The version that answers: an expired one silently falls forward to the oldest that is supported at `now` [four of them: assumed]. */
export function answeringVersion(asked: string, now: number): string {
  const date = new Date(now)
  const quarters = date.getUTCFullYear() * 4 + Math.floor(date.getUTCMonth() / 3) - (versionsAlive - 1)
  const oldest = `${Math.floor(quarters / 4)}-${String((quarters % 4) * 3 + 1).padStart(2, '0')}`
  return asked < oldest ? oldest : asked
}

const kept = new Map<boolean, Schema>()

/** What may be asked in an edition; read once. */
export function schemaOf({ hasKeys }: Edition): Schema {
  const known = kept.get(hasKeys)
  if (known !== undefined) return known
  const schema = readSchema([rootPart, ordersPart, cataloguePart, writesPart(hasKeys), connections()].join('\n'))
  kept.set(hasKeys, schema)
  return schema
}

const connected = [
  'Order',
  'LineItem',
  'ShippingLine',
  'FulfillmentOrder',
  'FulfillmentOrderLineItem',
  'FulfillmentLineItem',
  'RefundLineItem',
  'OrderAdjustment',
  'OrderTransaction',
  'Product',
  'ProductVariant',
  'InventoryLevel',
  'Location',
]

function connections(): string {
  return connected
    .map(
      (name) => `
        type ${name}Connection { edges: [${name}Edge!]! nodes: [${name}!]! pageInfo: PageInfo! }
        type ${name}Edge { cursor: String! node: ${name}! }`,
    )
    .join('')
}
