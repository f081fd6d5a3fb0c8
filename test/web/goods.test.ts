import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, openBrowser, visit } from './aid/browser.ts'
import { type Sandbox, startSandbox } from './aid/product.ts'
import { callAs } from './aid/scan.ts'

let sandbox: Sandbox
let browser: Browser
let page: Page

const rows = () => page.getByRole('row').filter({ has: page.getByRole('gridcell') })
const dialog = () => page.locator('dialog[open]')
const details = () => page.getByRole('complementary')
const press = async (...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}

async function goTo(address: string): Promise<void> {
  await page.goto(address)
  await rows().first().waitFor()
  await page.getByRole('grid').focus()
}

interface Listed {
  readonly id: number
  readonly state: string
}
const listings = async (state: string): Promise<Listed[]> =>
  ((await callAs(page, 'GET', `/listings?state=${state}&limit=100`)) as { rows: Listed[] }).rows

interface Stocked {
  readonly skuId: number
  readonly code: string
  readonly onHand: number
  readonly reserved: number
  readonly sellable: number
}
const stockOf = async (code: string): Promise<Stocked> => {
  const { rows: found } = (await callAs(page, 'GET', `/stock?search=${code}`)) as { rows: Stocked[] }
  const one = found.find((row) => row.code === code)
  if (one === undefined) throw new Error(`no stock of ${code}`)
  return one
}

/** The same once orders on their way have been taken in and change it no more. */
async function restingStockOf(code: string): Promise<Stocked> {
  let before = await stockOf(code)
  for (;;) {
    await page.waitForTimeout(2_000)
    const now = await stockOf(code)
    if (now.sellable === before.sellable) return now
    before = now
  }
}

