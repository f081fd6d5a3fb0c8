import { placeDistanceKm } from '../address/distance.ts'

export interface Place {
  readonly id: number
  readonly province: string
  readonly city: string
}

/** Warehouses for a receiver, nearest first (分仓): by great-circle distance between cities; equal ones by key, so the choice is always the same. */
export function nearestFirst(
  places: readonly Place[],
  receiver: { readonly province: string; readonly city: string },
): number[] {
  return places
    .map((place) => ({ id: place.id, km: placeDistanceKm(place, receiver) }))
    .sort((a, b) => a.km - b.km || a.id - b.id)
    .map((place) => place.id)
}
