const startedAt = performance.now()

/** Seconds since the program began, as shown before each line. */
export const elapsed = () => `${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)}s`

/** Tells a person what happens now: Chinese first. Goes to standard error, so that what a command prints stays clean. */
export function say(zh, en) {
  process.stderr.write(`${elapsed()}  ${zh}${en ? `  ·  ${en}` : ''}\n`)
}

/** Older ones lack what these scripts use; said here, in the one file that all of them read first. */
if (Number(process.versions.node.split('.')[0]) < 20) {
  giveUp(`需要 Node 20 或更新版本，现在是 ${process.version}`, 'Node 20 or newer is needed')
}

/** Says why it cannot go on, in one sentence, and ends. */
export function giveUp(zh, en) {
  say(`✗ ${zh}`, en)
  process.exit(1)
}
