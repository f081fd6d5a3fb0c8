import { parseArgs } from 'node:util'
import { endsWith } from './aid/ending.ts'
import type { StartSimulator } from './simulator.ts'

/**
 * Starts one simulated channel as a program of its own:
 * `node simulators/run.ts <channel> [--port N] [--seed S] [--push-to URL] [--attached]`.
 * Prints its `about` as one line of JSON when it is ready; ends on SIGTERM or SIGINT, an attached one also with its standard input.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string' },
    seed: { type: 'string' },
    'push-to': { type: 'string' },
    attached: { type: 'boolean', default: false },
  },
})
const channel = positionals[0]
if (channel === undefined || !/^[a-z0-9-]+$/.test(channel)) {
  console.error('usage: node simulators/run.ts <channel> [--port N] [--seed S] [--push-to URL] [--attached]')
  process.exit(2)
}

const { start } = (await import(new URL(`./channels/${channel}/index.ts`, import.meta.url).href)) as {
  start: StartSimulator
}
const simulator = await start({
  ...(values.port === undefined ? {} : { port: wholeNumber('port', values.port) }),
  ...(values.seed === undefined ? {} : { seed: wholeNumber('seed', values.seed) }),
  ...(values['push-to'] === undefined ? {} : { pushTo: values['push-to'] }),
})
console.log(JSON.stringify(simulator.about))

endsWith(() => simulator.close(), { isAttached: values.attached })

function wholeNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new RangeError(`--${name} must be a whole number, not ${text}`)
  return Number(text)
}
