import type pg from 'pg'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { observeJobs } from './jobs/work.ts'

/** Figures for Prometheus (监控指标). Labels are names the program chose, never a person, order or shop by name. */
export interface Metrics {
  /** Where others may add figures of their own. */
  readonly registry: Registry
  readonly sawCall: (call: {
    readonly method: string
    readonly route: string
    readonly status: number
    readonly ms: number
  }) => void
  readonly text: () => Promise<string>
  readonly contentType: string
}

const callSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
const jobSeconds = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300]

/** Opens the figures of this process: the process itself, calls, jobs, and the pool of database connections. */
export function openMetrics(pool: pg.Pool): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]

  const calls = new Histogram({
    name: 'tongdan_http_request_seconds',
    help: 'Calls answered, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: callSeconds,
    registers,
  })
  const jobs = new Histogram({
    name: 'tongdan_job_seconds',
    help: 'Jobs run, by name and outcome',
    labelNames: ['job', 'outcome'],
    buckets: jobSeconds,
    registers,
  })
  const laidDown = new Counter({
    name: 'tongdan_job_failures_total',
    help: 'Runs of jobs that failed, by name',
    labelNames: ['job'],
    registers,
  })
  observeJobs((job, outcome, ms) => {
    jobs.observe({ job, outcome }, ms / 1_000)
    if (outcome === 'failed') laidDown.inc({ job })
  })
  watchPool(pool, registers)

  return {
    registry,
    sawCall: ({ method, route, status, ms }) => calls.observe({ method, route, status: String(status) }, ms / 1_000),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

function watchPool(pool: pg.Pool, registers: Registry[]): void {
  const counts = { total: () => pool.totalCount, idle: () => pool.idleCount, waiting: () => pool.waitingCount }
  new Gauge({
    name: 'tongdan_database_connections',
    help: 'Connections of the pool: all, idle, and callers that wait for one',
    labelNames: ['state'],
    registers,
    collect() {
      for (const [state, count] of Object.entries(counts)) this.set({ state }, count())
    },
  })
}
