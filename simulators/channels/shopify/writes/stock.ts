import type { View } from '../graphql/answer.ts'
import { coded, graphFault } from '../graphql/errors.ts'
import type { Plain } from '../graphql/values.ts'
import { type Good, locations, mainLocation } from '../model.ts'
import { gid, numberOf, utcTime } from '../text.ts'
import { itemView } from '../views/goods.ts'
import { locationView } from '../views/locations.ts'
import { secondNow, tellStock, type World } from '../world.ts'
import { refused, type UserError, type Writing } from './write.ts'

const quantitiesAtMost = 250
const quantityAtMost = 1_000_000_000

/** Why stock may change; of the platform's list those that an order system has use for [assumed]. */
const reasons: ReadonlySet<string> = new Set(['correction', 'cycle_count_available', 'received', 'restock', 'other'])

interface Setting {
  readonly good: Good
  readonly quantity: number
}

/**
 * `inventorySetQuantities`: all numbers are set, or none. Source: own-site.md 3; codes but for their meaning [assumed], as
 * `CHANGE_FROM_QUANTITY_STALE` in `samples/inventory-set.json`.
 */
export function setQuantities(writing: Writing, { input }: Plain): View {
  const { world, isLie } = writing
  const { reason, referenceDocumentUri: uri = null, quantities } = input as Plain
  const rows = quantities as readonly Plain[]
  const errors = [
    ...headErrors(input as Plain),
    ...rows.flatMap((row, place) => rowErrors(writing, input as Plain, { row, place })),
  ]
  if (errors.length > 0) return refused(['inventoryAdjustmentGroup'], ...errors)

  const settings = rows.map((row) => ({ good: goodOf(world, row)!, quantity: Number(row.quantity) }))
  const changes = settings.flatMap(({ good, quantity }) =>
    ['available', 'on_hand'].map((kind) => changeOf(world, good, { kind, delta: quantity - good.available })),
  )
  if (!isLie) for (const setting of settings) set(world, setting)
  return {
    inventoryAdjustmentGroup: {
      id: gid('InventoryItem', settings[0]!.good.itemNo).replace('InventoryItem', 'InventoryAdjustmentGroup'),
      createdAt: utcTime(world.clock.now()),
      reason,
      referenceDocumentUri: uri,
      changes: ({ quantityNames }: Plain) =>
        Array.isArray(quantityNames) ? changes.filter((change) => quantityNames.includes(change.name)) : changes,
    },
    userErrors: [],
  }
}

const goodOf = ({ goodsByItem }: World, { inventoryItemId }: Plain) =>
  goodsByItem.get(numberOf('InventoryItem', inventoryItemId) ?? -1)

function set(world: World, { good, quantity }: Setting): void {
  good.available = quantity
  good.updatedAt = secondNow(world)
  good.pushes += 1
  good.pushedAt = world.clock.now()
  tellStock(world, good)
}

function changeOf(world: World, good: Good, { kind, delta }: { readonly kind: string; readonly delta: number }) {
  const item = () => itemView(world, good)
  return {
    name: kind,
    delta,
    quantityAfterChange: good.available + delta,
    item,
    location: () => locationView(mainLocation),
  }
}

function headErrors({ name, reason, referenceDocumentUri: uri, quantities }: Plain): readonly UserError[] {
  const at = (field: string, code: string, message: string): UserError => ({ field: ['input', field], code, message })
  const rows = quantities as readonly Plain[]
  const errors: UserError[] = []
  if (name !== 'available') errors.push(at('name', 'INVALID_NAME', 'The quantity name must be available.'))
  if (typeof reason !== 'string' || !reasons.has(reason))
    errors.push(at('reason', 'INVALID_REASON', 'The specified reason is invalid.'))
  const isDocument =
    uri === undefined || uri === null || (typeof uri === 'string' && /^(?!gid:\/\/shopify\/)\w[\w+.-]*:\S+$/.test(uri))
  if (!isDocument)
    errors.push(
      at('referenceDocumentUri', 'INVALID_REFERENCE_DOCUMENT', 'The specified reference document is invalid.'),
    )
  if (rows.length < 1 || rows.length > quantitiesAtMost)
    errors.push(at('quantities', 'INVALID_QUANTITIES', `Between 1 and ${quantitiesAtMost} quantities can be set.`))
  const keys = rows.map(({ inventoryItemId, locationId }) => `${String(inventoryItemId)} ${String(locationId)}`)
  if (new Set(keys).size < keys.length)
    errors.push(
      at('quantities', 'NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR', 'An item and location must not come twice.'),
    )
  return errors
}

interface Row {
  readonly row: Plain
  readonly place: number
}

function rowErrors({ world, edition }: Writing, input: Plain, { row, place }: Row): readonly UserError[] {
  const at = (field: string, code: string, message: string): readonly UserError[] => [
    { field: ['input', 'quantities', String(place), field], code, message },
  ]
  const good = goodOf(world, row)
  const location = numberOf('Location', row.locationId)
  const quantity = Number(row.quantity)
  if (edition.needsKeys && !Object.hasOwn(row, 'changeFromQuantity'))
    throw graphFault(coded('BAD_REQUEST', `quantities.${place}.changeFromQuantity must be given; null overwrites`))
  if (good === undefined)
    return at('inventoryItemId', 'INVALID_INVENTORY_ITEM', 'The specified inventory item could not be found.')
  if (!locations.some(({ no }) => no === location))
    return at('locationId', 'INVALID_LOCATION', 'The specified location could not be found.')
  if (location !== mainLocation)
    return at(
      'locationId',
      'ITEM_NOT_STOCKED_AT_LOCATION',
      'The specified inventory item is not stocked at the location.',
    )
  if (quantity < 0) return at('quantity', 'INVALID_QUANTITY_NEGATIVE', "The quantity can't be negative.")
  if (quantity > quantityAtMost) return at('quantity', 'INVALID_QUANTITY_TOO_HIGH', 'The quantity is too high.')
  return staleness(good, input, { row, hasKeys: edition.hasKeys }).flatMap(([field, code, message]) =>
    at(field, code, message),
  )
}

type Complaint = readonly [field: string, code: string, message: string]

/** Compare and set: up to 2025-10 the comparison must be given or waived; since, null overwrites. */
function staleness(
  good: Good,
  input: Plain,
  { row, hasKeys }: { readonly row: Plain; readonly hasKeys: boolean },
): readonly Complaint[] {
  const [field, code] = hasKeys
    ? (['changeFromQuantity', 'CHANGE_FROM_QUANTITY_STALE'] as const)
    : (['compareQuantity', 'COMPARE_QUANTITY_STALE'] as const)
  if (!hasKeys && input.ignoreCompareQuantity === true) return []
  const before = row[field] ?? null
  if (before === null) return hasKeys ? [] : [[field, 'COMPARE_QUANTITY_REQUIRED', 'The compare quantity is required.']]
  return before === good.available ? [] : [[field, code, 'stale']]
}
