import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, openBrowser, visit } from './aid/browser.ts'
import { type Sandbox, startSandbox } from './aid/product.ts'
import { testScenes } from './aid/scenes.ts'

let sandbox: Sandbox
let browser: Browser
let page: Page

const card = (name: string) => page.getByRole('article', { name })
const show = async (one: Page) => {
  await one.goto('/switchboard')
  await one.locator('.fault-kinds').first().waitFor()
}

describe.skipIf(browserPath === null)('the switchboard', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    sandbox = await startSandbox(4)
    page = await visit(browser, { url: sandbox.url, login: 'zhang' })
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
  })

  testScenes([{ scene: 'all platforms', show }], () => ({ browser, url: sandbox.url }))

  test('stands in the menu of the sandbox', async () => {
    await page.getByRole('link', { name: '总开关' }).click()
    await page.locator('.fault-kinds').first().waitFor()
  })

  test('a platform that is broken there stops its own shop alone, and heals', async () => {
    await show(page)
    await card('自建网站').getByRole('button', { name: '授权失效' }).click()
    await card('自建网站').getByText('弄坏 1 处').waitFor()
    await card('自建网站')
      .locator('.tag[data-tone="err"]', { hasText: /密钥|授权|签名/ })
      .first()
      .waitFor({ timeout: 40_000 })
    expect(await card('淘宝 / 天猫').locator('.tag[data-tone="err"]').count()).toBe(0)

    await card('自建网站').getByRole('button', { name: '恢复' }).click()
    await card('自建网站').getByText('正常', { exact: true }).first().waitFor()
  })

  test('whoever may not change shops may look and not break', async () => {
    const looking = await visit(browser, { url: sandbox.url, login: 'sun' })
    await show(looking)
    expect(await looking.getByRole('button', { name: '限流' }).first().isDisabled()).toBe(true)
    await looking.context().close()
  })
})
