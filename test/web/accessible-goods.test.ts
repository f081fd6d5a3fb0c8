import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { browserPath, cutTexts, findingsOf, openBrowser, visit } from './aid/browser.ts'
import { type Sandbox, startSandbox } from './aid/product.ts'
import { callAs, parcelsOf, scan } from './aid/scan.ts'
import { type Scene, testScenes } from './aid/scenes.ts'

let sandbox: Sandbox
let browser: Browser

const rows = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('gridcell') })
const list = async (page: Page, address: string) => {
  await page.goto(address)
  await rows(page).first().waitFor()
  await page.getByRole('grid').focus()
}
const open = async (page: Page, address: string) => {
  await list(page, address)
  for (const key of ['KeyJ', 'Enter']) await page.keyboard.press(key)
  await page.getByRole('complementary').waitFor()
}
const dialog = (page: Page) => page.locator('dialog[open]')

const scenes: readonly Scene[] = [
  { scene: '待配货', show: (page) => list(page, '/fulfil?step=to-allocate') },
  { scene: '待打单 with a parcel open', show: (page) => open(page, '/fulfil?step=to-print') },
  {
    scene: '待打单 with a selection',
    show: async (page) => {
      await list(page, '/fulfil?step=to-print')
      for (const key of ['KeyJ', 'KeyX', 'Shift+ArrowDown']) await page.keyboard.press(key)
      await page.getByRole('region', { name: '批量操作' }).waitFor()
    },
  },
  {
    scene: '取消包裹',
    show: async (page) => {
      await open(page, '/fulfil?step=to-print')
      await page.getByRole('button', { name: '取消包裹' }).click()
      await dialog(page).waitFor()
    },
  },
  {
    scene: '逐个扫运单号',
    show: async (page) => {
      await list(page, '/fulfil?step=to-print')
      for (const key of ['KeyJ', 'KeyX']) await page.keyboard.press(key)
      await page.getByRole('button', { name: '逐个扫运单号' }).click()
      await dialog(page).waitFor()
    },
  },
  { scene: '已发 with a parcel open', show: (page) => open(page, '/fulfil?step=shipped') },
  {
    scene: '未回传, nothing there',
    show: async (page) => {
      await page.goto('/fulfil?step=unsent')
      await page.getByText('没有未回传的').waitFor()
    },
  },
  {
    scene: '快递与号池',
    show: async (page) => {
      await page.goto('/fulfil?step=to-print')
      await page.getByRole('button', { name: '快递与号池' }).click()
      await dialog(page).getByText('中通快递').first().waitFor()
    },
  },
  {
    scene: '扫码验货 at rest',
    show: async (page) => {
      await page.goto('/check')
      await page.getByText('请扫面单').waitFor()
    },
  },
  {
    scene: '扫码验货 with a parcel open',
    show: async (page) => {
      const [parcel] = await parcelsOf(page, 'to-print')
      await page.goto('/check')
      await page.getByText('请扫面单').waitFor()
      await scan(page, parcel?.waybillNo ?? '')
      await page.locator('.bench-lines').waitFor()
    },
  },
  {
    scene: '商品匹配, all matched',
    show: async (page) => {
      await page.goto('/listings')
      await page.getByText('店铺里的商品都匹配好了').waitFor()
    },
  },
  { scene: '商品匹配 with a listing open', show: (page) => open(page, '/listings?view=matched') },
  {
    scene: '找 SKU',
    show: async (page) => {
      await list(page, '/listings?view=matched')
      for (const key of ['KeyJ', 'KeyS']) await page.keyboard.press(key)
      await dialog(page).getByRole('listbox').getByRole('option').first().waitFor()
    },
  },
  { scene: '商品 with a SKU open', show: (page) => open(page, '/products') },
  {
    scene: '新建 SKU, refused',
    show: async (page) => {
      await list(page, '/products')
      await page.getByRole('button', { name: '新建 SKU' }).click()
      await page.keyboard.press('Control+Enter')
      await dialog(page).getByText('请填写').first().waitFor()
    },
  },
  {
    scene: '库存 with a SKU open',
    show: async (page) => {
      await open(page, '/stock')
      await page.getByRole('complementary').getByText('库存流水').waitFor()
    },
  },
  {
    scene: '盘点',
    show: async (page) => {
      await list(page, '/stock')
      await page.getByRole('button', { name: '盘点' }).click()
      await dialog(page).getByRole('combobox').last().fill('MB-2001')
      await dialog(page).getByRole('listbox').getByRole('option').first().waitFor()
      await page.keyboard.press('Enter')
      await dialog(page).getByLabel('数到的件数 MB-2001').waitFor()
    },
  },
  {
    scene: '仓库',
    show: async (page) => {
      await page.goto('/stock?view=warehouses')
      await page.getByText('漳州主仓').waitFor()
    },
  },
]

describe.skipIf(browserPath === null)('shipping, goods and stock', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    sandbox = await startSandbox(12)
    const page = await visit(browser, { url: sandbox.url, login: 'zhang' })
    await vi.waitFor(
      async () => {
        const { views } = (await callAs(page, 'GET', '/orders/counts')) as { views: { approved: number } }
        expect(views.approved).toBeGreaterThan(12)
      },
      { timeout: 60_000, interval: 1_000 },
    )
    const { rows: orders } = (await callAs(page, 'GET', '/orders?view=approved&limit=9')) as { rows: { id: number }[] }
    await callAs(page, 'POST', '/parcels/allocate', { orderIds: orders.map(({ id }) => id) })
    const [first] = await parcelsOf(page, 'to-print')
    await callAs(page, 'POST', '/parcels/ship', { parcelIds: [first?.id], unchecked: true })
    await page.context().close()
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
  })

  testScenes(scenes, () => ({ browser, url: sandbox.url }))

  test.each(['/fulfil?step=to-print', '/check', '/listings?view=matched', '/products', '/stock'])(
    '%s on a phone: one column, no finding, nothing cut',
    async (address) => {
      const page = await visit(browser, { url: sandbox.url, login: 'zhang', width: 390, height: 844 })
      await page.goto(address)
      await page.locator('.card-row, .bench-band').first().waitFor()
      expect(await findingsOf(page)).toEqual([])
      expect(await cutTexts(page)).toEqual([])
      await page.context().close()
    },
  )

  test('in English nothing is left in Chinese but names, and nothing is cut', async () => {
    const page = await visit(browser, { url: sandbox.url, login: 'wang' })
    await page.getByRole('button', { name: '王仓库' }).click()
    await page.getByRole('menuitemradio', { name: 'English' }).click()
    for (const address of ['/fulfil?step=to-print', '/listings?view=matched', '/products', '/stock']) {
      await list(page, address)
      expect(await cutTexts(page)).toEqual([])
      const heads = await page.locator('h1, .views-line, .grid-head, .page-head, .list-foot').allInnerTexts()
      expect(heads.join(' ').replaceAll(/[\p{Script=Han}]+(?=: )/gu, '')).not.toMatch(/\p{Script=Han}/u)
    }
    await page.context().close()
  })

  test('whoever may not see costs finds none: no column, no field', async () => {
    const page = await visit(browser, { url: sandbox.url, login: 'chen' })
    await open(page, '/products')
    expect(await page.getByText('成本').count()).toBe(0)
    await page.getByRole('button', { name: '列设置' }).click()
    expect(await page.getByText('成本').count()).toBe(0)
    await page.context().close()
  })
})
