import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbedded } from '../../platform/db/embedded.ts'
import { measureBulkheads } from './bulkheads.ts'
import { measureImport } from './import.ts'
import { measureIntake } from './intake.ts'
import { measureQuota } from './quota.ts'
import { measureSize } from './size.ts'

/**
 * `npm run bench`: our pipeline beside the bare limit, interleaved in one run on embedded PostgreSQL with durable commits.
 * `-- --json` prints one JSON document; `-- --short` checks the figures' making in seconds; `-- --size` measures lists and searches at a
 * million orders (`--orders` for another number); `-- --bulkheads` breaks one simulated platform after the other and measures the
 * rest; `-- --quota` a burst of orders over six shops full of listings at ten calls a second; `-- --import` a file of 50,000 orders.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    size: { type: 'boolean', default: false },
    orders: { type: 'string' },
    bulkheads: { type: 'boolean', default: false },
    quota: { type: 'boolean', default: false },
    import: { type: 'boolean', default: false },
  },
})

/** Of the trial of limits: 50,000 listings and 20,000 orders. */
const listingsPerOrder = 2.5

const say = (text: string) => {
  if (!values.json) process.stdout.write(`${text}\n`)
}

if (values.bulkheads) {
  const result = await measureBulkheads({ roundMs: values.short ? 10_000 : 60_000, say })
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : '')
  process.exit(0)
}

if (values.quota) {
  const orders = Number(values.orders ?? (values.short ? 240 : 20_000))
  const result = await measureQuota({ listings: orders * listingsPerOrder, orders, say })
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : '')
  process.exit(0)
}

if (values.import) {
  const result = await measureImport({ rows: Number(values.orders ?? (values.short ? 6_000 : 50_000)), say })
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : '')
  process.exit(0)
}

const folder = await mkdtemp(path.join(tmpdir(), 'tongdan-bench-'))
const server = await startEmbedded({
  dataDir: path.join(folder, randomBytes(3).toString('hex')),
  sharedBuffersMb: values.size ? 512 : 256,
})
try {
  if (values.size) {
    const result = await measureSize(server.connection, {
      orders: Number(values.orders ?? (values.short ? 5_000 : 1_000_000)),
      say,
    })
    process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : '')
  } else {
    const result = await measureIntake(server.connection, {
      ordersARound: values.short ? 400 : 2_000,
      rounds: values.short ? 2 : 5,
      say,
    })
    process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : '')
    if (!result.isRight) process.exitCode = 1
  }
} finally {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
