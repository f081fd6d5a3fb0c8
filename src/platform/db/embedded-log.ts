import { copyFile, rename, stat, truncate } from 'node:fs/promises'

const largestBytes = 5_000_000
const oldOnesKept = 4
const everyMs = 3_600_000

/**
 * Keeps the server's log below 5 MB, with four old ones beside it (`postgres.log.1` is the newest). The server goes on writing to
 * the same file, which is copied and then cut to nothing; a line written between the two is lost. Gives a function that ends it.
 */
export function keepLogSmall(log: string): () => void {
  const timer = setInterval(() => void rotate(log).catch(() => undefined), everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** Puts a log that has grown too large aside. */
export async function rotate(log: string): Promise<void> {
  const size = (await stat(log).catch(() => null))?.size ?? 0
  if (size < largestBytes) return
  for (let n = oldOnesKept - 1; n > 0; n -= 1) await rename(`${log}.${n}`, `${log}.${n + 1}`).catch(() => undefined)
  await copyFile(log, `${log}.1`)
  await truncate(log)
}
