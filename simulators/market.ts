import { parseArgs } from 'node:util'
import { endsWith } from './aid/ending.ts'
import { type Asked, json, type Reply, serve } from './aid/http.ts'
import { openStreet, type Street, type StreetState } from './market/street.ts'

/**
 * Living buyers for simulated shops. They reach the shops through `/_sim/` alone and keep ordering, paying late, cancelling,
 * asking money back, moving house, leaving notes and confirming receipt. Runs alone as well:
 * `node simulators/market.ts --shop URL --shop URL --seed 7 --orders-per-minute 6 [--port N] [--attached]`.
 *
 * | Call on the control port | Body → answer                    |
 * |--------------------------|----------------------------------|
 * | GET  /_market/state      | → MarketState                    |
 * | POST /_market/speed      | { ordersPerMinute } → MarketState |
 * | POST /_market/pause      | → MarketState                    |
 * | POST /_market/resume     | → MarketState                    |
 */
export interface MarketOptions {
  readonly shops: readonly { readonly url: string }[]
  /** Same seed and same shops, same orders. */
  readonly seed?: number
  readonly ordersPerMinute?: number
  /** Of the control port; 0, the default, takes a free one. */
  readonly port?: number
}

export interface MarketState extends StreetState {
  readonly ordersPerMinute: number
  readonly isPaused: boolean
}

export interface Market {
  /** Base address of the control port. */
  readonly address: string
  readonly state: () => MarketState
  /** Throws RangeError unless above 0 and at most 60,000. */
  readonly speed: (ordersPerMinute: number) => void
  readonly pause: () => void
  readonly resume: () => void
  /** Resolves when the last call has come back. */
  readonly stop: () => Promise<void>
}

const fastest = 60_000
/** Longest wait a timer can be set to. */
const longestWaitMs = 0x7fff_ffff
/** After a longer hold-up the market goes on from there instead of catching up. */
const forgetsAfterMs = 1000

/** Opens the market; the first buyer comes after one interval. */
export async function startMarket(options: MarketOptions): Promise<Market> {
  const { shops, seed = 1, ordersPerMinute = 6, port = 0 } = options
  const street = openStreet(
    shops.map(({ url }) => url),
    seed,
  )
  const beat = startBeat(street, allowed(ordersPerMinute))
  const state = (): MarketState => ({ ...street.state(), ...beat.state() })
  const controls = { state, speed: beat.speed, pause: beat.pause, resume: beat.resume }
  const served = await serve(port, (asked) => answer(controls, asked))
  return {
    address: served.address,
    ...controls,
    stop: async () => {
      await Promise.all([beat.stop(), served.close()])
    },
  }
}

type Controls = Pick<Market, 'state' | 'speed' | 'pause' | 'resume'>

function answer({ state, speed, pause, resume }: Controls, asked: Asked): Reply {
  const call = `${asked.method} ${asked.path}`
  if (call === 'POST /_market/speed') {
    try {
      const wish = JSON.parse(asked.body.toString('utf8')) as { readonly ordersPerMinute?: unknown } | null
      speed(Number(wish?.ordersPerMinute))
    } catch (fault) {
      if (fault instanceof RangeError || fault instanceof SyntaxError) return json({ error: fault.message }, 400)
      throw fault
    }
    return json(state())
  }
  if (call === 'POST /_market/pause') pause()
  else if (call === 'POST /_market/resume') resume()
  else if (call !== 'GET /_market/state') return json({ error: `no such call: ${call}` }, 404)
  return json(state())
}

interface Beat {
  readonly state: () => { readonly ordersPerMinute: number; readonly isPaused: boolean }
  readonly speed: (ordersPerMinute: number) => void
  readonly pause: () => void
  readonly resume: () => void
  readonly stop: () => Promise<void>
}

/** Lets one buyer come after the other at the wished pace; a slow shop holds the next one up. */
function startBeat(street: Street, pace: number): Beat {
  let ordersPerMinute = pace
  let isPaused = false
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | null = null
  let lastAt = performance.now()
  const nextAt = () => lastAt + 60_000 / ordersPerMinute

  function plan(): void {
    clearTimeout(timer)
    if (isPaused || isStopped || running) return
    timer = setTimeout(go, Math.min(longestWaitMs, Math.max(0, nextAt() - performance.now())))
  }
  function go(): void {
    const now = performance.now()
    lastAt = now - nextAt() > forgetsAfterMs ? now : nextAt()
    running = street.step().finally(() => {
      running = null
      plan()
    })
  }

  plan()
  return {
    state: () => ({ ordersPerMinute, isPaused }),
    speed: (wish) => {
      ordersPerMinute = allowed(wish)
      plan()
    },
    pause: () => {
      isPaused = true
      plan()
    },
    resume: () => {
      isPaused = false
      lastAt = performance.now()
      plan()
    },
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}

function allowed(ordersPerMinute: number): number {
  if (ordersPerMinute > 0 && ordersPerMinute <= fastest) return ordersPerMinute
  throw new RangeError(`orders a minute go from above 0 to ${fastest}, not ${ordersPerMinute}`)
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      shop: { type: 'string', multiple: true, default: [] },
      seed: { type: 'string', default: '1' },
      'orders-per-minute': { type: 'string', default: '6' },
      port: { type: 'string', default: '0' },
      attached: { type: 'boolean', default: false },
    },
  })
  if (values.shop.length === 0) {
    console.error(
      'usage: node simulators/market.ts --shop URL [--shop URL] [--seed S] [--orders-per-minute N] [--port N] [--attached]',
    )
    process.exit(2)
  }
  const market = await startMarket({
    shops: values.shop.map((url) => ({ url })),
    seed: Number(values.seed),
    ordersPerMinute: Number(values['orders-per-minute']),
    port: Number(values.port),
  })
  console.log(JSON.stringify({ address: market.address, ...market.state() }))
  endsWith(market.stop, { isAttached: values.attached })
}
