import { fault, notFound } from '../answers.ts'
import { type Body, listOf, objectOf, textOf, wholeOf } from '../body.ts'
import { project, type Row, readFields } from '../fields.ts'
import { dropLevel, levelOf, setLevel } from '../goods.ts'
import type { Good, Level } from '../model.ts'
import { cut, readQuery } from '../query.ts'
import { locations, ourLocationId, type Shop } from '../shop.ts'
import { inventoryRow, levelRow } from '../views/goods.ts'
import { type Call, pageAnswer } from './call.ts'

/** GET /admin/inventory-items, by `sku` and `location_levels[location_id]` among others. Source: own-site.md 5, Stock. */
export function listInventory({ shop, search }: Call): Row {
  const query = readQuery(search, ['id', 'sku', 'location_levels'])
  const wish = readFields(search.get('fields'), 'inventory')
  const paging = query.paging(50)
  const [ids, skus, places] = [query.list('id'), query.list('sku'), query.list('location_levels')]
  const found = [...shop.goods.values()].filter(
    ({ inventoryId, sku, levels }) =>
      (ids?.includes(inventoryId) ?? true) &&
      (skus?.includes(sku) ?? true) &&
      (places?.some((place) => levels.has(place)) ?? true),
  )
  const rows = cut(found, paging).map((good) => project('inventory', inventoryRow(shop, good), wish))
  return pageAnswer('inventory_items', rows, { count: found.length, paging })
}

/** GET /admin/inventory-items/{id}. */
export function getInventory(call: Call): Row {
  return inventoryAnswer(call, goodAt(call.shop, call.path[0]!))
}

function inventoryAnswer({ shop, search }: Call, { variantId }: Good): Row {
  const row = inventoryRow(shop, shop.goods.get(variantId)!)
  return {
    inventory_item: project('inventory', row, readFields(search.get('fields'), 'inventory', ['location_levels'])),
  }
}

/** GET /admin/inventory-items/{id}/location-levels. */
export function listLevels({ shop, path, search }: Call): Row {
  const query = readQuery(search, ['location_id'])
  const paging = query.paging(50)
  const good = goodAt(shop, path[0]!)
  const places = query.list('location_id')
  const found = [...good.levels.values()].filter(({ locationId }) => places?.includes(locationId) ?? true)
  const rows = cut(found, paging).map((level) => levelRow(shop, good, level))
  return pageAnswer('inventory_levels', project('level', rows, readFields(search.get('fields'), 'level')), {
    count: found.length,
    paging,
  })
}

interface LevelWish {
  readonly good: Good
  readonly locationId: string
  /** Null where a write does not speak of it. */
  readonly stocked: number | null
}

const levelFields = ['stocked_quantity', 'incoming_quantity']

/** POST /admin/inventory-items/{id}/location-levels: makes one. */
export function createLevel(call: Call): Row {
  const wish = { ...objectOf(call.body, ['location_id', ...levelFields]), inventory_item_id: call.path[0] }
  make(call.shop, newLevelOf(call.shop, wish))
  return inventoryAnswer(call, goodAt(call.shop, call.path[0]!))
}

/** POST /admin/inventory-items/{iid}/location-levels/{lid} `{ stocked_quantity }`. Source: own-site.md 5, Stock. */
export function updateLevel(call: Call): Row {
  const [inventory_item_id, location_id] = call.path
  make(call.shop, knownLevelOf(call.shop, { ...objectOf(call.body, levelFields), inventory_item_id, location_id }))
  return inventoryAnswer(call, goodAt(call.shop, inventory_item_id!))
}

/** POST /admin/inventory-items/location-levels/batch `{ create, update, delete }`: all of it or nothing [assumed]. Source: own-site.md 5, Stock. */
export function batchLevels({ shop, body: given }: Call): Row {
  const body = objectOf(given, ['create', 'update', 'delete', 'force'])
  const names = ['inventory_item_id', 'location_id', ...levelFields]
  const create = listOf(body, 'create').map((element) => newLevelOf(shop, objectOf(element, names)))
  const update = listOf(body, 'update').map((element) => knownLevelOf(shop, objectOf(element, ['id', ...names])))
  const drop = listOf(body, 'delete').map((id) => levelAt(shop, String(id), body['force'] === true))
  const created = create.map((wish) => make(shop, wish))
  const updated = update.map((wish) => make(shop, wish))
  for (const { good, level } of drop) dropLevel(shop, good.variantId, level.locationId)
  return { created, updated, deleted: drop.map(({ level }) => level.id) }
}

function newLevelOf(shop: Shop, body: Body): LevelWish {
  const wish = wishOf(shop, body)
  if (levelOf(wish.good, wish.locationId)) {
    throw fault(
      'duplicate_error',
      `Inventory level with item_id: ${wish.good.inventoryId}, location_id: ${wish.locationId}, already exists.`,
    )
  }
  return { ...wish, stocked: wish.stocked ?? 0 }
}

function knownLevelOf(shop: Shop, body: Body): LevelWish {
  const wish = wishOf(shop, body)
  if (!levelOf(wish.good, wish.locationId)) {
    throw fault('not_found', `Item ${wish.good.inventoryId} is not stocked at location ${wish.locationId}`)
  }
  return wish
}

function wishOf(shop: Shop, body: Body): LevelWish {
  const good = goodAt(shop, textOf(body, 'inventory_item_id'))
  const locationId = textOf(body, 'location_id')
  if (!locations.some(({ id }) => id === locationId)) throw notFound('StockLocation', locationId)
  const stocked = body['stocked_quantity'] === undefined ? null : wholeOf(body, 'stocked_quantity')
  if (stocked !== null && stocked < 0) {
    throw fault('invalid_data', `Invalid request: Value for field 'stocked_quantity' too small, got: ${stocked}`)
  }
  return { good, locationId, stocked }
}

/** Counts as set from outside at our location alone; whoever subscribed hears the SKU. */
function make(shop: Shop, { good, locationId, stocked }: LevelWish): Row {
  const level = setLevel(shop, good.variantId, { locationId, ...(stocked === null ? {} : { stocked }) })
  const after = shop.goods.get(good.variantId)!
  if (stocked !== null && locationId === ourLocationId) {
    shop.goods.set(good.variantId, { ...after, pushes: after.pushes + 1, pushedAt: shop.now() })
  }
  shop.tell({ type: 'inventory.updated', sku: good.sku })
  return project('level', levelRow(shop, after, level), readFields(null, 'level')) as Row
}

function goodAt(shop: Shop, inventoryId: string): Good {
  const good = shop.goods.get(shop.byInventory.get(inventoryId) ?? '')
  if (!good) throw notFound('InventoryItem', inventoryId)
  return good
}

/** One that still holds stock goes only by force [assumed]. */
function levelAt(shop: Shop, id: string, isForced: boolean): { readonly good: Good; readonly level: Level } {
  for (const good of shop.goods.values()) {
    const level = [...good.levels.values()].find((each) => each.id === id)
    if (level === undefined) continue
    if (!isForced && (level.stocked > 0 || level.reserved > 0)) {
      throw fault(
        'not_allowed',
        `Cannot remove Inventory Levels for ${good.inventoryId} because there are stocked or reserved items`,
      )
    }
    return { good, level }
  }
  throw notFound('InventoryLevel', id)
}
