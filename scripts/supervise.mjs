// Stays beside the product while it runs: passes signals on, starts it again when it was killed, leaves nothing behind.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './prepare.mjs'
import { say } from './say.mjs'

const tether = pathToFileURL(path.join(root, 'scripts', 'tether.mjs')).href
// A small young generation costs no speed here (npm run bench) and some 30 MB less memory.
const options = ['--max-semi-space-size=4', '--import', tether]
const patienceMs = 45_000
const longestPauseMs = 30_000
const steadyAfterMs = 60_000

/**
 * Runs `program` until it ends and gives its exit code. `restarts`: killed by a signal that we did not send, it is started again,
 * after a pause that grows from one second to thirty while it keeps dying.
 */
export async function supervise(node, program, { args = [], restarts = false } = {}) {
  const state = { child: null, stopping: false, wake: () => undefined }
  const forget = listen(state)
  try {
    for (let pauseMs = 1_000; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      const startedAt = performance.now()
      const { code, signal } = await runOnce(state, node, [program, ...args])
      if (signal === null) return code ?? 1
      if (!restarts || state.stopping) return 128 + (constants.signals[signal] ?? 0)

      if (performance.now() - startedAt > steadyAfterMs) pauseMs = 1_000
      say(`程序被 ${signal} 终止，${pauseMs / 1000} 秒后自动重启`, 'killed from outside; starting again')
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, pauseMs)
        state.wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      if (state.stopping) return 0
    }
  } finally {
    forget()
    if (restarts) stopForgottenDatabase(node)
  }
}

/** A session of its own keeps Ctrl-C at the terminal from reaching it twice, once from there and once from us. */
function runOnce(state, node, args) {
  return new Promise((resolve) => {
    const child = spawn(node, [...options, ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: process.platform !== 'win32',
    })
    state.child = child
    child.on('error', (error) => {
      say(`程序没能启动：${error.message}`, 'it did not start')
      resolve({ code: 1, signal: null })
    })
    child.on('exit', (code, signal) => {
      state.child = null
      resolve({ code, signal })
    })
  })
}

/** The first signal asks the product to end in good order; a second one, or too long a wait, ends it at once. */
function listen(state) {
  let firstAt = 0
  const onSignal = () => {
    const now = performance.now()
    if (!state.stopping) {
      state.stopping = true
      firstAt = now
      say('正在停止，请稍候', 'stopping')
      state.wake()
      state.child?.kill('SIGTERM')
      setTimeout(() => state.child?.kill('SIGKILL'), patienceMs).unref()
      return
    }
    // npm and the terminal both pass Ctrl-C on; what comes at once is the same key.
    if (now - firstAt > 1_000) state.child?.kill('SIGKILL')
  }
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const name of names) process.on(name, onSignal)
  return () => {
    for (const name of names) process.off(name, onSignal)
  }
}

/** When the product was killed, its database is still up; nobody needs it now. */
function stopForgottenDatabase(node) {
  if (process.env.DATABASE_URL) return
  const dataDir = path.resolve(root, process.env.DATA_DIR ?? 'data')
  if (!existsSync(path.join(dataDir, 'postgres', 'postmaster.pid'))) return
  spawnSync(node, [path.join(root, 'scripts', 'stop-database.ts'), dataDir], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
