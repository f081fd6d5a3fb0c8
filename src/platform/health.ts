import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { Failure } from '../core/failures.ts'
import type { Database } from './db/open.ts'
import { sql } from './db/sql.ts'

/** How the product does, for whoever watches it (健康检查). */
export interface Health {
  /** True once orders can be taken in: the database answers and has the form this program knows. */
  readonly isHealthy: boolean
  readonly database: 'up' | 'down'
  readonly isMigrated: boolean
  /** Worker processes alive. */
  readonly workers: number
  /** False from the moment the product is asked to stop. */
  readonly isOpen: boolean
}

export interface HealthWatch {
  readonly check: () => Promise<Health>
  /** Says that the product is stopping: it finishes what it has and wants no more. */
  readonly close: () => void
}

const migrationsFolder = path.join(import.meta.dirname, '../../db/migrations')

export function openHealth(database: Database, folder = migrationsFolder): HealthWatch {
  let isOpen = true
  const wanted = readdir(folder).then((names) => names.filter((name) => name.endsWith('.sql')))
  // Handled where it is awaited; a check that never comes must not end the process.
  wanted.catch(() => undefined)
  return {
    check: async () => {
      const state = await readState(database, await wanted)
      return { ...state, isHealthy: state.database === 'up' && state.isMigrated, isOpen }
    },
    close: () => {
      isOpen = false
    },
  }
}

const Layout = z.strictObject({ isLaidOut: z.boolean() })
const State = z.strictObject({ applied: z.int(), workers: z.int() })

async function readState(
  { db }: Database,
  wanted: readonly string[],
): Promise<Pick<Health, 'database' | 'isMigrated' | 'workers'>> {
  try {
    const { isLaidOut } = await db.one(
      Layout,
      sql`select to_regclass('platform.migration') is not null and to_regclass('platform.worker') is not null as is_laid_out`,
    )
    if (!isLaidOut) return { database: 'up', isMigrated: false, workers: 0 }
    const { applied, workers } = await db.one(
      State,
      sql`
      select (select count(*)::int from platform.migration where name = any(${wanted}::text[])) as applied,
             (select count(*)::int from platform.worker) as workers`,
    )
    return { database: 'up', isMigrated: applied === wanted.length, workers }
  } catch (error) {
    if (error instanceof Failure && error.code === 'DATABASE_UNREACHABLE')
      return { database: 'down', isMigrated: false, workers: 0 }
    throw error
  }
}
