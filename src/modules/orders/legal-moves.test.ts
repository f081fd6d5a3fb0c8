import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import { moves, orderStates } from '../../core/order/moves.ts'
import { sql } from '../../platform/db/sql.ts'

let bed: TestBed
beforeAll(async () => {
  bed = await testBed()
})
afterAll(() => bed.close())

const Move = z.object({ fromState: z.string(), toState: z.string() })

test('the database knows every single move of the table', async () => {
  const rows = await bed.ctx.db.all(Move, sql`select from_state, to_state from orders.legal_move order by 1, 2`)
  const legal = new Set(rows.map((row) => `${row.fromState} ${row.toState}`))
  for (const from of orderStates)
    for (const to of Object.values(moves[from])) if (from !== to) expect(legal).toContain(`${from} ${to}`)
})
