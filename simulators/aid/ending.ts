/**
 * Closes the program on SIGTERM or SIGINT. An attached one closes as well when its standard input ends: whoever started it is gone,
 * though nothing could say so any more.
 */
export function endsWith(close: () => Promise<void>, { isAttached }: { readonly isAttached: boolean }): void {
  let isClosing = false
  const end = () => {
    if (isClosing) return
    isClosing = true
    void close().then(() => process.exit(0))
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, end)
  if (isAttached) process.stdin.once('close', end).resume()
}
