import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, cutTexts, findingsOf, openBrowser, visit } from './aid/browser.ts'
import { type Sandbox, startSandbox } from './aid/product.ts'
import { type Scene, testScenes } from './aid/scenes.ts'

let sandbox: Sandbox
let browser: Browser

const list = async (page: Page, address: string) => {
  await page.goto(address)
  await page.getByRole('gridcell').first().waitFor()
  await page.getByRole('grid').focus()
}

const scenes: readonly Scene[] = [
  {
    scene: '工作台',
    show: async (page) => {
      await page.goto('/')
      await page.getByText('渠道状态').waitFor()
    },
  },
  { scene: '订单审核 at rest', show: (page) => list(page, '/review?view=all') },
  {
    scene: '订单审核 with a selection and details',
    show: async (page) => {
      await list(page, '/review?view=all')
      for (const key of ['KeyJ', 'KeyX', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Enter']) await page.keyboard.press(key)
      await page.getByRole('complementary').getByText('经过').waitFor()
    },
  },
  {
    scene: '订单审核 with a preview',
    show: async (page) => {
      await list(page, '/review?view=approved')
      for (const key of ['Control+KeyA', 'KeyB']) await page.keyboard.press(key)
      await page.locator('dialog[open] .preview-figure').waitFor()
    },
  },
  {
    scene: '订单审核 while holding',
    show: async (page) => {
      await list(page, '/review?view=approved')
      for (const key of ['KeyJ', 'KeyH']) await page.keyboard.press(key)
      await page.locator('dialog[open]').getByText('挂起到什么时候').waitFor()
    },
  },
  {
    scene: '订单审核 with the columns open',
    show: async (page) => {
      await list(page, '/review?view=all&note=no')
      await page.getByRole('button', { name: '列设置' }).click()
      await page.getByText('显示哪些列').waitFor()
    },
  },
  {
    scene: '订单审核 with more filters open',
    show: async (page) => {
      await list(page, '/review?view=all&note=no&q=MB')
      await page.getByRole('button', { name: '更多筛选' }).click()
      await page.getByLabel('省份').waitFor()
    },
  },
  {
    scene: '订单审核, nothing found',
    show: async (page) => {
      await page.goto('/review?view=all&q=nothing-of-this-name')
      await page.getByText('没有符合条件的结果').waitFor()
    },
  },
  {
    scene: '订单审核, keys told',
    show: async (page) => {
      await list(page, '/review?view=all')
      await page.keyboard.press('Shift+Slash')
      await page.locator('dialog[open]').getByText('启用单字母快捷键').waitFor()
    },
  },
  { scene: '全部订单', show: (page) => list(page, '/orders') },
  {
    scene: '订单页',
    show: async (page) => {
      await list(page, '/orders')
      await page.locator('.order-no').first().click()
      await page.getByText('商品与金额').waitFor()
    },
  },
  {
    scene: '渠道原文',
    show: async (page) => {
      await list(page, '/orders')
      await page.locator('.order-no').first().click()
      await page.getByRole('button', { name: '查看渠道原文' }).click()
      await page.locator('pre').first().waitFor()
    },
  },
  {
    scene: 'the palette',
    show: async (page) => {
      await page.goto('/')
      await page.getByText('渠道状态').waitFor()
      await page.keyboard.press('Control+KeyK')
      await page.locator('dialog[open] input').fill('ddsh')
      await page.locator('dialog[open]').getByText('订单审核').waitFor()
    },
  },
  {
    scene: 'a page that does not exist',
    show: async (page) => {
      await page.goto('/nowhere')
      await page.getByRole('heading', { name: '没有这个页面' }).waitFor()
    },
  },
]

describe.skipIf(browserPath === null)('pages', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    sandbox = await startSandbox(12)
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
  })

  testScenes(scenes, () => ({ browser, url: sandbox.url }))

  test.each([
    ['工作台', '/'],
    ['订单审核', '/review?view=all'],
    ['全部订单', '/orders'],
  ])('%s on a phone: one column, no finding, every target large enough', async (_, address) => {
    const page = await visit(browser, { url: sandbox.url, login: 'zhang', width: 390, height: 844 })
    await page.goto(address)
    await page.locator('.card, .card-row').first().waitFor()
    expect(await findingsOf(page)).toEqual([])
    expect(await cutTexts(page)).toEqual([])
    const small =
      await page.evaluate(`[...document.querySelectorAll('.card-row .box, .bottom-bar > *, .page-head .btn')]
      .map((element) => element.getBoundingClientRect())
      .filter(({ width, height }) => width < 48 || height < 48).length`)
    expect(small).toBe(0)
    await page.context().close()
  })

  test('in English nothing is cut and axe finds nothing', async () => {
    const page = await visit(browser, { url: sandbox.url, login: 'chen' })
    await page.getByRole('button', { name: '陈客服' }).click()
    await page.getByRole('menuitemradio', { name: 'English' }).click()
    await list(page, '/review?view=all')
    expect(await page.locator('h1').innerText()).toBe('Order review')
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    expect(await cutTexts(page)).toEqual([])
    expect(await findingsOf(page)).toEqual([])

    // Names and the marks of channels are data and stay as they are; every other word is English.
    await page.goto('/')
    await page.getByText('Last sync').waitFor()
    const words = (await page.locator('main').innerText()).split('\n').filter((line) => /\p{Script=Han}/u.test(line))
    expect(words.filter((line) => line.length > 1 && !line.startsWith('木白家居'))).toEqual([])
    await page.context().close()
  })

  test('the focus is never hidden by the selection bar', async () => {
    const page = await visit(browser, { url: sandbox.url, login: 'lin' })
    await list(page, '/review?view=all')
    for (const key of ['KeyJ', 'KeyX']) await page.keyboard.press(key)
    const bar = await page.getByRole('region', { name: '批量操作' }).boundingBox()
    const grid = await page.locator('.grid-box').boundingBox()
    expect(grid && bar && grid.y + grid.height <= bar.y).toBe(true)
    await page.keyboard.press('End')
    const active = await page.locator('.grid-row[data-active]').boundingBox()
    expect(active && bar && active.y + active.height <= bar.y).toBe(true)
    await page.context().close()
  })

  test('what a role may not do is neither offered nor done by key', async () => {
    const page = await visit(browser, { url: sandbox.url, login: 'zhao' })
    expect(await page.getByRole('navigation').getByText('员工与权限').count()).toBe(0)
    await list(page, '/orders')
    await page.getByRole('grid').focus()
    await page.keyboard.press('KeyJ')
    await page.keyboard.press('KeyA')
    expect(await page.locator('dialog[open]').count()).toBe(0)

    await page.goto('/people')
    await page.getByRole('heading', { name: '没有权限看这一页' }).waitFor()
    await page.getByText('管理员工与角色').waitFor()
    expect(await findingsOf(page)).toEqual([])
    await page.context().close()
  })
})
