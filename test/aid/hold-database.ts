import { startEmbedded } from '../../src/platform/db/embedded.ts'

// A process of its own that holds a database open until it is killed: `node test/aid/hold-database.ts <data directory>`.
const server = await startEmbedded({ dataDir: process.argv[2] ?? '', durable: false })
process.stdout.write(`${server.pid}\n`)
setInterval(() => undefined, 60_000)
