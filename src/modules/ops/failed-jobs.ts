import type {
  dismissFailedJobs as dismissRoute,
  FailedJob,
  listFailedJobs as listRoute,
  retryFailedJobs as retryRoute,
} from '../../contract/ops.ts'
import type { InputOf, OutputOf } from '../../contract/route.ts'
import { Failure, type FailureCode, failures, failureWords } from '../../core/failures.ts'
import { isoText } from '../../core/time/instant.ts'
import {
  areKnown,
  dismissLaidDown,
  groupLaidDown,
  type LaidDownChoice,
  type LaidDownJob,
  listLaidDown,
  retryLaidDown,
} from '../../platform/jobs/laid-down.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from '../security/index.ts'

/** What failed for good, newest first (失败任务). */
export async function listFailedJobs(ctx: Ctx, input: InputOf<typeof listRoute>): Promise<OutputOf<typeof listRoute>> {
  const { limit, after, ...filter } = input
  const found = await listLaidDown(ctx.db, { ...filter, before: after }, limit + 1)
  const rows = found.slice(0, limit)
  const groups = await groupLaidDown(ctx.db)
  return {
    rows: rows.map(shown),
    next: found.length > limit ? (rows.at(-1)?.id ?? null) : null,
    open: groups.reduce((sum, group) => sum + group.count, 0),
    groups,
  }
}

/** Puts failed jobs back among the waiting ones, as if never tried. Throws FAILED_JOB_NOT_FOUND. */
export async function retryFailedJobs(outer: Ctx, choice: InputOf<typeof retryRoute>): Promise<{ settled: number }> {
  return outer.tx(async (ctx) => {
    await refuseUnknown(ctx, choice)
    const settled = await retryLaidDown(ctx.db, choice, ctx.now())
    await audit(ctx, {
      deed: 'ops.failures-retried',
      object: 'failed-job',
      objectId: null,
      details: { ...choice, settled },
    })
    return { settled }
  })
}

/** Leaves failed jobs be, for a reason. Throws FAILED_JOB_NOT_FOUND. */
export async function dismissFailedJobs(outer: Ctx, input: InputOf<typeof dismissRoute>): Promise<{ settled: number }> {
  const { reason, ...choice } = input
  return outer.tx(async (ctx) => {
    await refuseUnknown(ctx, choice)
    const settled = await dismissLaidDown(ctx.db, choice, ctx.now())
    await audit(ctx, {
      deed: 'ops.failures-dismissed',
      object: 'failed-job',
      objectId: null,
      details: { ...choice, reason, settled },
    })
    return { settled }
  })
}

async function refuseUnknown(ctx: Ctx, { ids }: LaidDownChoice): Promise<void> {
  if (ids && !(await areKnown(ctx.db, ids))) throw new Failure('FAILED_JOB_NOT_FOUND')
}

const shown = ({ details, ...job }: LaidDownJob): FailedJob => ({
  id: job.id,
  job: job.job,
  code: job.code,
  zh: wordsOf(job.code, details, 'zh'),
  en: wordsOf(job.code, details, 'en'),
  because: job.because,
  tried: job.tried,
  input: job.input,
  laidDownAt: isoText(job.laidDownAt),
  settledAt: job.settledAt === null ? null : isoText(job.settledAt),
  settledHow: job.settledHow,
})

/** A code that this version does not know stands for itself. */
function wordsOf(code: string, details: LaidDownJob['details'], language: 'zh' | 'en'): string {
  if (code === 'INTERNAL')
    return language === 'zh' ? '系统内部错误，详情见日志' : 'Something broke on our side; see the log.'
  return Object.hasOwn(failures, code) ? failureWords(code as FailureCode, details, language) : code
}
