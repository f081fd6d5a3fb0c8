import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, cutTexts, findingsOf, openBrowser, visit } from './aid/browser.ts'
import { tabTo } from './aid/keys.ts'
import { type Sandbox, startSandbox } from './aid/product.ts'

let sandbox: Sandbox
let browser: Browser
let page: Page

const openDialog = () => page.locator('dialog[open]')
const cardOf = (name: string | RegExp) => page.getByRole('article', { name })

async function goTo(address: string): Promise<void> {
  await page.goto(address)
  await page.locator('.shop-card, .views-line').first().waitFor()
}

describe.skipIf(browserPath === null)('shops', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    sandbox = await startSandbox(12)
    page = await visit(browser, { url: sandbox.url, login: 'zhang' })
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
  })

  test('each card says the state in words, what is kept in step, and seven days', async () => {
    await goTo('/shops')
    const card = cardOf(/自建网站/)
    await card.getByText('正常', { exact: true }).waitFor()
    expect(await card.getByText('渠道不提供').count()).toBe(1)
    expect(await card.locator('.week-days > li').count()).toBe(7)
    expect(await card.locator('.week-days').innerText()).toMatch(/自建网站，\d+月\d+日：/)
  })

  describe.each(['light', 'dark'] as const)('in %s', (theme) => {
    let themed: Page
    beforeAll(async () => {
      themed = await visit(browser, { url: sandbox.url, login: 'zhang', theme })
    })
    afterAll(() => themed?.context().close())

    test.each([
      '',
      '?shop=1',
      '?shop=1&tab=days',
      '?shop=1&tab=unsent',
      '?shop=1&tab=calls',
      '?shop=1&tab=spans',
      '?shop=1&tab=pushes',
    ])('/shops%s: axe finds nothing, nothing is cut', async (search) => {
      await themed.goto(`/shops${search}`)
      await themed.locator('.shop-card, .overview, .days > *, .grid-row, .empty').last().waitFor()
      expect(await findingsOf(themed)).toEqual([])
      expect(await cutTexts(themed)).toEqual([])
    })

    test('connecting a shop: axe finds nothing, nothing is cut', async () => {
      await themed.goto('/shops')
      await themed.getByRole('button', { name: '连接店铺' }).click()
      await themed.locator('.channel-card').first().click()
      expect(await findingsOf(themed)).toEqual([])
      expect(await cutTexts(themed)).toEqual([])
    })
  })

  test('on a phone the cards stand below each other, every button large enough', async () => {
    const phone = await visit(browser, { url: sandbox.url, login: 'zhang', width: 390, height: 844 })
    await phone.goto('/shops')
    await phone.locator('.shop-card').first().waitFor()
    expect(await findingsOf(phone)).toEqual([])
    expect(await cutTexts(phone)).toEqual([])
    const small = await phone.evaluate(`[...document.querySelectorAll('.page .btn')]
      .map((element) => element.getBoundingClientRect())
      .filter(({ width, height }) => width < 48 || height < 48).length`)
    expect(small).toBe(0)
    await phone.context().close()
  })

  test('by keyboard alone a shop is connected: channel, keys, test call, first pull with its bar', async () => {
    const { credentials } = await sandbox.shops[1]!.about()
    await goTo('/shops')
    await tabTo(page, '连接店铺')
    await page.keyboard.press('Enter')
    await openDialog().getByRole('radio').first().waitFor()
    await openDialog().getByRole('radio').first().focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    expect(await openDialog().getByText('自建网站').count()).toBeGreaterThan(0)
    await openDialog().getByLabel('店铺名称').focus()
    await page.keyboard.type('木白官网二店')
    await page.keyboard.press('Enter')

    await openDialog().getByLabel('网站地址').waitFor()
    await expect.poll(() => page.evaluate(`document.activeElement?.labels?.[0]?.textContent`)).toBe('网站地址')
    await page.keyboard.press('Enter')
    await openDialog().getByText('请填写这一项').first().waitFor()
    await openDialog().getByLabel('网站地址').focus()
    await page.keyboard.type(credentials.address ?? '')
    await openDialog().getByLabel('签名密钥').focus()
    await page.keyboard.type(credentials.secret ?? '')
    await page.keyboard.press('Enter')

    await openDialog()
      .getByText(/连接正常：平台回答的店名是/)
      .waitFor()
    expect(await findingsOf(page)).toEqual([])
    await tabTo(page, '开始首次抓单')
    await page.keyboard.press('Enter')
    await openDialog()
      .getByText(/首次抓单完成/)
      .waitFor({ timeout: 60_000 })
    await page.keyboard.press('Escape')
    await cardOf('木白官网二店').getByText('正常', { exact: true }).waitFor({ timeout: 20_000 })
  })

  test('a shop without keys is told what to drop where, and gets its shipment file', async () => {
    await goTo('/shops')
    await page.getByRole('button', { name: '连接店铺' }).click()
    await openDialog().locator('.channel-card', { hasText: '自建网站' }).click()
    await openDialog().getByText('文件模式（不用密钥）').click()
    await openDialog().getByLabel('店铺名称').fill('木白文件店')
    await page.keyboard.press('Enter')
    await openDialog().getByText('订单：平台的订单表拖进来').waitFor()
    await openDialog()
      .getByRole('button', { name: '看这家店' })
      .or(openDialog().getByRole('link', { name: '看这家店' }))
      .click()
    await page.locator('.views-line').getByText('文件', { exact: true }).click()
    await page.getByText('没有包裹在等').first().waitFor()
    await page.getByText('还没有已匹配的商品').waitFor()
    expect(await findingsOf(page)).toEqual([])
    expect(await cutTexts(page)).toEqual([])
  })

  test('a shop that lives by files turns to the API, and back in one step', async () => {
    await goTo('/shops')
    await page.getByRole('button', { name: '木白文件店：更多操作' }).click()
    await page.getByRole('menuitem', { name: '改用接口（填密钥）' }).click()
    await cardOf('木白文件店').getByText('未完成连接', { exact: true }).first().waitFor()
    await page.getByRole('button', { name: '撤销', exact: true }).first().click()
    await cardOf('木白文件店').getByText('文件模式', { exact: true }).first().waitFor()
  })

  test('renamed, paused and resumed, read-only and taken back', async () => {
    await goTo('/shops')
    const more = () => page.getByRole('button', { name: '木白官网二店：更多操作' })
    await more().click()
    await page.getByRole('menuitem', { name: '暂停店铺' }).click()
    await cardOf('木白官网二店').getByText('已暂停', { exact: true }).waitFor()
    await page.getByRole('button', { name: '撤销', exact: true }).first().click()
    await cardOf('木白官网二店').getByText('正常', { exact: true }).waitFor()
    await more().click()
    await page.getByRole('menuitem', { name: '改为只读' }).click()
    await cardOf('木白官网二店').getByText('只读', { exact: true }).waitFor()
  })

  test('a shop in the shadow stage has its comparison, and goes back in one step', async () => {
    await goTo('/shops')
    await page.getByRole('button', { name: '木白官网二店：更多操作' }).click()
    await page.getByRole('menuitem', { name: '改为影子' }).click()
    await cardOf('木白官网二店').getByText('影子', { exact: true }).waitFor()
    await cardOf('木白官网二店').getByRole('link', { name: '木白官网二店', exact: true }).click()
    await page.locator('.views-line').getByText('影子对照', { exact: true }).click()
    await page.getByText('还没有可以对照的订单').waitFor()
    expect(await findingsOf(page)).toEqual([])
    expect(await cutTexts(page)).toEqual([])
    await page.getByRole('button', { name: '撤销', exact: true }).first().click()
    await page.getByText('只读', { exact: true }).first().waitFor()
  })

  test('deleted only when its name is typed', async () => {
    await goTo('/shops')
    await page.getByRole('button', { name: '木白官网二店：更多操作' }).click()
    await page.getByRole('menuitem', { name: '删除店铺' }).click()
    const remove = openDialog().getByRole('button', { name: '删除店铺' })
    expect(await remove.getAttribute('aria-disabled')).toBe('true')
    await openDialog()
      .getByLabel(/请输入“木白官网二店”/)
      .fill('木白官网二店')
    await page.keyboard.press('Enter')
    await expect.poll(() => cardOf('木白官网二店').count()).toBe(0)
  })

  test('calls are filtered by call and outcome, and the address holds the filter', async () => {
    await goTo('/shops?shop=1&tab=calls')
    await page.getByRole('gridcell').first().waitFor()
    await page.getByLabel('接口', { exact: true }).selectOption('orders.pull')
    await expect.poll(() => page.url()).toContain('operation=orders.pull')
    await page.reload()
    await page.getByRole('gridcell').first().waitFor()
    const seen = await page
      .getByRole('row')
      .filter({ has: page.getByRole('gridcell') })
      .allInnerTexts()
    expect(seen.length).toBeGreaterThan(0)
    expect(seen.filter((text) => !text.includes('orders.pull'))).toEqual([])
    await page.getByRole('button', { name: '失败', exact: true }).click()
    await page.getByText('没有符合条件的结果').waitFor()
  })

  test('an expired shop says so and is authorised again in one flow, by keyboard; it catches up by itself', async () => {
    const [shop] = sandbox.shops
    await shop!.fault([{ kind: 'expire', rate: 1 }])
    await goTo('/shops')
    const card = page.getByRole('article').filter({ hasText: '重新授权' }).first()
    await card.getByText(/已停：/).waitFor({ timeout: 60_000 })
    await shop!.fault([])
    const [missed] = await shop!.buy({ count: 1, seed: 77 })
    expect(await findingsOf(page)).toEqual([])
    await tabTo(page, '重新授权')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/shops\/authorised\?done=\d+/)
    await page.getByText(/授权成功/).waitFor()
    await page.getByText('已补抓到最新，没有漏下的时间').waitFor({ timeout: 30_000 })
    expect(await findingsOf(page)).toEqual([])
    await expect
      .poll(
        async () => {
          await page.goto(`/orders?q=${missed?.orderNo}`)
          await page.locator('.grid-row, .empty').first().waitFor()
          return page.getByRole('gridcell').count()
        },
        { timeout: 30_000, interval: 1_000 },
      )
      .toBeGreaterThan(0)
  })

  test('a link used up or made up is refused in words, with the way back', async () => {
    await page.goto('/shops/authorised?state=made-up&code=1')
    await page.getByText('授权链接只能用一次', { exact: false }).waitFor()
    await page.getByRole('link', { name: '回到渠道店铺' }).click()
    await page.locator('.shop-card').first().waitFor()
  })

  test('who may see shops but not manage them is told why', async () => {
    const reader = await visit(browser, { url: sandbox.url, login: 'lin' })
    await reader.goto('/shops')
    await reader.locator('.shop-card').first().waitFor()
    expect(await reader.getByRole('button', { name: '连接店铺' }).getAttribute('aria-disabled')).toBe('true')
    await reader.context().close()
  })
})
