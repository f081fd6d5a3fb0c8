// Stops the database of a data directory that nobody uses any more: `node scripts/stop-database.ts <data directory>`.
import { startEmbedded } from '../src/platform/db/embedded.ts'

const server = await startEmbedded({ dataDir: process.argv[2] ?? 'data' })
await server.stop()
