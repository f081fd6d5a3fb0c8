import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Page } from '@playwright/test'
import bwip from 'bwip-js'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { browserPath, cutTexts, findingsOf, openBrowser } from './aid/browser.ts'
import { type Sandbox, startSandbox } from './aid/product.ts'
import { callAs, type ParcelFacts, parcel, parcelsOf, scan } from './aid/scan.ts'

let sandbox: Sandbox
let browser: Browser
let page: Page

const link = () => page.locator('.phone-head .tag')
const band = () => page.locator('.bench-band')
const many = 50
const demoPassword = 'mubai-2026-demo'

interface Visit {
  readonly login?: string
  readonly serviceWorkers?: 'allow' | 'block'
}

async function visitPhone(theme: 'light' | 'dark', { login = 'wang', ...options }: Visit = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: theme,
    reducedMotion: 'reduce',
    baseURL: sandbox.url,
    ...options,
  })
  const next = await context.newPage()
  next.setDefaultTimeout(15_000)
  next.on('pageerror', (error) => {
    throw error
  })
  await next.goto('/m')
  await next.getByLabel('登录名').fill(login)
  await next.getByLabel('密码', { exact: true }).fill(demoPassword)
  await next.getByRole('button', { name: '登录' }).click()
  await next.getByRole('navigation').waitFor()
  return next
}

/** The printed parcel of an order, bought now, for so many of one kind. */
async function parcelOf(merchantCode: string, quantity: number): Promise<ParcelFacts> {
  const [shop] = sandbox.shops
  const [bought] = (await shop?.buy({ count: 1, seed: quantity, lines: [{ merchantCode, quantity }] })) ?? []
  return vi.waitFor(
    async () => {
      await callAs(page, 'POST', '/parcels/allocate', { orderIds: 'all-approved' })
      const found = (await parcelsOf(page, 'open')).find(({ orders }) =>
        orders.some(({ channelOrderNo }) => channelOrderNo === bought?.orderNo),
      )
      if (found === undefined) throw new Error('the parcel is not made yet')
      const parcelIds = [found.id]
      await callAs(page, 'POST', '/parcels/print', { parcelIds, document: 'label-76x130' })
      return found
    },
    { timeout: 60_000, interval: 1_000 },
  )
}

/** Runs in the page: whoever asks for the camera sees this picture. */
const holdBeforeCamera = `(picture) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 })
  const image = Object.assign(new Image(), { src: picture })
  const draw = () => {
    const pen = canvas.getContext('2d')
    pen.fillStyle = '#fff'
    pen.fillRect(0, 0, 1280, 720)
    pen.drawImage(image, 200, 200)
    requestAnimationFrame(draw)
  }
  draw()
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(15)
}`

const checkedOf = async ({ id }: ParcelFacts): Promise<number> =>
  (await parcel(page, id)).lines.reduce((sum, { checked }) => sum + checked, 0)

