import { buildSchema, GraphQLError, type GraphQLScalarType, type GraphQLSchema, Kind, type ValueNode } from 'graphql'
import { historyFields, locationFields, orderFields, productFields, variantFields } from './fields.ts'
import { listOptions } from './lists.ts'
import { orderTypes, rootTypes, shopTypes } from './schema-text.ts'

interface Scalar {
  readonly serialize: (value: unknown) => unknown
  readonly parse: (value: unknown) => unknown
}

const iso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?$/

/** Moments are texts outside and epoch ms inside; money is whole minor units. Source: own-site.md 4. */
const scalars: Readonly<Record<string, Scalar>> = {
  DateTime: {
    serialize: (value) => new Date(Number(value)).toISOString(),
    parse: (value) => {
      const at = typeof value === 'string' && iso.test(value) ? Date.parse(value) : Number.NaN
      if (Number.isNaN(at)) throw new GraphQLError(`Expected DateTime but found "${String(value)}"`)
      return at
    },
  },
  Money: {
    serialize: wholeAmount,
    parse: wholeAmount,
  },
}

function wholeAmount(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw new GraphQLError(`Money cannot represent non-integer value: ${String(value)}`)
}

function withScalars(built: GraphQLSchema): GraphQLSchema {
  for (const [name, { serialize, parse }] of Object.entries(scalars))
    Object.assign(built.getType(name) as GraphQLScalarType, {
      serialize,
      parseValue: parse,
      parseLiteral: (node: ValueNode) => parse(plainOf(node)),
    })
  return built
}

function plainOf(node: ValueNode): unknown {
  if (node.kind === Kind.INT) return Number(node.value)
  return node.kind === Kind.STRING ? node.value : undefined
}

/** The schema of the Admin API, as far as it is played. */
export const schema: GraphQLSchema = withScalars(
  buildSchema(
    [
      shopTypes,
      orderTypes,
      rootTypes,
      listOptions('Order', orderFields),
      listOptions('HistoryEntry', historyFields),
      listOptions('ProductVariant', variantFields),
      listOptions('Product', productFields),
      listOptions('StockLocation', locationFields),
    ].join('\n'),
  ),
)
