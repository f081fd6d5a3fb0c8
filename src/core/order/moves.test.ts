import { expect, test } from 'vitest'
import { channelStatuses } from '../channel/words.ts'
import { deedFor, firstState, move, moves, orderStates } from './moves.ts'

test('every move leads to a state that exists', () => {
  for (const from of orderStates) for (const to of Object.values(moves[from])) expect(orderStates).toContain(to)
})

test('a closed order moves no more, and what was shipped never goes back', () => {
  expect(moves.closed).toEqual({})
  expect(Object.values(moves.shipped).filter((to) => to !== 'completed' && to !== 'closed')).toEqual([])
})

test('every status a channel can tell has a first state and, for every state we may be in, a deed that exists or none', () => {
  for (const status of channelStatuses) {
    expect(orderStates).toContain(firstState(status))
    for (const state of orderStates) {
      const deed = deedFor(state, status)
      if (deed !== null) expect(move(state, deed), `${deed} from ${state}`).not.toBeNull()
    }
  }
})
