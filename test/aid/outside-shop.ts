import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Counts, Simulator, StartSimulator, Truth } from '../../simulators/simulator.ts'
import { channels } from '../../src/connectors/index.ts'
import { Failure } from '../../src/core/failures.ts'
import type { AnyChannel } from '../../src/kit/channel.ts'
import { receivePush } from '../../src/modules/channels/index.ts'
import { beginShop, createShop } from '../../src/modules/channels/manage-shops.ts'
import { pullHistory } from '../../src/modules/channels/pull-history.ts'
import { pullMessages } from '../../src/modules/channels/pull-messages.ts'
import * as shops from '../../src/modules/channels/store/shops.ts'
import { sweepCases } from '../../src/modules/channels/sweep-cases.ts'
import { sweepOrders } from '../../src/modules/channels/sweep-orders.ts'
import { workPushes } from '../../src/modules/channels/work-pushes.ts'
import { silentLog } from '../../src/platform/log.ts'
import { openSend } from '../../src/platform/send/open-send.ts'
import { connectShop } from './connect-shop.ts'
import { type TestBed, testBed } from './ctx.ts'

/** A real connector and its simulator with a shop between them; its jobs are done by hand, so that a test says what happens when. */
export interface OutsideShop {
  readonly bed: TestBed
  readonly shopId: number
  readonly control: <T>(where: string, body?: unknown) => Promise<T>
  readonly truths: () => Promise<Truth[]>
  readonly counts: () => Promise<Counts>
  /** One round of a shop's duties. What fails and may be tried again is left to the next round. */
  readonly round: () => Promise<void>
  /** Puts a working key set in the shop's place. */
  readonly authorise: () => Promise<void>
  readonly close: () => Promise<void>
}

export async function openOutsideShop(channel: string): Promise<OutsideShop> {
  const { start } = (await import(`../../simulators/channels/${channel}/index.ts`)) as { start: StartSimulator }
  const simulator = await start({ port: 0, seed: 11 })
  const closing: (() => Promise<void>)[] = []
  const bed = await testBed({
    channels: [at(channel, simulator)],
    now: 'real',
    send: ({ db }) => {
      const out = openSend({
        db,
        settings: { isSandbox: true },
        log: silentLog,
        now: () => Date.now(),
        timing: { totalMs: 2_000, listMs: 2_000 },
      })
      closing.push(out.close)
      return out.send
    },
  })
  const { ctx } = bed
  const control = controlOf(simulator)
  const { shopId } = await createShop(ctx, { channel, name: '一号店', mode: 'api' })
  const authorise = () => connectShop(ctx, shopId, simulator)
  await authorise()
  await beginShop(ctx, { shopId, historyDays: 1 })
  const shop = await shops.findShop(ctx.db, shopId)
  const hooks = await listen(bed, { channel, connection: shop?.connection ?? '' })
  if (channel === 'generic') await control('pushes', { url: hooks.url, scale: 0.001 })
  return {
    bed,
    shopId,
    control,
    truths: () => control('orders?since=0'),
    counts: () => control('counts'),
    round: () => round(bed, shopId),
    authorise,
    close: async () => {
      await hooks.close()
      for (const close of closing) await close()
      await simulator.close()
      await bed.close()
    },
  }
}

function at(channel: string, { about }: Simulator): AnyChannel {
  const plug = channels.find((one) => one.manifest.id === channel)
  if (plug === undefined) throw new Failure('CHANNEL_UNKNOWN', { channel })
  return {
    ...plug,
    manifest: { ...plug.manifest, address: plug.manifest.address === null ? null : about.address },
  } as AnyChannel
}

function controlOf({ about }: Simulator): OutsideShop['control'] {
  return async <T>(where: string, body?: unknown) => {
    const init =
      body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const response = await fetch(`${about.address}/_sim/${where}`, init)
    if (!response.ok) throw new Error(`/_sim/${where}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
}

async function round({ ctx }: TestBed, shopId: number): Promise<void> {
  for (const duty of [pullMessages, workPushes, sweepOrders, sweepCases, pullHistory]) {
    await duty(ctx, shopId).catch((error: unknown) => {
      if (!(error instanceof Failure) || error.retry === 'never') throw error
    })
  }
}

async function listen(
  { ctx }: TestBed,
  target: { readonly channel: string; readonly connection: string },
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    void answer(request).then(
      (status) => response.writeHead(status).end(),
      (error: unknown) => response.writeHead(error instanceof Failure ? 401 : 500).end(),
    )
  })
  const answer = async (request: IncomingMessage) => {
    const parts: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const push = { method: 'POST', path: request.url ?? '', query: '', headers, body: Buffer.concat(parts).toString() }
    return (await receivePush(ctx, target, push)).status
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/${target.channel}/${target.connection}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
