import type { Browser } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, cutTexts, findingsOf, openBrowser, visit } from './aid/browser.ts'
import { type Product, startProduct } from './aid/product.ts'

let product: Product
let browser: Browser
let sandboxUrl = ''

const owner = { company: '木白家居', name: '林店主', loginName: 'owner', password: '海棠路-晚风-7788' }

describe.skipIf(browserPath === null)('a fresh installation', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    product = await startProduct()
  })
  afterAll(async () => {
    await browser?.close()
    await product?.stop()
  })

  test('asks three questions, makes the owner, and leads to where one begins', async () => {
    const page = await visit(browser, { url: product.url })
    await page.getByText('先问三个问题').waitFor()
    expect(await findingsOf(page)).toEqual([])
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByText('三个问题都要选一下').waitFor()
    for (const answer of ['50 到 300 单', '自己的官网', '2 到 5 人'])
      await page.getByText(answer, { exact: true }).click()
    await page.getByRole('button', { name: '下一步' }).click()

    await page.getByLabel('公司或品牌名称').fill(owner.company)
    await page.getByLabel('你的姓名').fill(owner.name)
    await page.getByLabel('登录名').fill(owner.loginName)
    await page.getByLabel('密码').fill('12345678')
    expect(await findingsOf(page)).toEqual([])
    await page.getByRole('button', { name: '创建公司' }).click()
    await page.getByRole('alert').first().waitFor()
    await page.getByLabel('密码').fill(owner.password)
    await page.getByRole('button', { name: '创建公司' }).click()

    await page.getByText('从哪里开始？').waitFor()
    expect(await findingsOf(page)).toEqual([])
    await page.getByRole('button', { name: '打开沙箱' }).click()
    await page.getByText('正在准备示例数据').waitFor()
    const entrance = page.getByRole('link', { name: '进入沙箱' })
    await entrance.waitFor({ timeout: 90_000 })
    await page.getByText('zhang（店主）').waitFor()
    expect(await findingsOf(page)).toEqual([])
    sandboxUrl = (await entrance.getAttribute('href')) ?? ''
    expect(new URL(sandboxUrl).host).not.toBe(new URL(product.url).host)
    const inside = await visit(browser, { url: sandboxUrl, login: 'zhang' })
    await inside.getByText('沙箱', { exact: true }).first().waitFor()
    await inside.context().close()
    await page.getByRole('button', { name: '先到工作台' }).click()
    await page.getByRole('heading', { name: '工作台' }).waitFor()
    await page.getByText('开始使用').waitFor()
    expect(await findingsOf(page)).toEqual([])
    await page.goto('/review')
    await page.getByText('还没有订单').waitFor()
    expect(await findingsOf(page)).toEqual([])
    await page.context().close()
  })

  test('the sign-in says what helps, in under 60 kB of script, and leads to the address asked for', async () => {
    const page = await visit(browser, { url: product.url })
    const sent: number[] = []
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) sent.push(Number(response.headers()['content-length'] ?? 0))
    })
    await page.goto('/orders?view=held')
    await page.getByLabel('登录名').waitFor()
    const scripts = await page.evaluate<number>(
      `performance.getEntriesByType('resource').filter((entry) => entry.name.endsWith('.js')).reduce((sum, entry) => sum + entry.encodedBodySize, 0)`,
    )
    expect(scripts).toBeGreaterThan(0)
    expect(scripts).toBeLessThan(60_000)
    expect(await findingsOf(page)).toEqual([])
    expect(await cutTexts(page)).toEqual([])

    await page.getByRole('button', { name: '登录' }).click()
    await page.getByText('请填写登录名').waitFor()
    await page.getByLabel('登录名').fill(owner.loginName)
    await page.getByLabel('密码', { exact: true }).fill('not this one')
    await page.keyboard.press('Enter')
    await page.getByText('忘记密码请找店主').waitFor()
    await page.getByLabel('密码', { exact: true }).fill(owner.password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '全部订单' }).waitFor()
    expect(page.url()).toContain('view=held')
    await page.context().close()
  })

  test('on a phone the last of all channels can be chosen, and the way on stands below it', async () => {
    const page = await visit(browser, { url: product.url, width: 390, height: 844 })
    await page.getByLabel('登录名').fill(owner.loginName)
    await page.getByLabel('密码', { exact: true }).fill(owner.password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '工作台' }).waitFor()
    await page.goto(`${product.url}/shops`)
    await page.getByRole('button', { name: '连接店铺' }).first().click()
    await page.locator('.channel-card').last().click()
    const way = page.getByRole('button', { name: /^下一步/ })
    await way.scrollIntoViewIfNeeded()
    expect(await findingsOf(page)).toEqual([])
    expect(await cutTexts(page)).toEqual([])
    // The dialog's own body scrolls, and ends where its content ends.
    const box = await way.boundingBox()
    expect(844 - ((box?.y ?? 0) + (box?.height ?? 0))).toBeLessThan(48)
    expect(await page.locator('dialog[open]').evaluate(({ scrollTop }) => scrollTop)).toBe(0)
    await page.context().close()
  })

  test('language and theme are kept per person, and one can leave', async () => {
    const page = await visit(browser, { url: product.url })
    await page.getByLabel('登录名').fill(owner.loginName)
    await page.getByLabel('密码', { exact: true }).fill(owner.password)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: owner.name }).click()
    await page.getByRole('menuitemradio', { name: '深色' }).click()
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark')
    await page.reload()
    await page.locator('.frame').waitFor()
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    await page.getByRole('button', { name: owner.name }).click()
    await page.getByRole('menuitem', { name: '退出登录' }).click()
    await page.getByLabel('登录名').waitFor()
    await page.context().close()
  })

  // The last one: it takes the product away.
  test('when the server is gone the page says so, keeps what it showed, and tells what failed', async () => {
    const page = await visit(browser, { url: product.url })
    await page.getByLabel('登录名').fill(owner.loginName)
    await page.getByLabel('密码', { exact: true }).fill(owner.password)
    await page.keyboard.press('Enter')
    await page.getByText('开始使用').waitFor()
    await product.stop()
    await expect(fetch(sandboxUrl), 'the sandbox ends with the product').rejects.toThrow('fetch failed')
    await page.getByText('与服务器的连接断开了').waitFor({ timeout: 20_000 })
    await page.getByRole('link', { name: '全部订单' }).click()
    await page.getByText('这一页没能下载').waitFor()
    await page.getByRole('button', { name: '重试' }).waitFor()
    expect(await findingsOf(page)).toEqual([])
    await page.context().close()
  })
})
