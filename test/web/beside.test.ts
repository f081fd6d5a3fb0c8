import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, cutTexts, findingsOf, openBrowser, visit } from './aid/browser.ts'
import { tabTo } from './aid/keys.ts'
import { type Sandbox, startSandbox } from './aid/product.ts'

let sandbox: Sandbox
let browser: Browser
let page: Page

const dialog = () => page.locator('dialog[open]')

/** A channel that takes no orders is connected beside a shop that has them. */
describe.skipIf(browserPath === null)('a shop beside another', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    sandbox = await startSandbox(5, 'generic,wechat-mall')
    page = await visit(browser, { url: sandbox.url, login: 'zhang' })
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
  })

  test('by keyboard: which shop it reports for, its keys, a test call, and it has begun', async () => {
    const { credentials } = await sandbox.shops[1]!.about()
    await page.goto('/shops')
    await page.getByRole('button', { name: '连接店铺' }).click()
    await dialog().locator('.channel-card', { hasText: '小程序发货报送' }).click()
    await dialog().getByLabel('店铺名称').fill('木白小程序')
    await page.keyboard.press('Enter')
    await dialog().getByText('请选择有订单的店铺').waitFor()
    await dialog().getByLabel('为哪家店铺报送').selectOption({ label: '木白家居·自建网站' })
    expect(await findingsOf(page)).toEqual([])
    expect(await cutTexts(page)).toEqual([])
    await tabTo(page, '下一步：填写密钥')
    await page.keyboard.press('Enter')

    // The channel's card names these fields too, until the next step is there.
    await dialog()
      .getByRole('textbox', { name: '小程序 AppID' })
      .fill(credentials.appId ?? '')
    await dialog()
      .getByLabel('AppSecret')
      .fill(credentials.appSecret ?? '')
    await dialog()
      .getByLabel('微信支付商户号')
      .fill(credentials.merchantId ?? '')
    await page.keyboard.press('Enter')
    await dialog()
      .getByText(/连接正常：平台回答的店名是/)
      .waitFor()
    expect(await findingsOf(page)).toEqual([])
    await tabTo(page, '开始报送')
    await page.keyboard.press('Enter')
    await dialog().getByText('已开始为“木白家居·自建网站”报送发货').waitFor()
    await page.keyboard.press('Escape')
  })

  test.each(['light', 'dark'] as const)('in %s its card and page say whose parcels it reports', async (theme) => {
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const) {
      const seen = await visit(browser, { url: sandbox.url, login: 'zhang', theme, width, height })
      await seen.goto('/shops')
      const card = seen.getByRole('article', { name: '木白小程序' })
      await card.getByText('为“木白家居·自建网站”报送发货').waitFor()
      await card.getByText('正常', { exact: true }).waitFor()
      // It has no orders, so neither their age nor their proof.
      expect(await card.locator('.week').count()).toBe(0)
      expect(await findingsOf(seen)).toEqual([])
      expect(await cutTexts(seen)).toEqual([])
      await seen.goto('/shops?shop=2')
      await seen.getByText('那家店铺发的每个包裹都会报给平台').waitFor()
      expect(await seen.locator('.overview tbody tr').count()).toBe(1)
      expect(await seen.getByRole('tab', { name: '完整性' }).count()).toBe(0)
      expect(await findingsOf(seen)).toEqual([])
      await seen.context().close()
    }
  })
})
