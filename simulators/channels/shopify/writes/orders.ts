import type { View } from '../graphql/answer.ts'
import type { Plain } from '../graphql/values.ts'
import type { Attribute, Metafield, Order } from '../model.ts'
import { numberOf } from '../text.ts'
import { orderView } from '../views/order.ts'
import { changedOrder } from '../world.ts'
import { refused, type Writing } from './write.ts'

/** Longest note, in characters [assumed]. */
const noteAtMost = 5000

/** `orderUpdate`: the note, which the buyer may have written first, attributes (replaced as a whole) and metafields (each by itself). */
export function updateOrder({ world, isLie }: Writing, { input }: Plain): View {
  const { id, note, customAttributes, metafields } = input as Plain
  const order = world.orders.get(numberOf('Order', id) ?? -1)
  if (order === undefined) return refused(['order'], { field: ['id'], message: 'Order does not exist' })
  if (typeof note === 'string' && [...note].length > noteAtMost)
    return refused(['order'], { field: ['note'], message: `Note is too long (maximum is ${noteAtMost} characters)` })
  const changed: Partial<Order> = {
    ...(note === undefined ? {} : { note: typeof note === 'string' ? note : '' }),
    ...(Array.isArray(customAttributes) ? { attributes: customAttributes as readonly Attribute[] } : {}),
    ...(Array.isArray(metafields) ? { metafields: merged(order.metafields, metafields as readonly Plain[]) } : {}),
  }
  if (isLie) return { order: orderView(world, { ...order, ...changed }), userErrors: [] }
  Object.assign(order, changed)
  changedOrder(world, order)
  return { order: orderView(world, order), userErrors: [] }
}

function merged(before: readonly Metafield[], given: readonly Plain[]): readonly Metafield[] {
  const fields = given.map(({ namespace = '', key = '', type = 'single_line_text_field', value = '' }) => ({
    namespace: String(namespace),
    key: String(key),
    type: String(type),
    value: String(value),
  }))
  const isKept = (old: Metafield) => !fields.some((each) => each.key === old.key && each.namespace === old.namespace)
  return [...before.filter(isKept), ...fields]
}
