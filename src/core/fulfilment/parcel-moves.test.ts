import { describe, expect, test } from 'vitest'
import {
  afterNumber,
  afterPrint,
  afterUncheck,
  isOpenParcel,
  moveParcel,
  type ParcelDeed,
  parcelDeedWords,
  parcelStates,
} from './parcel-moves.ts'

const deeds = Object.keys(parcelDeedWords) as ParcelDeed[]

describe('a parcel', () => {
  test('that was cancelled makes no move any more', () => {
    expect(deeds.filter((deed) => moveParcel('cancelled', deed) !== null)).toEqual([])
  })

  test('that was stopped can only be cancelled', () => {
    expect(deeds.filter((deed) => moveParcel('stopped', deed) !== null)).toEqual(['cancel'])
  })

  test('leaves from no other states than those before hand-over', () => {
    expect(parcelStates.filter((state) => moveParcel(state, 'ship') !== null)).toEqual([
      'to-print',
      'printed',
      'checked',
    ])
  })

  test('that left is never stopped, checked or cancelled', () => {
    expect(deeds.filter((deed) => moveParcel('shipped', deed) !== null)).toEqual(['print'])
    expect(parcelStates.filter(isOpenParcel)).toEqual(['to-print', 'printed', 'checked', 'stopped'])
  })

  test.each([
    { when: 'printed first', state: 'to-print', prints: 0, isWhollyChecked: false, next: 'printed' },
    { when: 'checked before it was printed', state: 'to-print', prints: 0, isWhollyChecked: true, next: 'checked' },
    { when: 'printed again after checking', state: 'checked', prints: 1, isWhollyChecked: true, next: 'checked' },
    { when: 'printed again after leaving', state: 'shipped', prints: 1, isWhollyChecked: true, next: 'shipped' },
    { when: 'stopped', state: 'stopped', prints: 1, isWhollyChecked: false, next: null },
  ] as const)('when $when is then $next', ({ next, ...parcel }) => {
    expect(afterPrint(parcel)).toBe(next)
  })

  test.each([
    { state: 'checked', prints: 1, next: 'printed' },
    { state: 'checked', prints: 0, next: 'to-print' },
    { state: 'printed', prints: 1, next: 'printed' },
    { state: 'shipped', prints: 1, next: null },
  ] as const)('$state with $prints prints, checked anew, is then $next', ({ next, ...parcel }) => {
    expect(afterUncheck({ ...parcel, isWhollyChecked: false })).toBe(next)
  })

  test.each([
    { when: 'its first number', state: 'to-print', prints: 0, hadNumber: false, next: 'to-print' },
    { when: 'another number before printing', state: 'to-print', prints: 0, hadNumber: true, next: 'to-print' },
    { when: 'another number after printing', state: 'checked', prints: 1, hadNumber: true, next: 'to-print' },
    { when: 'its first number after checking', state: 'checked', prints: 0, hadNumber: false, next: 'checked' },
    { when: 'a number after leaving', state: 'shipped', prints: 1, hadNumber: true, next: null },
  ] as const)('given $when is then $next', ({ next, ...parcel }) => {
    expect(afterNumber({ ...parcel, isWhollyChecked: false })).toBe(next)
  })
})
