export { changeHolds, type Held, type HoldChanges } from './hold-pieces.ts'
export { listHeld, listPlaces, lockShelves, type Place, readShelves, type ShelfRow } from './store-shelves.ts'
