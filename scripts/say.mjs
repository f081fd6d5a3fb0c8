const startedAt = performance.now()

/** Seconds since the program began, as shown before each line. */
export const elapsed = () => `${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)}s`

/** Tells a person what happens now: Chinese first. Goes to standard error, so that what a command prints stays clean. */
export function say(zh, en) {
  process.stderr.write(`${elapsed()}  ${zh}${en ? `  ·  ${en}` : ''}\n`)
}

/** Says why it cannot go on, in one sentence, and ends. */
export function giveUp(zh, en) {
  say(`✗ ${zh}`, en)
  process.exit(1)
}
