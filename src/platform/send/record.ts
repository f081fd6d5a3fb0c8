import type { Db } from '../db/open.ts'
import { rowsAs, sql } from '../db/sql.ts'
import type { Log } from '../log.ts'
import type { CallNote } from './send.ts'

/** A call as it is kept for 14 days (调用记录): no query, no headers, no bodies. */
export interface CallRecord extends CallNote {
  readonly shopId: number
  readonly channel: string
  readonly method: string
  /** Host and path. */
  readonly target: string
  readonly status: number | null
  readonly ms: number
  readonly waitedMs: number
  readonly at: number
}

/** Writes records behind the callers' backs, many at once, so that recording slows no call. */
export interface Recorder {
  readonly add: (record: CallRecord) => void
  readonly close: () => Promise<void>
}

const everyMs = 500
/** Whoever reads an answer says within this time what it meant. */
const settlesWithinMs = 250
const keptAtMost = 10_000

export function openRecorder({ db, log }: { readonly db: Db; readonly log: Log }): Recorder {
  const waiting: { readonly record: CallRecord; readonly since: number }[] = []
  let writing: Promise<void> = Promise.resolve()

  const write = async (isLast: boolean) => {
    const now = performance.now()
    const settled = isLast ? waiting.length : waiting.findIndex(({ since }) => now - since < settlesWithinMs)
    const ready = waiting.splice(0, settled === -1 ? waiting.length : settled)
    if (ready.length === 0) return
    await insertCalls(
      db,
      ready.map(({ record }) => record),
    ).catch((error: unknown) => {
      log.warn({ err: error, calls: ready.length }, 'calls could not be recorded yet')
      waiting.unshift(...ready)
      if (waiting.length > keptAtMost)
        log.warn({ lost: waiting.splice(0, waiting.length - keptAtMost).length }, 'records of calls were lost')
    })
  }
  const timer = setInterval(() => {
    writing = writing.then(() => write(false))
  }, everyMs)
  timer.unref()

  return {
    add: (record) => {
      waiting.push({ record, since: performance.now() })
    },
    close: async () => {
      clearInterval(timer)
      await writing
      await write(true)
    },
  }
}

const insertCalls = (db: Db, records: readonly CallRecord[]) =>
  db.run(sql`
  insert into platform.call (shop_id, channel, operation, method, target, status, ms, waited_ms, failure, at)
  select shop_id, channel, operation, method, target, status, ms, waited_ms, failure, at
    from ${rowsAs('t', records, {
      shopId: 'bigint',
      channel: 'text',
      operation: 'text',
      method: 'text',
      target: 'text',
      status: 'int',
      ms: 'int',
      waitedMs: 'int',
      failure: 'text',
      at: 'timestamptz',
    })}`)