describe.skipIf(browserPath === null)('the phone', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    sandbox = await startSandbox(8)
    page = await visitPhone('light')
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
  })

  test('fifty scans without network wait on the phone, survive a reload, and count once each when it is back', async () => {
    const big = await parcelOf('MB-2001', many)
    await page.goto('/m/check')
    await page.getByText(/本机有 [1-9]\d* 个待验包裹/).waitFor()
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
    await page.reload()
    await page.getByText(/本机有 [1-9]\d* 个待验包裹/).waitFor()

    await page.context().setOffline(true)
    await scan(page, big.waybillNo)
    await band().getByText(`共 ${many} 件`).waitFor()
    for (let at = 1; at < many; at++) await scan(page, 'MB-2001')
    await expect.poll(() => page.locator('.bench-count').innerText()).toBe(`${many - 1}/${many}`)
    expect(await link().innerText()).toBe(`离线 · 待上传 ${many - 1}`)
    expect(await findingsOf(page)).toEqual([])

    await page.reload()
    await expect.poll(() => link().innerText()).toBe(`离线 · 待上传 ${many - 1}`)
    await scan(page, big.waybillNo)
    await expect.poll(() => page.locator('.bench-count').innerText()).toBe(`${many - 1}/${many}`)

    await page.context().setOffline(false)
    await expect.poll(() => link().innerText(), { timeout: 60_000 }).toBe('在线')
    expect(await checkedOf(big)).toBe(many - 1)
    await scan(page, 'MB-2001')
    await band().getByText('验完，已发货').waitFor()
    await expect.poll(async () => (await parcel(page, big.id)).state).toBe('shipped')
  })

  test('what is scanned before the bench is loaded is not lost', async () => {
    const one = await parcelOf('MB-3001', 3)
    const early = await visitPhone('light', { serviceWorkers: 'block' })
    await early.route('**/assets/station-*.js', async (route) => {
      await pause(1_500)
      await route.continue()
    })
    await early.goto('/m/check')
    await early.getByText('请扫面单').first().waitFor()
    await scan(early, one.waybillNo)
    await early.locator('.bench-band').getByText(`共 ${one.pieces} 件`).waitFor()
    await early.context().close()
  })

  test('an upload whose answer was lost is sent again, and counts once', async () => {
    const one = await parcelOf('MB-3002', 2)
    const [line] = one.lines
    await page.goto('/m/check')
    await page.getByText(/本机有 \d+ 个待验包裹/).waitFor()
    const keys: string[] = []
    await page.route('**/api/v1/parcels/*/check', async (route) => {
      keys.push((route.request().postDataJSON() as { key: string }).key)
      await route.fetch()
      // The server has done it; the phone never hears of it.
      if (keys.length <= 2) await route.abort('connectionfailed')
      else await route.continue()
    })
    await scan(page, one.waybillNo)
    await band().getByText(`共 ${one.pieces} 件`).waitFor()
    await scan(page, line?.barcode ?? '')
    await expect.poll(() => keys.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(3)
    await expect.poll(() => link().innerText(), { timeout: 20_000 }).toBe('在线')
    expect(new Set(keys).size).toBe(1)
    expect(await checkedOf(one)).toBe(1)
    await page.unroute('**/api/v1/parcels/*/check')
  })

  test('a refund that the phone learns of afterwards is told until somebody has read it', async () => {
    const one = await parcelOf('MB-3001', 1)
    // What the phone kept from before shows first; this parcel is known once the list has been read afresh.
    const isRead = page.waitForResponse((answer) => answer.url().includes('view=open') && answer.ok())
    await page.goto('/m/check')
    await isRead
    await page.getByText(/本机有 [1-9]\d* 个待验包裹/).waitFor()
    await page.context().setOffline(true)
    await scan(page, one.waybillNo)
    await band().getByText('共 1 件').waitFor()
    await scan(page, one.lines[0]?.code ?? '')
    await band().getByText('验完，联网后发货').waitFor()
    const orderNos = one.orders.map(({ channelOrderNo }) => channelOrderNo)
    for (const shop of sandbox.shops) await shop.act({ kind: 'refund', orderNos, outcome: 'requested' })
    await vi.waitFor(
      async () => {
        const other = await browser.newContext({ baseURL: sandbox.url })
        const desk = await other.newPage()
        await desk.request.post('/api/v1/session', { data: { loginName: 'wang', password: demoPassword } })
        const { state } = await parcel(desk, one.id)
        await other.close()
        expect(state).toBe('stopped')
      },
      { timeout: 60_000, interval: 1_000 },
    )
    await page.context().setOffline(false)
    const alarm = page.getByRole('alert').filter({ hasText: `包裹 ${one.parcelNo} 已退款` })
    await alarm.waitFor({ timeout: 30_000 })
    await page.locator('.bench-word', { hasText: '退款，拦下' }).waitFor()
    await page.reload()
    await alarm.waitFor()
    await alarm.getByRole('button', { name: '知道了' }).click()
    await alarm.waitFor({ state: 'detached' })
    expect((await parcel(page, one.id)).state).toBe('stopped')
  })

  test('an order is found by its waybill, and its state said in a sentence', async () => {
    const [one] = await parcelsOf(page, 'shipped')
    await page.goto('/m/find')
    await page.getByRole('searchbox').waitFor()
    await scan(page, one?.waybillNo ?? '')
    await page.getByText('已发货').waitFor()
    await page.getByText('已发出').waitFor()
  })

  test('the camera reads a label with a decoder that lies among our own files', async () => {
    const [one] = (await parcelsOf(page, 'open')).filter(({ state }) => state !== 'stopped')
    const label = await bwip.toBuffer({
      bcid: 'code128',
      text: one?.waybillNo ?? '',
      scale: 3,
      height: 20,
      padding: 10,
      backgroundcolor: 'FFFFFF',
    })
    const foreign: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(sandbox.url) && request.url().startsWith('http')) foreign.push(request.url())
    })
    await page.goto('/m/check')
    await page.getByText(/本机有 \d+ 个待验包裹/).waitFor()
    await page.evaluate(`(${holdBeforeCamera})('data:image/png;base64,${label.toString('base64')}')`)
    await page.getByRole('button', { name: '用相机扫' }).click()
    await band().getByText(`共 ${one?.pieces} 件`).waitFor({ timeout: 30_000 })
    expect(foreign).toEqual([])
    await page.getByRole('button', { name: '关掉相机' }).click()
  })

  test('pieces are counted by scan, blind; what differs is asked about once, then it is the truth', async () => {
    await page.goto('/m/count')
    await page.getByText('还没有扫到商品').waitFor()
    for (const code of ['MB-7002', '6900000007002', 'MB-7002']) {
      await scan(page, code)
      await page.waitForTimeout(400)
    }
    await expect.poll(() => page.getByLabel('MB-7002 件数').inputValue()).toBe('3')
    await scan(page, 'NO-SUCH-GOODS')
    await page.getByText('NO-SUCH-GOODS 找不到 SKU').waitFor()
    await page.reload()
    expect(await page.getByLabel('MB-7002 件数').inputValue()).toBe('3')
    const send = page.getByRole('button', { name: '记下盘点 1 种' })
    await send.click()
    await page.getByText('MB-7002 和账面不一致，请再数一遍').waitFor()
    expect(await findingsOf(page)).toEqual([])
    await send.click()
    await page.getByText(/MB-7002：账面 \d+，数到 3/).waitFor()
    await page.getByRole('button', { name: '继续' }).click()
    await page.getByText('还没有扫到商品').waitFor()
  })

  test('orders are approved and held on the phone, by button and by swipe, and taken back', async () => {
    const [shop] = sandbox.shops
    await shop?.buy({ count: 3, seed: 3, note: '改地址,发到公司,稍后把新地址发您' })
    const own = await visitPhone('light', { login: 'lin' })
    const cards = own.locator('.phone-order')
    await vi.waitFor(
      async () => {
        await own.goto('/m/review')
        await own.locator('.phone-order').first().waitFor({ timeout: 3_000 })
        if ((await cards.count()) < 3) throw new Error('the orders are not all there yet')
      },
      { timeout: 60_000, interval: 1_000 },
    )
    const count = await cards.count()
    expect(await findingsOf(own)).toEqual([])
    await cards.first().getByRole('button', { name: '挂起' }).click()
    await own.getByRole('button', { name: '地址要核对' }).click()
    await own.getByText(/T\d+ 已挂起/).waitFor()
    await expect.poll(() => cards.count()).toBe(count - 1)
    await own.getByRole('button', { name: '撤销' }).click()
    await expect.poll(() => cards.count()).toBe(count)
    const box = await cards.first().boundingBox()
    const at = { y: (box?.y ?? 0) + 20, pointerType: 'touch', isPrimary: true }
    await cards.first().dispatchEvent('pointerdown', { ...at, clientX: 40, clientY: at.y })
    await cards.first().dispatchEvent('pointerup', { ...at, clientX: 240, clientY: at.y })
    await own.getByText(/T\d+(：| 已审核通过)/).waitFor()
    await own.context().close()
  })

  describe.each(['light', 'dark'] as const)('in %s', (theme) => {
    let own: Page
    beforeAll(async () => {
      own = await visitPhone(theme)
    })

    test.each(['/m', '/m/find', '/m/check', '/m/count', '/m/scanner', '/m/mine'])(
      '%s: axe finds nothing, nothing is cut, every target is large enough',
      async (address) => {
        for (const width of [390, 320]) {
          await own.setViewportSize({ width, height: 844 })
          await own.goto(address)
          await own.locator('main .btn').first().waitFor()
          expect(await findingsOf(own)).toEqual([])
          expect(await cutTexts(own)).toEqual([])
          const small =
            await own.evaluate(`[...document.querySelectorAll('a, button, .choice, .phone-check, main .field')]
            .map((element) => ({ box: element.getBoundingClientRect(), text: element.textContent }))
            .filter(({ box }) => box.height > 0 && (box.width < 48 || box.height < 48)).map(({ text }) => text)`)
          expect(small).toEqual([])
        }
      },
    )
  })

  test('everything is in English too', async () => {
    const own = await visitPhone('light')
    await own.goto('/m/mine')
    await own.getByText('English').click()
    for (const address of ['/m', '/m/find', '/m/check', '/m/count', '/m/scanner', '/m/mine']) {
      await own.goto(address)
      await own.locator('main .btn').first().waitFor()
      const chinese = (await own.locator('body').innerText()).replaceAll(
        /中文|王仓库|漳州主仓|嘉兴分仓|仓库|客服|采购|审单|店主/g,
        '',
      )
      expect(chinese).not.toMatch(/\p{Script=Han}/u)
    }
    await own.context().close()
  })
})
