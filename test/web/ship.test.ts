import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { browserPath, cutTexts, findingsOf, openBrowser, visit } from './aid/browser.ts'
import { type Sandbox, startSandbox } from './aid/product.ts'
import { callAs, type ParcelFacts, parcel, parcelsOf, scan } from './aid/scan.ts'

let sandbox: Sandbox
let browser: Browser
let page: Page

const rows = () => page.getByRole('row').filter({ has: page.getByRole('gridcell') })
const dialog = () => page.locator('dialog[open]')
const band = () => page.locator('.bench-band')
const countOf = async (step: string) =>
  Number((await page.locator('.views-line button', { hasText: step }).locator('b').innerText()).replaceAll(',', ''))
const press = async (...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}

async function goTo(step: string): Promise<void> {
  await page.goto(`/fulfil?step=${step}`)
  await rows().first().waitFor()
  await page.getByRole('grid').focus()
}

async function openStation(): Promise<void> {
  await page.goto('/check')
  await band().getByText('请扫面单').waitFor()
}

/** A parcel that was printed and has at least `pieces`. */
async function printed(pieces: number): Promise<ParcelFacts> {
  const found = (await parcelsOf(page, 'printed')).find((row) => row.pieces >= pieces)
  if (found === undefined) throw new Error('no such parcel')
  return found
}

const piecesOf = ({ lines }: ParcelFacts): string[] =>
  lines.flatMap((line) => Array<string>(line.quantity).fill(line.barcode))

