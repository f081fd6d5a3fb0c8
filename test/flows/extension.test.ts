import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { channelsOf } from '../../src/apps/extensions.ts'
import { channels } from '../../src/connectors/index.ts'
import { testShop } from '../../src/modules/channels/authorise-shop.ts'
import { beginShop, createShop, saveCredentials } from '../../src/modules/channels/manage-shops.ts'
import { pullHistory } from '../../src/modules/channels/pull-history.ts'
import { reportShipments, sendReports } from '../../src/modules/channels/report-shipments.ts'
import { takeInOrders } from '../../src/modules/orders/index.ts'
import { silentLog } from '../../src/platform/log.ts'
import { openSend } from '../../src/platform/send/open-send.ts'
import { type TestBed, testBed } from '../aid/ctx.ts'

const root = path.join(import.meta.dirname, '../..')
const extensionsDir = path.join(root, 'extensions')
const secret = 'a-secret'
const shipped: unknown[] = []

/** 微集 as its platform would answer: 250 orders, 100 a page. */
const platform = createServer((request, response) => {
  const url = new URL(request.url ?? '', 'http://platform')
  const [m = '', t = '', a = ''] = ['m', 't', 'a'].map((name) => url.searchParams.get(name) ?? '')
  const mac = createHmac('sha1', secret).update(`${m}\n${t}\n${a}`).digest('hex')
  if (request.headers['mac'] !== mac) return void response.end('NO sign 签名不对')
  const given = JSON.parse(Buffer.from(a, 'base64url').toString()) as { token?: string | null; no?: string }
  if (m === 'shop.describe') return void response.end('OK\n{"shop":"木白微集店"}')
  if (m === 'shipments.report') return void response.end(shipped.push(given) > 0 ? 'OK' : '')
  if (m === 'orders.get') return void response.end(`OK\n${line(Number(given.no?.slice(1)))}`)
  const from = Number(given.token ?? 0)
  const lines = Array.from({ length: Math.min(100, 250 - from) }, (_, i) => line(from + i))
  response.end(['OK', ...lines, ...(from + 100 < 250 ? [`MORE ${from + 100}`] : [])].join('\n'))
})

const line = (n: number) =>
  JSON.stringify({
    no: `W${n}`,
    st: '待发',
    made: wall(-60),
    paid: wall(-50),
    touched: wall(-50),
    ship: '8000',
    who: { name: '林晓禾', tel: '13800000101', area: '福建省/漳州市/龙文区', street: '新浦路 8 号' },
    goods: [{ id: 'g1', code: 'MUG', name: '粗陶马克杯', n: 3, sum: '100000' }],
    parcels: [],
  })
const wall = (minutes: number) =>
  `${new Date(Date.now() + minutes * 60_000 + 8 * 3_600_000).toISOString().slice(0, 19).replace(/[-:]/g, '')}+0800`

let bed: TestBed
let address = ''
const closing: (() => Promise<void>)[] = []

beforeAll(async () => {
  await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(platform.address() as AddressInfo).port}`
  bed = await testBed({
    channels: await channelsOf({ extensionsDir }),
    now: 'real',
    send: ({ db }) => {
      const out = openSend({ db, settings: { isSandbox: true }, log: silentLog, now: () => Date.now() })
      closing.push(out.close)
      return out.send
    },
  })
})
afterAll(async () => {
  for (const close of closing) await close()
  await bed.close()
  platform.closeAllConnections()
  await new Promise((resolve) => platform.close(resolve))
})

test('a channel in a folder of the merchant’s own stands beside the others, and its orders come in to the fen', async () => {
  const { ctx } = bed
  const { shopId } = await createShop(ctx, { channel: 'weiji', name: '微集店', mode: 'api' })
  await saveCredentials(ctx, { shopId, fields: { address, key: 'shop-1', secret } })
  expect(await testShop(ctx, shopId)).toMatchObject({ ok: true, shopName: '木白微集店' })
  await beginShop(ctx, { shopId, historyDays: 1 })
  await pullHistory(ctx, shopId)
  while ((await takeInOrders(ctx)) > 0);
  const { rows } = await bed.database.pool.query(
    `select count(*)::int as orders, min(paid_fen)::int as paid, max(freight_fen)::int as freight from orders.sale where channel = 'weiji'`,
  )
  expect(rows).toEqual([{ orders: 250, paid: 10_800, freight: 800 }])

  await ctx.tx((inner) =>
    reportShipments(inner, [
      {
        shopId,
        orderId: 1,
        parcelId: 1,
        channelOrderNo: 'W7',
        carrier: 'zto',
        carrierName: '中通快递',
        waybillNo: '73120001',
        shippedAt: ctx.now(),
        isWholeOrder: true,
        lines: [{ channelLineNo: 'W7-1', channelSkuNo: 'g1', quantity: 3, isWholeLine: true }],
      },
    ]),
  )
  await sendReports(ctx, shopId)
  expect(shipped).toEqual([{ no: 'W7', carrierName: '中通快递', waybillNo: '73120001' }])
})

test('it takes under 150 lines of code, and no line elsewhere knows of it', () => {
  const source = readFileSync(path.join(extensionsDir, 'weiji/index.ts'), 'utf8')
  expect(source.split('\n').filter((row) => row.trim() !== '').length).toBeLessThan(150)
  const files = ['src', 'web/src', 'simulators'].flatMap((room) =>
    readdirSync(path.join(root, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /[.](ts|tsx|css|sql)$/.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name)),
  )
  expect(files.length).toBeGreaterThan(500)
  expect(files.filter((file) => /weiji|微集/i.test(readFileSync(file, 'utf8')))).toEqual([])
})

test.each([
  { what: 'exports no channel', code: 'export const nothing = 1', said: '没有导出 channel' },
  { what: 'cannot be loaded', code: 'throw new Error("broken")', said: '载入失败' },
  {
    what: 'takes the number of a channel there is',
    code: `export const channel = { manifest: { id: '${channels[0]!.manifest.id}' }, operations: {} }`,
    said: '已有编号',
  },
])('one that $what is refused by name', async ({ code, said }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tongdan-extension-'))
  const own = path.join(folder, 'mine')
  await mkdir(own)
  await writeFile(path.join(own, 'index.ts'), code)
  await expect(channelsOf({ extensionsDir: folder })).rejects.toMatchObject({
    code: 'SETTING_INVALID',
    details: { problems: expect.stringContaining(said) as string },
  })
})

test('a folder that is not there is named', async () => {
  await expect(channelsOf({ extensionsDir: '/nowhere/at/all' })).rejects.toMatchObject({ code: 'SETTING_INVALID' })
  expect(await channelsOf({ extensionsDir: null })).toBe(channels)
})
