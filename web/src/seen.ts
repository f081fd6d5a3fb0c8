import { keep, kept } from './keep.ts'

const place = 'tongdan.seen'
const atMost = 8

/** Orders opened lately on this device, newest first; numbers only. */
export function ordersSeen(): readonly string[] {
  const all = kept(place)
  return Array.isArray(all) ? all.filter((each): each is string => typeof each === 'string').slice(0, atMost) : []
}

export function noteSeen(orderNo: string): void {
  keep(place, [orderNo, ...ordersSeen().filter((each) => each !== orderNo)].slice(0, atMost))
}
