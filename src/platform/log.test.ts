import { describe, expect, test } from 'vitest'
import { testBed } from '../../test/aid/ctx.ts'
import { Failure } from '../core/failures.ts'
import { sql } from './db/sql.ts'
import { openLog } from './log.ts'

/** What a log writes of one object. */
function written(object: object): Record<string, unknown> {
  const lines: string[] = []
  openLog({ destination: { write: (line: string) => void lines.push(line) } }).info(object, 'said')
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>
}

describe('the log', () => {
  test('hides what may be personal or secret, three levels deep', () => {
    const line = written({ phone: '13800000101', a: { token: 'td_secret', b: { address: '东湖路 8 号', orderId: 7 } } })
    expect(line).toMatchObject({ phone: '[hidden]', a: { token: '[hidden]', b: { address: '[hidden]', orderId: 7 } } })
  })

  test('tells of an error where it happened and why, without long numbers', () => {
    const cause = new Error('13800000101 is not known')
    const { err } = written({ err: new Failure('ORDER_NOT_FOUND', { orderNo: 'T1' }, cause) }) as {
      err: { type: string; stack: string[]; cause: { message: string } }
    }
    expect(err.type).toBe('Failure')
    expect(err.stack[0]).toContain('log.test.ts')
    expect(err.cause.message).toBe('[number] is not known')
    expect(written({ err: 'text' })).toMatchObject({ err: { type: 'string', message: 'not an error' } })
  })

  test('tells of the database’s refusals the code and the constraint, never the values', async () => {
    const bed = await testBed()
    const insert = sql`insert into platform.worker (worker_id, started_at) values ('林晓禾 13800000101', now())`
    await bed.database.db.run(insert)
    const error: unknown = await bed.database.db.run(insert).catch((refusal: unknown) => refusal)
    const line = written({ err: error })
    expect(line).toMatchObject({ err: { code: '23505', constraint: 'worker_pkey', message: 'the database refused' } })
    expect(JSON.stringify(line)).not.toMatch(/林晓禾|13800000101/)
    await bed.close()
  })
})