describe.skipIf(browserPath === null)('goods and stock', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    sandbox = await startSandbox(12)
    page = await visit(browser, { url: sandbox.url, login: 'zhao' })
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
  })

  test('a match is undone by a key, proposed anew with its reason, and accepted by a key', async () => {
    await goTo('/listings?view=matched')
    const [first] = await listings('matched')
    await press('KeyJ', 'Enter')
    await details().getByRole('button', { name: '撤销匹配' }).waitFor()
    await page.getByRole('grid').focus()
    await press('KeyU')
    await expect.poll(async () => (await listings('open')).map(({ id }) => id)).toContain(first?.id)
    await goTo('/listings')
    await press('KeyJ')
    await expect.poll(() => rows().first().innerText()).toMatch(/100 %\s+编码相同/)
    await press('KeyA')
    await page.getByText(/已匹配 1 条，\d+ 单继续处理/).waitFor()
    await expect.poll(async () => (await listings('open')).length, { timeout: 15_000 }).toBe(0)
  })

  test('many proposals are decided by one key each, the next one comes by itself', async () => {
    const some = (await listings('matched')).slice(0, 12)
    for (const { id } of some) await callAs(page, 'POST', `/listings/${id}/unmatch`)
    await goTo('/listings')
    await press('KeyJ', 'Enter')
    await details().getByRole('button', { name: '接受建议' }).waitFor()
    await page.getByRole('grid').focus()
    for (let left = some.length - 1; left >= 0; left--) {
      await details().getByRole('button', { name: '接受建议' }).waitFor()
      await press('KeyA')
      await expect.poll(async () => (await listings('open')).length, { timeout: 15_000 }).toBe(left)
    }
    await press('Control+KeyZ')
    await expect.poll(async () => (await listings('open')).length, { timeout: 15_000 }).toBe(1)
  })

  test('all proposals above a likeness are accepted together, after they were shown', async () => {
    const some = (await listings('matched')).slice(0, 5)
    for (const { id } of some) await callAs(page, 'POST', `/listings/${id}/unmatch`)
    await expect.poll(async () => (await listings('unmatched')).length, { timeout: 15_000 }).toBe(0)
    const count = (await listings('proposed')).length
    expect(count).toBeGreaterThanOrEqual(some.length)
    await goTo('/listings')
    await page.getByRole('button', { name: '批量接受建议' }).click()
    await dialog().getByText(`将处理 ${count} 条`).waitFor()
    await dialog().getByText('其中最不确定的').waitFor()
    await press('Control+Enter')
    await expect.poll(async () => (await listings('open')).length, { timeout: 15_000 }).toBe(0)
  })

  test('a SKU is made, found and changed; a code that is taken is told at its field', async () => {
    await goTo('/products')
    await page.getByRole('button', { name: '新建 SKU' }).click()
    await dialog().getByLabel('SKU 编码').fill('MB-1001')
    await dialog().getByLabel('商品名称').fill('竹编提篮')
    await dialog().getByLabel('成本（元）').fill('１２．５０')
    await press('Control+Enter')
    await dialog().getByText('SKU 编码“MB-1001”已存在').waitFor()
    await dialog().getByLabel('SKU 编码').fill('MB-9901')
    await press('Control+Enter')
    await dialog().waitFor({ state: 'detached' })
    await goTo('/products?q=MB-9901')
    await press('KeyJ', 'Enter')
    expect(await details().getByLabel('成本（元）').inputValue()).toBe('12.50')
    await details().getByLabel('规格').fill('大号')
    await press('Enter')
    await page.getByText('SKU 已保存').waitFor()
    await expect.poll(() => rows().first().innerText()).toContain('大号')
  })

  test('stock is adjusted with a reason, never without; its formula follows', async () => {
    const before = await stockOf('MB-1001')
    await goTo('/stock?q=MB-1001')
    await press('KeyJ', 'Enter')
    await details().getByRole('button', { name: '调整' }).click()
    await dialog().getByLabel('增减件数').fill('－2')
    await press('Control+Enter')
    await dialog().getByText('请选择或填写原因').waitFor()
    await dialog().getByText('破损').click()
    await press('Control+Enter')
    await dialog().waitFor({ state: 'detached' })
    expect((await stockOf('MB-1001')).onHand).toBe(before.onHand - 2)
    await details()
      .getByText(`实物 ${before.onHand - 2}`)
      .first()
      .waitFor()
    await details().getByText('破损').waitFor()
  })

  test('safety stock lowers what may be sold, shown before it is saved', async () => {
    const { sellable } = await restingStockOf('MB-1001')
    await goTo('/stock?q=MB-1001')
    await press('KeyJ', 'Enter')
    await details().getByRole('button', { name: '设安全库存' }).click()
    await dialog().getByLabel('安全库存件数').fill('5')
    await dialog()
      .getByText(`设好后可售 ${sellable - 5}`)
      .waitFor()
    await press('Control+Enter')
    await dialog().waitFor({ state: 'detached' })
    expect((await stockOf('MB-1001')).sellable).toBe(sellable - 5)
  })

  test('a count that finds too few names the difference and the orders that are short', async () => {
    const { reserved } = await stockOf('MB-2001')
    expect(reserved).toBeGreaterThan(0)
    await goTo('/stock')
    for (const at of [0, 1]) {
      await page.getByRole('button', { name: '盘点' }).click()
      await dialog().getByLabel('仓库').selectOption({ index: at })
      await dialog().getByRole('combobox').last().fill('MB-2001')
      await dialog().getByRole('listbox').getByRole('option').first().waitFor()
      await press('Enter')
      await dialog().getByLabel('数到的件数 MB-2001').fill('0')
      await press('Control+Enter')
      await dialog().getByText('盘点结果').waitFor()
      await dialog()
        .getByText(/单因此缺货|数到的和账面一致|差异/)
        .first()
        .waitFor()
      await press('Control+Enter')
    }
    expect(await stockOf('MB-2001')).toMatchObject({ onHand: 0, reserved: 0 })
    await page.locator('.views-line button', { hasText: '缺货' }).click()
    await rows().filter({ hasText: 'MB-2001' }).waitFor()
  })

  test('the ledger is checked against the stock, and agrees', async () => {
    await goTo('/stock')
    await page.getByRole('button', { name: '更多', exact: true }).click()
    await page.getByRole('menuitem', { name: '核对库存账' }).click()
    await dialog()
      .getByText(/核对 \d+ 条库存，流水与库存一致/)
      .waitFor()
  })
})
