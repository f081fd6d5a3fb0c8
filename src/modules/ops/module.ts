import * as calls from '../../contract/ops.ts'
import { systemClock } from '../../platform/clock.ts'
import { dropOldAnswers } from '../../platform/http/kept-answers.ts'
import { serve } from '../../platform/http/serve.ts'
import { deleteSettled } from '../../platform/jobs/laid-down.ts'
import type { Ctx, Module } from '../../platform/module.ts'
import { dismissFailedJobs, listFailedJobs, retryFailedJobs } from './failed-jobs.ts'
import { watchProcess } from './process-watch.ts'
import { readKeys } from './read-keys.ts'
import { readSystem } from './read-system.ts'
import { noSandbox, type SandboxBeside } from './sandbox.ts'
import { type Switchboard, switchboardRoutes } from './switchboard.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const settledKeptMs = 90 * dayMs

/** What of the outside world may be played with: a demo to be opened beside an installation, and in the demo itself its switchboard. */
export interface Playground {
  readonly sandbox?: SandboxBeside | undefined
  readonly switchboard?: Switchboard | undefined
}

/** The system pages (系统状态、失败任务、密钥、沙箱) over these modules, which are all that are mounted but this one. */
export function opsOver(others: readonly Module[], { sandbox = noSandbox, switchboard }: Playground = {}): Module {
  const watch = watchProcess(systemClock())
  const ops: Module = {
    name: 'ops',
    routes: [
      serve(calls.readSystem, (ctx) => readSystem(ctx, [...others, ops], watch)),
      serve(calls.listFailedJobs, listFailedJobs),
      serve(calls.retryFailedJobs, retryFailedJobs),
      serve(calls.dismissFailedJobs, dismissFailedJobs),
      serve(calls.readKeys, readKeys),
      serve(calls.readSandbox, async () => sandbox.state()),
      serve(calls.openSandbox, async () => sandbox.open()),
      ...(switchboard === undefined ? [] : switchboardRoutes(switchboard)),
    ],
    jobs: [{ name: 'ops.tidy', run: tidy }],
    listeners: {},
    schedules: [{ job: 'ops.tidy', everyMs: hourMs }],
  }
  return ops
}

/** Forgets what has served its time: kept answers of a day ago and settled failures of three months ago. */
async function tidy(ctx: Ctx): Promise<void> {
  await dropOldAnswers(ctx)
  await deleteSettled(ctx.db, ctx.now() - settledKeptMs)
}
