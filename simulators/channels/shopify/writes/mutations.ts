import type { FieldInfo, Resolver, View } from '../graphql/answer.ts'
import { coded, graphFault } from '../graphql/errors.ts'
import type { Plain } from '../graphql/values.ts'
import { needScope } from '../views/scopes.ts'
import { updateOrder } from './orders.ts'
import { changeTracking, createFulfilment } from './parcels.ts'
import { createRefund } from './refunds.ts'
import { setQuantities } from './stock.ts'
import type { Writing } from './write.ts'

interface Mutation {
  readonly scope: string
  readonly run: (writing: Writing, args: Plain) => View
  /** From 2026-04 it must carry `@idempotent`. */
  readonly needsKey?: boolean
}

const mutations: Readonly<Record<string, Mutation>> = {
  fulfillmentCreate: { scope: 'write_merchant_managed_fulfillment_orders', run: createFulfilment },
  fulfillmentTrackingInfoUpdate: { scope: 'write_merchant_managed_fulfillment_orders', run: changeTracking },
  inventorySetQuantities: { scope: 'write_inventory', run: setQuantities, needsKey: true },
  refundCreate: { scope: 'write_orders', run: createRefund },
  orderUpdate: { scope: 'write_orders', run: updateOrder },
}

/** The fields of `Mutation`. */
export function mutationsOf(writing: Writing): View {
  return Object.fromEntries(
    Object.entries(mutations).map(([name, mutation]): [string, Resolver] => [
      name,
      (args, info) => {
        needScope(writing.world, mutation.scope, name)
        return once(writing, { name, mutation }, { args, info })
      },
    ]),
  )
}

interface Named {
  readonly name: string
  readonly mutation: Mutation
}
interface Call {
  readonly args: Plain
  readonly info: FieldInfo
}

/** The same key answers as it did the first time; for other arguments it is no good. Source: own-site.md 3; the errors are [assumed]. */
function once(writing: Writing, { name, mutation }: Named, { args, info }: Call): View {
  const { world, edition, isLie } = writing
  const key = info.directives.idempotent?.key
  if (typeof key !== 'string' || key === '') {
    if (edition.needsKeys && mutation.needsKey)
      throw graphFault(
        coded('BAD_REQUEST', 'The @idempotent directive is required for this mutation but was not provided.'),
      )
    return mutation.run(writing, args)
  }
  const text = JSON.stringify(args)
  const known = world.replies.get(`${name}/${key}`)
  if (known !== undefined) {
    if (known.args === text) return known.reply as View
    throw graphFault(coded('IDEMPOTENCY_KEY_PARAMETER_MISMATCH', 'The idempotency key was used with other arguments.'))
  }
  const reply = mutation.run(writing, args)
  if (!isLie) world.replies.set(`${name}/${key}`, { args: text, reply })
  return reply
}