describe.skipIf(browserPath === null)('from approved orders to parcels that left', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    sandbox = await startSandbox(20)
    page = await visit(browser, { url: sandbox.url, login: 'wang' })
    await vi.waitFor(
      async () => {
        await page.goto('/fulfil?step=to-allocate')
        await page.locator('.views-line b').first().waitFor()
        if ((await countOf('待配货')) < 20) throw new Error('the orders are not all approved yet')
      },
      { timeout: 60_000, interval: 1_000 },
    )
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
  })

  test('all approved orders become parcels by keyboard, each with a number of the pool', async () => {
    await goTo('to-allocate')
    const before = await countOf('待配货')
    await press('Control+KeyA', 'Control+KeyA', 'KeyP')
    await dialog().getByText(`将处理 ${before} 条`).waitFor()
    expect(await findingsOf(page)).toEqual([])
    await press('Control+Enter')
    await expect.poll(() => countOf('待打单')).toBe(before)
    expect((await parcelsOf(page, 'to-print')).every(({ waybillNo }) => waybillNo !== null)).toBe(true)
  })

  test('the warehouse knows shops by name, and is told nothing of how they do', async () => {
    await page.goto('/orders')
    await page.getByText('木白家居·自建网站').first().waitFor()
    await page.goto('/fulfil?step=unsent')
    await page.getByText('没有未回传的').waitFor()
    await page.goto('/')
    await page.getByRole('heading', { name: '今天' }).waitFor()
    expect(await page.getByText(/渠道状态|还没有店铺/).count()).toBe(0)
  })

  test('labels are printed once; a second time is asked about, with time and person', async () => {
    await goTo('to-print')
    await press('KeyJ', 'KeyX', ...Array<string>(9).fill('Shift+ArrowDown'), 'KeyP')
    await dialog().locator('iframe').waitFor()
    await press('Escape')
    await expect.poll(() => countOf('待验货')).toBe(10)
    await goTo('printed')
    await press('KeyJ', 'KeyX', 'KeyP')
    await dialog().getByText('这些已经打过').waitFor()
    expect(await dialog().innerText()).toMatch(/\d\d:\d\d 由王仓库打印，共 1 次/)
    await dialog().getByRole('button', { name: '重打 1 张' }).waitFor()
    await press('Escape')
    expect(await dialog().count()).toBe(0)
  })

  test('by scanner and keys alone a parcel is checked and shipped, and its shop knows', async () => {
    await openStation()
    const one = await printed(2)
    await scan(page, one.waybillNo)
    await band().getByText(`共 ${one.pieces} 件`).waitFor()
    for (const piece of piecesOf(one)) await scan(page, piece)
    await band().getByText('验完，已发货').waitFor()
    expect(await page.locator('.bench-count').innerText()).toBe(`${one.pieces}/${one.pieces}`)
    await expect.poll(async () => (await parcel(page, one.id)).state).toBe('shipped')
    await vi.waitFor(
      async () => {
        const seen = await Promise.all(sandbox.shops.map((shop) => shop.orders()))
        const told = seen.flat().find(({ orderNo }) => orderNo === one.orders[0]?.channelOrderNo)
        expect(told?.status).toBe('shipped')
      },
      { timeout: 20_000, interval: 500 },
    )
  })

  test('a wrong piece turns the band red with a sign and a word; nothing but the right one ends it', async () => {
    await openStation()
    const one = await printed(2)
    const [first = ''] = piecesOf(one)
    await scan(page, one.waybillNo)
    await band().getByText(`共 ${one.pieces} 件`).waitFor()
    await scan(page, 'NO-SUCH-GOODS')
    await band().getByText('扫错了').waitFor()
    expect(await band().getAttribute('data-tone')).toBe('err')
    expect(await band().locator('.bench-sign').innerText()).toBe('✕')
    expect(await findingsOf(page)).toEqual([])
    await press('Escape', 'Delete')
    await band().getByText('扫错了').waitFor()
    await scan(page, first)
    await band().getByText('扫错了').waitFor({ state: 'detached' })
    expect((await parcel(page, one.id)).state).toBe('printed')
    await press('Delete')
    await expect.poll(async () => (await parcel(page, one.id)).lines.every(({ checked }) => checked === 0)).toBe(true)
  })

  test('with shipping by itself switched off, Enter ships a whole parcel', async () => {
    await openStation()
    await page.getByLabel('验完自动发货').uncheck()
    const one = await printed(1)
    await scan(page, one.waybillNo)
    for (const piece of piecesOf(one)) await scan(page, piece)
    await band().getByText('按 Enter 发货').waitFor()
    expect((await parcel(page, one.id)).state).not.toBe('shipped')
    await page.locator('h1').click()
    await press('Enter')
    await expect.poll(async () => (await parcel(page, one.id)).state).toBe('shipped')
    await page.getByLabel('验完自动发货').check()
  })

  test('the verdict stands within a tenth of a second of the last key', async () => {
    await openStation()
    const one = await printed(2)
    await scan(page, one.waybillNo)
    await band().getByText(`共 ${one.pieces} 件`).waitFor()
    await page.evaluate(`new MutationObserver(() => { window.redAt ??= performance.now() })
      .observe(document.querySelector('.bench-band'), { attributes: true })
      addEventListener('keydown', (event) => { if (event.key === 'Enter') window.enteredAt = event.timeStamp }, true)`)
    await scan(page, 'WRONG-1')
    await band().getByText('扫错了').waitFor()
    expect(await page.evaluate<number>('window.redAt - window.enteredAt')).toBeLessThan(100)
    await scan(page, one.waybillNo)
  })

  test('a refund stops a printed parcel: red and striped, said in words, and it does not leave', async () => {
    const one = await printed(1)
    const orderNos = one.orders.map(({ channelOrderNo }) => channelOrderNo)
    for (const shop of sandbox.shops) await shop.act({ kind: 'refund', orderNos, outcome: 'requested' })
    await vi.waitFor(async () => expect((await parcel(page, one.id)).state).toBe('stopped'), {
      timeout: 60_000,
      interval: 500,
    })
    await openStation()
    await scan(page, one.waybillNo)
    await page.locator('.bench-word', { hasText: '退款，拦下' }).waitFor()
    expect(await band().getAttribute('data-tone')).toBe('stop')
    expect(await band().innerText()).toContain(one.parcelNo)
    expect(await findingsOf(page)).toEqual([])
    const { done } = (await callAs(page, 'POST', '/parcels/ship', { parcelIds: [one.id], unchecked: true })) as {
      done: number
    }
    expect(done).toBe(0)
    await page.goto('/fulfil?step=stopped')
    await rows().filter({ hasText: one.parcelNo }).waitFor()
  })

  test('shipping is shown before it is done: how many leave, how many stay and why', async () => {
    await goTo('printed')
    const count = await countOf('待验货')
    await press('Control+KeyA', 'KeyD')
    await dialog().getByText('还没验完').waitFor()
    await dialog().getByRole('checkbox').check()
    await dialog().getByText(`将处理 ${count} 条`).waitFor()
    expect(await cutTexts(page)).toEqual([])
    await press('Control+Enter')
    await expect.poll(() => countOf('待验货')).toBe(0)
  })
})
