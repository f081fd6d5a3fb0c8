import type { View } from '../graphql/answer.ts'
import { locations } from '../model.ts'
import { gid } from '../text.ts'

/** Null where the shop has no such location. */
export function locationView(wanted: number | null): View | null {
  const found = locations.find(({ no }) => no === wanted)
  if (found === undefined) return null
  const { no, name } = found
  return { __typename: 'Location', id: gid('Location', no), name, isActive: true, fulfillsOnlineOrders: true }
}
