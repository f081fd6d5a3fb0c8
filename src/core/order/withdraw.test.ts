import { expect, test } from 'vitest'
import type { OrderState } from './moves.ts'
import { type PastDeed, whyItStays } from './withdraw.ts'

const bySystem = (deed: string): PastDeed => ({ deed, actor: '系统', isByPerson: false, toldOfShipping: false })
const byLin = (deed: string): PastDeed => ({ deed, actor: '林店主', isByPerson: true, toldOfShipping: false })
const told = { ...bySystem('change'), toldOfShipping: true }

test.each<{ when: string; state: OrderState; past: PastDeed[]; stays: object | null }>([
  { when: 'it only came', state: 'to-review', past: [bySystem('take-in')], stays: null },
  {
    when: 'it passed review by itself',
    state: 'approved',
    past: [bySystem('take-in'), bySystem('approve')],
    stays: null,
  },
  { when: 'a rule stopped it', state: 'held', past: [bySystem('take-in'), bySystem('hold')], stays: null },
  { when: 'the channel changed it', state: 'approved', past: [bySystem('approve'), bySystem('change')], stays: null },
  { when: 'the channel closed it', state: 'closed', past: [bySystem('change'), bySystem('close')], stays: null },
  { when: 'it came as shipped', state: 'shipped', past: [bySystem('take-in')], stays: null },
  {
    when: 'a person approved it',
    state: 'approved',
    past: [bySystem('take-in'), byLin('approve')],
    stays: { kind: 'by-person', actor: '林店主', deed: 'approve' },
  },
  {
    when: 'a person held it and released it again',
    state: 'approved',
    past: [byLin('hold'), byLin('release'), bySystem('approve')],
    stays: { kind: 'by-person', actor: '林店主', deed: 'release' },
  },
  {
    when: 'a person changed the address',
    state: 'approved',
    past: [bySystem('approve'), byLin('change-address')],
    stays: { kind: 'by-person', actor: '林店主', deed: 'change-address' },
  },
  { when: 'it is in a parcel', state: 'allocated', past: [bySystem('allocate')], stays: { kind: 'packed' } },
  {
    when: 'it was in a parcel',
    state: 'approved',
    past: [byLin('allocate'), byLin('unallocate')],
    stays: { kind: 'packed' },
  },
  {
    when: 'it was shipped, and completed since',
    state: 'completed',
    past: [byLin('allocate'), byLin('ship'), bySystem('complete')],
    stays: { kind: 'shipped' },
  },
  {
    when: 'a part of it was shipped',
    state: 'approved',
    past: [byLin('allocate'), byLin('ship-part')],
    stays: { kind: 'shipped' },
  },
  {
    when: 'it left by the back office',
    state: 'shipped',
    past: [told, bySystem('ship-elsewhere')],
    stays: { kind: 'left-elsewhere' },
  },
  { when: 'a part of it left so', state: 'approved', past: [told], stays: { kind: 'left-elsewhere' } },
])('when $when', ({ state, past, stays }) => {
  expect(whyItStays(state, past)).toEqual(stays)
})
