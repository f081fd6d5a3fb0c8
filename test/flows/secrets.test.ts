import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoCatalogue } from '../../simulators/demo-catalogue.ts'
import { demoBrand, demoPassword, demoPeople, foundCompany } from '../../src/apps/sandbox/demo-company.ts'
import { openFrontDoor } from '../../src/apps/sandbox/front-door.ts'
import { writeCsv } from '../../src/platform/sheets/index.ts'
import { twoChannels } from '../aid/house.ts'
import { openStorm, type Storm } from '../aid/storm.ts'

/** A planted person goes through the whole product; afterwards nothing of them is readable in the data directory, the log or the metrics. */
const planted = {
  phone: '13987654321',
  name: '欧阳探微',
  address: '寻踪路 7788 号秘园 9 幢',
  note: '门铃坏了请打 13987654321',
}
const secrets = [planted.phone, planted.name, '寻踪路', '秘园', '门铃坏了']

let storm: Storm
let metrics = ''

beforeAll(async () => {
  storm = await openStorm(twoChannels, 3, 'debug')
  const door = openFrontDoor(storm.address)
  const [owner] = demoPeople
  await door.call('POST', '/setup', {
    company: demoBrand,
    loginName: owner!.loginName,
    name: owner!.name,
    password: demoPassword,
    answers: { ordersPerDay: 'under-50', channels: [], people: '1' },
  })
  for (const shop of storm.shops)
    await shop.control(
      'listings',
      demoCatalogue.map(({ usualStock, ...good }) => ({ ...good, quantity: usualStock })),
    )
  await foundCompany(door, { goods: demoCatalogue, shops: storm.shops })
  const buyer = {
    name: planted.name,
    phone: planted.phone,
    province: '浙江省',
    city: '杭州市',
    district: '西湖区',
    address: planted.address,
  }
  for (const shop of storm.shops) await shop.control('buy', { count: 3, seed: 5, buyer, note: planted.note })
  await importOrders()
  await ordersCome(door, 7)

  await door.call('POST', '/orders/approve', { selection: { filter: { view: 'exceptions' } }, overrule: true })
  const { parcelIds } = await door.call<{ parcelIds: number[] }>('POST', '/parcels/allocate', {
    orderIds: 'all-approved',
  })
  await door.call('POST', '/parcels/ship', { parcelIds, unchecked: true })
  await door.call('GET', `/orders?search=${planted.phone}`)
  await pause(3_000)
  metrics = await (await fetch(`${storm.address}/metrics`)).text()
  const client = new pg.Client({ connectionString: storm.databaseUrl() })
  await client.connect()
  await client.query('checkpoint')
  await client.end()
}, 180_000)
afterAll(() => storm?.close(), 60_000)

interface Door {
  readonly call: <T>(method: 'GET', path: string) => Promise<T>
}

/** The same person in a dropped file, sent as the page sends it. */
async function importOrders(): Promise<void> {
  const session = await fetch(`${storm.address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ loginName: demoPeople[0]!.loginName, password: demoPassword }),
  })
  const { csrfToken } = (await session.json()) as { csrfToken: string }
  const headers = { cookie: session.headers.getSetCookie()[0]!.split(';')[0]!, 'x-csrf-token': csrfToken }
  const call = async <T>(method: string, where: string, body: string | Uint8Array<ArrayBuffer>, type: string) => {
    const response = await fetch(`${storm.address}/api/v1${where}`, {
      method,
      headers: { ...headers, 'content-type': type },
      body,
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${where}: ${text}`)
    return JSON.parse(text) as T
  }
  const { shopId } = await call<{ shopId: number }>(
    'POST',
    '/shops',
    JSON.stringify({ channel: 'generic', name: '文件小店', mode: 'file' }),
    'application/json',
  )
  const {
    import: { importId },
  } = await call<{ import: { importId: number } }>(
    'POST',
    `/imports?fileName=${encodeURIComponent('官网订单.csv')}`,
    plantedSheet(),
    'application/octet-stream',
  )
  await call(
    'POST',
    `/imports/${importId}/run`,
    JSON.stringify({ importId, shopId, onlyGoodRows: false }),
    'application/json',
  )
}

/** One order of the planted person, as a website's back office would export it. */
function plantedSheet(): Uint8Array<ArrayBuffer> {
  const row = {
    订单号: 'F-1',
    下单时间: '2026-11-20 10:00:00',
    付款时间: '2026-11-20 10:01:00',
    订单状态: '待发货',
    收件人: planted.name,
    手机: planted.phone,
    省: '浙江省',
    市: '杭州市',
    区: '西湖区',
    详细地址: planted.address,
    商品名称: '马克杯',
    规格: '米白',
    商家编码: 'MB-1001',
    数量: '1',
    实付: '49.00',
    运费: '0.00',
    买家留言: planted.note,
  }
  return new Uint8Array(
    writeCsv({ fileName: '官网订单.csv', encoding: 'utf-8', headers: Object.keys(row), rows: [Object.values(row)] }),
  )
}

async function ordersCome(door: Door, count: number): Promise<void> {
  for (let tried = 0; tried < 200; tried += 1) {
    const { views } = await door.call<{ views: { all: number } }>('GET', '/orders/counts')
    if (views.all >= count) return
    await pause(300)
  }
  throw new Error(`the planted orders did not come; the parts said:\n${storm.said().slice(-2_000)}`)
}

async function filesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  const found = await Promise.all(
    names.map(async (name) =>
      (await stat(path.join(folder, name)).catch(() => null))?.isFile() ? [path.join(folder, name)] : [],
    ),
  )
  return found.flat()
}

/** A text as bytes in the encodings it might lie in. */
const forms = (text: string) => [
  Buffer.from(text, 'utf8'),
  Buffer.from(text, 'utf16le'),
  Buffer.from(Buffer.from(text).toString('base64').replace(/=+$/, '').slice(0, -2)),
]

test('nothing of a planted person is readable in the data directory', async () => {
  const files = (await filesBelow(storm.dataDir)).filter((file) => !file.includes('postgres-runtime'))
  expect(files.length).toBeGreaterThan(500)
  const found: string[] = []
  for (const file of files) {
    const bytes = await readFile(file).catch(() => Buffer.alloc(0))
    for (const secret of secrets)
      if (forms(secret).some((form) => bytes.includes(form)))
        found.push(`${secret} in ${path.relative(storm.dataDir, file)}`)
  }
  expect(found).toEqual([])
}, 120_000)

test('nor in what the parts said, nor in the metrics', () => {
  expect(metrics).toContain('tongdan_')
  for (const secret of secrets) {
    expect(storm.said()).not.toContain(secret)
    expect(metrics).not.toContain(secret)
  }
})

test('yet the person is found by phone, by name and by the last four digits', async () => {
  const door = openFrontDoor(storm.address)
  await door.call('POST', '/session', { loginName: demoPeople[0]!.loginName, password: demoPassword })
  for (const search of [planted.phone, '欧阳', '4321']) {
    const { rows } = await door.call<{ rows: unknown[] }>('GET', `/orders?search=${encodeURIComponent(search)}`)
    expect(rows.length, search).toBeGreaterThanOrEqual(4)
  }
}, 30_000)
