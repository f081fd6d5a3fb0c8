import points from './points.json' with { type: 'json' }
import { cityNamed, provinceNamed } from './table.ts'

/** Where a region is, in degrees to two decimals (about a kilometre). */
export interface Point {
  readonly latitude: number
  readonly longitude: number
}

interface Place {
  readonly province: string
  readonly city: string
}

const earthRadiusKm = 6371
const kept = new Map<string, ReadonlyMap<string, Point>>()
const sources: Readonly<Record<string, string>> = points.provinces

/** The seat of a city; of a city without a known point, or an unknown one, that of the province's capital. Null for an unknown province. */
export function regionPoint(province: string, city: string): Point | null {
  const known = provinceNamed(province)
  if (known === null) return null
  const cities = pointsOf(known.name)
  const name = cityNamed(known, city)?.name ?? ''
  return cities.get(name) ?? capitalOf(cities)
}

/** Great-circle kilometres between two cities, 0 within one; Infinity where a province is unknown, so that it sorts last. */
export function placeDistanceKm(from: Place, to: Place): number {
  const start = regionPoint(from.province, from.city)
  const end = regionPoint(to.province, to.city)
  return start && end ? greatCircleKm(start, end) : Number.POSITIVE_INFINITY
}

/** Great-circle kilometres between the capitals of two provinces; Infinity where one is unknown. */
export function provinceDistanceKm(from: string, to: string): number {
  return placeDistanceKm({ province: from, city: '' }, { province: to, city: '' })
}

/** By the haversine formula on a sphere. */
function greatCircleKm(from: Point, to: Point): number {
  const half = (degrees: number) => Math.sin((degrees * Math.PI) / 360) ** 2
  const cosine = (degrees: number) => Math.cos((degrees * Math.PI) / 180)
  const chord =
    half(to.latitude - from.latitude) +
    cosine(from.latitude) * cosine(to.latitude) * half(to.longitude - from.longitude)
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(chord)))
}

function pointsOf(province: string): ReadonlyMap<string, Point> {
  let cities = kept.get(province)
  if (cities === undefined) {
    cities = new Map((sources[province] ?? '').split(';').map(readPoint))
    kept.set(province, cities)
  }
  return cities
}

/** '石家庄市 38.05 114.50' */
function readPoint(text: string): [string, Point] {
  const [name = '', latitude, longitude] = text.split(' ')
  return [name, { latitude: Number(latitude), longitude: Number(longitude) }]
}

/** The capital has the lowest number of GB/T 2260 and so comes first. */
function capitalOf(cities: ReadonlyMap<string, Point>): Point | null {
  return cities.values().next().value ?? null
}
