import { readFile } from 'node:fs/promises'
import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, cutTexts, findingsOf, openBrowser, visit } from './aid/browser.ts'
import { tabTo } from './aid/keys.ts'
import { type Sandbox, startSandbox } from './aid/product.ts'

let sandbox: Sandbox
let browser: Browser
let page: Page

const openDialog = () => page.locator('dialog[open]')
const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

const counted = (name: string, bad: boolean) =>
  file(
    name,
    [
      '商家编码,仓库,数量,安全库存',
      'MB-4002,嘉兴分仓,41,2',
      ...(bad ? ['MB-9999,嘉兴分仓,5,1', 'MB-4001,嘉兴分仓,很多,1'] : []),
    ].join('\n'),
  )

async function drop(on: Page, what: ReturnType<typeof file>): Promise<void> {
  await on.goto('/transfers')
  await on.locator('input[type=file]').setInputFiles(what)
  await on.getByText('前几行').waitFor()
}

describe.skipIf(browserPath === null)('imports', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    sandbox = await startSandbox(12)
    page = await visit(browser, { url: sandbox.url, login: 'zhang' })
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
  })

  test('a file that is nothing known is refused in words, and nothing is kept', async () => {
    await page.goto('/transfers')
    await page.getByText('还没有导入过文件').waitFor()
    await page.locator('input[type=file]').setInputFiles(file('menu.csv', '菜名,口味\n鱼,清蒸'))
    await page.getByRole('alert').getByText('menu.csv', { exact: false }).waitFor()
    await page.getByText('还没有导入过文件').waitFor()
  })

  test('by keyboard alone: dropped, recognised, errors read, good rows run, undone', async () => {
    await drop(page, counted('count.csv', true))
    expect(await page.locator('.page-head').innerText()).toMatch(/库存表，UTF-8，3 行/)
    expect(await page.locator('.error-cells .bad-cell').allInnerTexts()).toEqual(['MB-9999', '很多'])
    await page.getByText('没有这个 SKU', { exact: false }).first().waitFor()

    await tabTo(page, '只导入好的行，跳过 2 行')
    await page.keyboard.press('Enter')
    await page.getByText('导入 1', { exact: true }).waitFor()
    await page.getByText('没成 2 行').waitFor()

    await tabTo(page, '撤销这次导入')
    await page.keyboard.press('Enter')
    await openDialog().getByText('会撤回 1 条').waitFor()
    expect(await findingsOf(page)).toEqual([])
    await page.keyboard.press('Control+Enter')
    await page.getByText('已撤销，导入前的样子已恢复').waitFor()
    await page.goto('/transfers')
    await page.locator('.imports > li').first().getByText('已撤销').waitFor()
  })

  test('a wrong cell is put right on the spot, and the file is read again', async () => {
    await drop(page, counted('fix.csv', true))
    await page.getByLabel('第 2 行“商家编码”改成').fill('MB-1001')
    await page.getByLabel('第 3 行“数量”改成').fill('7')
    await page.keyboard.press('Enter')
    await page.getByText('已重新检查').waitFor()
    await expect.poll(() => page.locator('.error-cells .bad-cell').allInnerTexts()).toEqual([])
    await page.getByRole('button', { name: /^导入 3 条/ }).waitFor()
  })

  test('the rows left out come as a file with the reason in the last column', async () => {
    await drop(page, counted('rows.csv', true))
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name: '下载错误行' }).click()
    const saved = await (await coming).path()
    expect((await readFile(saved)).byteLength).toBeGreaterThan(100)
  })

  test('dropped without being run, nothing is imported and nothing is kept', async () => {
    await drop(page, counted('drop.csv', false))
    await page.getByRole('button', { name: '放弃这次导入' }).click()
    await page.getByText('已放弃，什么都没有导入').waitFor()
    await page.locator('.imports > li').first().waitFor()
    await expect.poll(() => page.locator('.imports > li', { hasText: 'drop.csv' }).count()).toBe(0)
  })

  test('a long import is stopped on the way, goes on, and is counted once', async () => {
    const head = '订单号,下单时间,修改时间,订单状态,收件人,手机,省,市,区,详细地址,商品名称,商家编码,数量,实付\n'
    const line = (no: number) =>
      `L-${no},2026-11-10 09:15:02,2026-11-10 09:20:00,待发货,林晓禾,13800000101,浙江,杭州,西湖区,示例路 ${no} 号,马克杯,MB-1001,1,59.00\n`
    const rows = 3_000
    await drop(page, file('long.csv', head + Array.from({ length: rows }, (_, no) => line(no)).join('')))
    await page.getByRole('button', { name: '导入 3,000 单' }).click()
    await page.getByRole('button', { name: '停止导入' }).click()
    await page.getByText(/停在半路，还有 [\d,]+ 没有导入/).waitFor()
    expect(await findingsOf(page)).toEqual([])
    expect(await cutTexts(page)).toEqual([])
    await page.getByRole('button', { name: '接着导入' }).click()
    await page.getByText('全部导入了').waitFor({ timeout: 120_000 })
    await page.getByText('导入 3,000', { exact: true }).waitFor()
  }, 180_000)

  describe.each(['light', 'dark'] as const)('in %s', (theme) => {
    test.each([1440, 390])('at %i px: axe finds nothing, nothing is cut', async (width) => {
      const themed = await visit(browser, { url: sandbox.url, login: 'zhang', theme, width })
      await themed.goto('/transfers')
      await themed.locator('.imports > li').first().waitFor()
      expect(await findingsOf(themed)).toEqual([])
      expect(await cutTexts(themed)).toEqual([])
      await drop(themed, counted(`${theme}-${width}.csv`, true))
      expect(await findingsOf(themed)).toEqual([])
      expect(await cutTexts(themed)).toEqual([])
      await themed.context().close()
    })
  })
})
