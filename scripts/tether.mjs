// Loaded before the product when it runs under `scripts/run.mjs`: should the runner die, the product is told to end as well, so
// that no process stays behind.
import { isMainThread } from 'node:worker_threads'

if (isMainThread && process.channel) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel.unref()
}
