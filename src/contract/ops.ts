import { z } from 'zod'
import { id, nothing, route } from './route.ts'

/** An instant in JSON: ISO 8601 in UTC. */
const at = z.iso.datetime()
const count = z.int().nonnegative()

/** Jobs of one name. `failed`: laid down for a person to look at, and not settled. */
const JobCount = z.strictObject({
  job: z.string(),
  waiting: count,
  running: count,
  failed: count,
  /** Since when the oldest that could have run has been waiting; null when none waits. */
  oldestWaitingSeconds: z.number().nonnegative().nullable(),
})

/** 系统: how the product does. Figures of memory and delay are of the process that answers. */
export const readSystem = route({
  method: 'GET',
  path: '/system',
  permission: 'system.read',
  zh: '系统状态',
  input: nothing,
  output: z.strictObject({
    version: z.string(),
    nodeVersion: z.string(),
    isSandbox: z.boolean(),
    startedAt: at,
    uptimeSeconds: count,
    memoryBytes: count,
    /** Of the last minute, 99 of 100 were shorter. */
    eventLoopDelayMs: z.number().nonnegative(),
    database: z.strictObject({
      version: z.string(),
      bytes: count,
      connections: count,
      migrations: count,
      lastMigration: z.string().nullable(),
    }),
    /** Where the data directory lies. */
    disk: z.strictObject({ freeBytes: count, totalBytes: count }),
    workers: count,
    jobs: z.array(JobCount),
    schedules: z.array(z.strictObject({ job: z.string(), everySeconds: z.number().positive(), nextAt: at.nullable() })),
    modules: z.array(z.string()),
  }),
})

/** A job laid down (失败任务). `because`: its failure said never, or the shop must be authorised first, or it gave up after many tries. */
export const FailedJob = z.strictObject({
  id: z.int(),
  job: z.string(),
  code: z.string(),
  zh: z.string(),
  en: z.string(),
  because: z.enum(['never', 'after-authorising', 'gave-up']),
  tried: count,
  /** Keys only; never personal data. */
  input: z.unknown(),
  laidDownAt: at,
  settledAt: at.nullable(),
  settledHow: z.enum(['retried', 'dismissed']).nullable(),
})
export type FailedJob = z.output<typeof FailedJob>

const ofWhichKind = { job: z.string().max(100).optional(), code: z.string().max(60).optional() }

/** Newest first. `groups` counts the open ones by job and code, whatever the filter. */
export const listFailedJobs = route({
  method: 'GET',
  path: '/system/failures',
  permission: 'system.read',
  zh: '失败任务',
  input: z.strictObject({
    state: z.enum(['open', 'settled']).default('open'),
    ...ofWhichKind,
    limit: z.coerce.number().int().min(1).max(200).default(50),
    /** From `next` of the page before. */
    after: id.optional(),
  }),
  output: z.strictObject({
    rows: z.array(FailedJob),
    next: z.int().nullable(),
    open: count,
    groups: z.array(z.strictObject({ job: z.string(), code: z.string(), count })),
  }),
})

/** Which ones: these, or (without `ids`) all open ones of the job and code. One that was settled meanwhile is left out. */
const whichFailedJobs = z.strictObject({ ids: z.array(id).min(1).max(1_000).optional(), ...ofWhichKind })

/** Put back among the waiting jobs as if never tried. Throws FAILED_JOB_NOT_FOUND when none of `ids` exists. */
export const retryFailedJobs = route({
  method: 'POST',
  path: '/system/failures/retry',
  permission: 'system.manage',
  zh: '重试失败任务',
  input: whichFailedJobs,
  output: z.strictObject({ settled: count }),
})

/** Never run again; the reason goes into the audit trail. Throws FAILED_JOB_NOT_FOUND when none of `ids` exists. */
export const dismissFailedJobs = route({
  method: 'POST',
  path: '/system/failures/dismiss',
  permission: 'system.manage',
  zh: '不再处理失败任务',
  input: whichFailedJobs.extend({ reason: z.string().trim().min(1).max(200).meta({ title: '原因' }) }),
  output: z.strictObject({ settled: count }),
})

/** 密钥轮换: how much of what is sealed is sealed by the newest key. Rotate with `tongdan keys rotate`. */
export const readKeys = route({
  method: 'GET',
  path: '/system/keys',
  permission: 'system.read',
  zh: '密钥轮换状态',
  input: nothing,
  output: z.strictObject({
    newestKey: z.int(),
    isDone: z.boolean(),
    columns: z.array(
      z.strictObject({
        /** `schema.table.column`. */
        column: z.string(),
        total: count,
        stale: count,
        keys: z.array(z.strictObject({ key: z.int(), rows: count })),
      }),
    ),
  }),
})

/** The demo beside this installation. `none`: here it cannot be opened. Its log-ins are known only while it is `ready`. */
export const SandboxState = z.strictObject({
  state: z.enum(['none', 'closed', 'starting', 'ready', 'failed']),
  url: z.string().nullable(),
  password: z.string().nullable(),
  people: z.array(z.strictObject({ loginName: z.string(), post: z.string() })),
  /** Why it did not open. */
  reason: z.string().nullable(),
})

export const readSandbox = route({
  method: 'GET',
  path: '/sandbox',
  permission: 'system.read',
  zh: '沙箱的状态',
  input: nothing,
  output: SandboxState,
})

/** Opens it as a program of its own; it takes some seconds until it is `ready`. Nothing of it meets real data. */
export const openSandbox = route({
  method: 'POST',
  path: '/sandbox',
  permission: 'system.manage',
  zh: '打开沙箱',
  input: nothing,
  output: SandboxState,
})
