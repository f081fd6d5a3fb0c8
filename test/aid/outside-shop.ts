import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Counts, Simulator, StartSimulator, Truth } from '../../simulators/simulator.ts'
import { channels } from '../../src/connectors/index.ts'
import { Failure } from '../../src/core/failures.ts'
import type { AnyChannel } from '../../src/kit/channel.ts'
import { receivePush } from '../../src/modules/channels/index.ts'
import { pullMessages } from '../../src/modules/channels/pull-messages.ts'
import { saveAuthorised } from '../../src/modules/channels/renew.ts'
import * as shops from '../../src/modules/channels/store/shops.ts'
import { sweepCases } from '../../src/modules/channels/sweep-cases.ts'
import { sweepOrders } from '../../src/modules/channels/sweep-orders.ts'
import { workPushes } from '../../src/modules/channels/work-pushes.ts'
import { silentLog } from '../../src/platform/log.ts'
import { openSend } from '../../src/platform/send/open-send.ts'
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
  const { id: shopId } = await shops.insertShop(ctx.db, {
    channel,
    name: '一号店',
    mode: 'api',
    connection: 'hook',
    now: ctx.now(),
  })
  const control = controlOf(simulator)
  const authorise = () => saveKeys(bed, shopId, control)
  await authorise()
  await shops.saveBegin(ctx.db, shopId, ctx.now())
  const hooks = await listen(bed, channel)
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

async function saveKeys({ ctx }: TestBed, shopId: number, control: OutsideShop['control']): Promise<void> {
  const { credentials } = await control<{ credentials: Record<string, string> }>('authorise', {})
  const shop = await shops.findShop(ctx.db, shopId)
  if (shop === null) throw new Failure('SHOP_NOT_FOUND', { shopId })
  const link = { shopId, shop, plug: ctx.plugs.channel(shop.channel), isHistory: false }
  const { accessToken, ...typed } = credentials
  const named =
    accessToken === undefined ? typed : { appKey: typed.appKey, appSecret: typed.appSecret, sessionKey: accessToken }
  await ctx.tx((inner) =>
    saveAuthorised(inner, link, {
      credentials: named,
      expiresAt: null,
      refreshableUntil: null,
      channelShopNo: '1',
      shopName: '一号店',
    }),
  )
}

async function round({ ctx }: TestBed, shopId: number): Promise<void> {
  for (const duty of [pullMessages, workPushes, sweepOrders, sweepCases]) {
    await duty(ctx, shopId).catch((error: unknown) => {
      if (!(error instanceof Failure) || error.retry === 'never') throw error
    })
  }
}

async function listen(
  { ctx }: TestBed,
  channel: string,
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
    return (await receivePush(ctx, { channel, connection: 'hook' }, push)).status
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/${channel}/hook`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
