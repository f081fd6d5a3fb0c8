import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { browserPath, cutTexts, openBrowser, visit } from './aid/browser.ts'
import { type Sandbox, startSandbox } from './aid/product.ts'

let sandbox: Sandbox
let browser: Browser
let page: Page

const rows = () => page.getByRole('row').filter({ has: page.getByRole('gridcell') })
const openDialog = () => page.locator('dialog[open]')
const countOf = async (view: string) =>
  Number((await page.locator('.views-line button', { hasText: view }).locator('b').innerText()).replaceAll(',', ''))

async function goTo(address: string): Promise<void> {
  await page.goto(address)
  await rows().first().waitFor()
  await page.getByRole('grid').focus()
}

describe.skipIf(browserPath === null)('order review', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    sandbox = await startSandbox(12)
    const [shop] = sandbox.shops
    await shop?.buy({ count: 16, seed: 3, note: '改地址,发到公司,稍后把新地址发您' })
    await shop?.buy({ count: 3, seed: 4, lines: [{ merchantCode: 'MB-4002', quantity: 9 }], ignoreStock: true })
    page = await visit(browser, { url: sandbox.url, login: 'lin' })
    await vi.waitFor(
      async () => {
        await page.goto('/review?view=exceptions')
        await page.locator('.views-line b').first().waitFor()
        if ((await countOf('异常')) < 17) throw new Error('the orders are not all there yet')
      },
      { timeout: 60_000, interval: 1_000 },
    )
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
  })

  test('twelve orders are in sight at 1440 × 900, and nothing is cut', async () => {
    await goTo('/review?view=exceptions')
    const list = await page.locator('.grid-scroll').boundingBox()
    const boxes = await Promise.all((await rows().all()).map((row) => row.boundingBox()))
    const whole = boxes.filter(
      (box) => box && list && box.y >= list.y && box.y + box.height <= list.y + list.height + 1,
    )
    expect(whole.length).toBeGreaterThanOrEqual(12)
    expect(await cutTexts(page)).toEqual([])
  })

  test('why an order stopped is read in the list, and in full beside it', async () => {
    await goTo('/review?view=exceptions')
    await expect.poll(() => rows().first().innerText()).toMatch(/备注有要求|缺货|高价值/)
    await page.keyboard.press('KeyJ')
    await page.keyboard.press('Enter')
    await page.getByRole('complementary').getByText('经过').waitFor()
    expect(await cutTexts(page)).toEqual([])
    expect(page.url()).toMatch(/open=T\d+/)
  })

  test('the address holds the whole screen: reloaded, it is the same', async () => {
    await goTo('/review?view=exceptions&findings=note-asks')
    await page.keyboard.press('KeyJ')
    await page.keyboard.press('KeyJ')
    await page.keyboard.press('Enter')
    const title = await page.locator('.split-title h2').innerText()
    const shown = await rows().count()
    await page.reload()
    await page.getByRole('complementary').waitFor()
    expect(await page.locator('.split-title h2').innerText()).toBe(title)
    await expect.poll(() => rows().count()).toBe(shown)
  })

  test('by keyboard alone one order is approved with what a person let pass, and taken back', async () => {
    await goTo('/review?view=exceptions&findings=note-asks')
    const before = await countOf('异常')
    await page.keyboard.press('KeyJ')
    await page.keyboard.press('KeyA')
    const passOn = page.getByRole('button', { name: '看过了，仍然通过' })
    await passOn.focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => countOf('异常')).toBe(before - 1)
    await page.getByRole('grid').focus()
    await page.keyboard.press('Control+KeyZ')
    await page.getByText('已撤销').waitFor()
  })

  test('a firm reason is never let pass, and the button says why', async () => {
    await goTo('/review?view=exceptions&findings=stock-short')
    await page.keyboard.press('KeyJ')
    await page.keyboard.press('Enter')
    const approve = page.getByRole('complementary').getByRole('button', { name: '审核通过' })
    await expect.poll(() => approve.getAttribute('aria-disabled')).toBe('true')
    await approve.focus()
    await expect.poll(() => page.getByRole('tooltip').innerText()).toContain('缺货')
    await page.keyboard.press('Escape')
  })

  test('a batch is previewed, done and told by keys; the rest stays with its reason', async () => {
    await goTo('/review?view=exceptions')
    await page.keyboard.press('Control+KeyA')
    const bar = page.getByRole('region', { name: '批量操作' })
    await bar.waitFor()
    await page.keyboard.press('KeyA')
    const preview = openDialog()
    await preview.getByText('会跳过').waitFor()
    const mayPass = preview.getByLabel(/仍然通过可以放过的/)
    await mayPass.focus()
    await page.keyboard.press('Space')
    const promised = Number(/\d+/.exec(await preview.getByRole('button', { name: /^审核通过/ }).innerText())?.[0])
    await page.keyboard.press('Control+Enter')
    const result = openDialog()
    await result.getByText('跳过的原因').waitFor()
    expect(await result.getByText(/^成功/).innerText()).toBe(`成功 ${promised}`)
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => openDialog().count()).toBe(0)
  })

  test('held with a reason until tomorrow, it stands under 挂起 and is released again', async () => {
    await goTo('/review?view=approved')
    await page.keyboard.press('KeyJ')
    await page.keyboard.press('KeyH')
    await openDialog().getByLabel('等买家回复').check()
    await openDialog().getByLabel('明天 9:00').check()
    await page.keyboard.press('Control+Enter')
    await page.getByText('已挂起 1 单').waitFor()
    await goTo('/review?view=held')
    await expect.poll(() => rows().first().innerText()).toContain('挂起：等买家回复')
    await page.keyboard.press('KeyJ')
    await page.keyboard.press('KeyU')
    await page.getByText('已放行 1 单').waitFor()
  })

  test('a refund that arrives while the order is open shows by itself and stops the approval', async () => {
    await goTo('/review?view=exceptions')
    await page.keyboard.press('KeyR')
    const [shop] = sandbox.shops
    const [bought] = (await shop?.buy({ count: 1, seed: 99, note: '晚点发,下周一再寄' })) ?? []
    await page.goto(`/review?view=exceptions&q=${bought?.orderNo}`)
    await expect
      .poll(
        async () => {
          await page.reload()
          return page
            .getByRole('gridcell')
            .first()
            .waitFor({ timeout: 3_000 })
            .then(() => 'there')
            .catch(() => 'not yet')
        },
        { timeout: 60_000, interval: 1_000 },
      )
      .toBe('there')
    await page.getByRole('grid').focus()
    await page.keyboard.press('KeyJ')
    await page.keyboard.press('Enter')
    const approve = page.getByRole('complementary').getByRole('button', { name: '审核通过' })
    await approve.waitFor()
    expect(await approve.getAttribute('aria-disabled')).toBeNull()
    await shop?.act({ kind: 'refund', orderNos: [bought?.orderNo ?? ''], outcome: 'requested' })
    await expect.poll(() => approve.getAttribute('aria-disabled'), { timeout: 20_000 }).toBe('true')
    await page.getByRole('complementary').getByText('退款中', { exact: false }).first().waitFor()
  })

  test('new orders do not move the list; they are told, and come with R', async () => {
    await goTo('/orders')
    const first = await rows().first().innerText()
    await sandbox.shops[0]?.buy({ count: 2, seed: 123 })
    await page.getByText(/有 \d+ 条新数据/).waitFor({ timeout: 30_000 })
    expect(await rows().first().innerText()).toBe(first)
    await page.getByRole('grid').focus()
    await page.keyboard.press('KeyR')
    await expect.poll(() => rows().first().innerText()).not.toBe(first)
  })

  test('a pasted address is understood and its certainty told', async () => {
    await goTo('/review?view=approved')
    await page.keyboard.press('KeyJ')
    await page.keyboard.press('KeyE')
    await openDialog().getByLabel('粘贴整段地址').fill('林小禾 13800000101 浙江省杭州市西湖区文三路 1 号')
    await openDialog().getByText('识别完整').waitFor()
    expect(await openDialog().getByLabel('市', { exact: true }).inputValue()).toBe('杭州市')
    await page.keyboard.press('Control+Enter')
    await page.getByText('地址已改').waitFor()
  })

  test('the receiver is shown for a purpose only, and hidden again by hand', async () => {
    await goTo('/review?view=approved')
    await page.keyboard.press('KeyJ')
    await page.keyboard.press('Enter')
    const details = page.getByRole('complementary')
    await details.getByRole('button', { name: '查看完整' }).click()
    await openDialog()
      .getByRole('button', { name: /查看完整/ })
      .click()
    await details.getByText(/秒后隐藏/).waitFor()
    await details.getByRole('button', { name: '现在隐藏' }).click()
    await expect.poll(() => details.getByText(/秒后隐藏/).count()).toBe(0)
  })
})
