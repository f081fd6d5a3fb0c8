import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Browser, Page } from '@playwright/test'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, cutTexts, findingsOf, openBrowser, visit } from './aid/browser.ts'
import { type Sandbox, startSandbox } from './aid/product.ts'

let sandbox: Sandbox
let browser: Browser
let page: Page

const openDialog = () => page.locator('dialog[open]')
const rows = () => page.getByRole('row').filter({ has: page.getByRole('gridcell') })
const press = async (...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
/** Goes on by Tab until this has the focus, as somebody without a mouse does. */
const tabTo = async (name: string) => {
  for (let steps = 0; steps < 60; steps += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(
      `document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.closest('label')?.textContent ?? document.activeElement?.textContent ?? ''`,
    )
    if (String(focused).startsWith(name)) return
  }
  throw new Error(`${name} cannot be reached by Tab`)
}

describe.skipIf(browserPath === null)('people, roles, tokens, audit and system', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    sandbox = await startSandbox(2)
    page = await visit(browser, { url: sandbox.url, login: 'zhang' })
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
  })

  test('by keyboard alone a person is added, and the made-up password is shown once', async () => {
    await page.goto('/people')
    await rows().first().waitFor()
    await page.locator('#page').focus()
    await tabTo('新建员工')
    await press('Enter')
    await page.keyboard.type('周小满')
    await press('Tab')
    await page.keyboard.type('xiaoman')
    await tabTo('客服')
    await press('Space', 'Control+Enter')
    await openDialog().getByText('周小满的初始密码').waitFor()
    expect(await openDialog().locator('code').innerText()).toMatch(/^\S{8,}$/)
    expect(await findingsOf(page)).toEqual([])
    await press('Control+Enter')
    await expect.poll(() => openDialog().count()).toBe(0)
    await expect.poll(() => rows().filter({ hasText: '周小满' }).innerText()).toContain('待改密码')
  })

  test('what is wrong with a new person is told at its field', async () => {
    await page.goto('/people')
    await page.getByRole('button', { name: '新建员工' }).click()
    await page.keyboard.type('又一位')
    await openDialog().getByLabel('登录名').fill('xiaoman')
    await openDialog().getByLabel('审计').check()
    await press('Control+Enter')
    await expect.poll(() => openDialog().getByRole('alert').innerText()).toContain('xiaoman')
    expect(await openDialog().getByLabel('登录名').getAttribute('aria-invalid')).toBe('true')
  })

  test('what was typed into a dialog is not thrown away by one Esc', async () => {
    await press('Escape')
    await openDialog().getByText('填的还没有保存').waitFor()
    expect(await findingsOf(page)).toEqual([])
    await openDialog().getByRole('button', { name: '继续填' }).click()
    expect(await openDialog().getByLabel('登录名').inputValue()).toBe('xiaoman')
    await press('Escape', 'Escape')
    await expect.poll(() => openDialog().count()).toBe(0)
    await page.getByRole('button', { name: '新建员工' }).click()
    await press('Escape')
    await expect.poll(() => openDialog().count()).toBe(0)
  })

  test('a person is deactivated only after it is said what that does; nobody deactivates themselves', async () => {
    await page.goto('/people?q=xiaoman')
    await rows().first().waitFor()
    await page.getByRole('grid').focus()
    await press('KeyJ', 'Enter')
    const details = page.getByRole('complementary')
    await details.getByRole('button', { name: '停用员工' }).click()
    await openDialog().getByText('不能再登录').waitFor()
    await openDialog().getByRole('button', { name: '停用员工' }).click()
    await details.getByRole('button', { name: '启用员工' }).waitFor()
    await details.getByRole('button', { name: '启用员工' }).click()
    await details.getByRole('button', { name: '停用员工' }).waitFor()
    await page.goto('/people?open=1')
    const off = details.getByRole('button', { name: '停用员工' })
    expect(await off.getAttribute('aria-disabled')).toBe('true')
  })

  test('a role is read aloud with its menu, and changed', async () => {
    await page.goto('/people?view=roles')
    const role = page.getByRole('article', { name: '客服' })
    await role.getByText('审核、挂起、放行订单').waitFor()
    expect(await role.innerText()).not.toContain('导出订单')
    await role.getByRole('button', { name: '改角色' }).focus()
    await press('Enter')
    await openDialog().getByText('立即生效').waitFor()
    await tabTo('导出订单')
    await press('Space', 'Control+Enter')
    await page.getByText('角色“客服”已保存').waitFor()
    await expect.poll(() => role.innerText()).toContain('导出订单')
    const owner = page.getByRole('article', { name: '店主' })
    expect(await owner.getByRole('button', { name: '改角色' }).getAttribute('aria-disabled')).toBe('true')
  })

  test('a token is shown once, works, and is refused as soon as it is revoked', async () => {
    await page.goto('/people?view=tokens')
    await page.getByText('还没有接口令牌').waitFor()
    await page.locator('.page-head').getByRole('button', { name: '新建令牌' }).click()
    await press('Control+Enter')
    await openDialog().getByText('至少选一项权限').waitFor()
    await openDialog().getByRole('textbox', { name: '用途' }).fill('进销存对接')
    await openDialog().getByLabel('看订单', { exact: true }).check()
    await press('Control+Enter')
    await openDialog().getByText('只显示这一次').waitFor()
    const token = await openDialog().locator('.secret code').innerText()
    const ask = () =>
      fetch(`${sandbox.url}/api/v1/orders`, { headers: { authorization: `Bearer ${token}` } }).then(
        ({ status }) => status,
      )
    expect(await ask()).toBe(200)
    await press('Control+Enter')
    await rows().first().waitFor()
    await page.getByRole('grid').focus()
    await press('KeyJ', 'Enter')
    await page.getByRole('complementary').getByRole('button', { name: '吊销令牌' }).click()
    await openDialog().getByText('不能恢复').waitFor()
    await press('Control+Enter')
    await expect.poll(() => rows().first().innerText()).toContain('已吊销')
    expect(await ask()).toBe(401)
  })

  test('the trail tells what changed in the role; filters narrow it and stand in the address', async () => {
    await page.goto('/audit?deed=security.role-changed')
    await rows().first().waitFor()
    expect(await rows().count()).toBe(1)
    expect(await rows().first().innerText()).toContain('加上 导出订单')
    await page.getByRole('grid').focus()
    await press('KeyJ', 'Enter')
    await page.getByRole('complementary').getByRole('button', { name: '只看这个对象' }).click()
    await expect.poll(() => page.url()).toMatch(/object=role&id=\d/)
    await page.getByRole('combobox', { name: '时间' }).selectOption('today')
    await expect.poll(() => page.url()).toContain('span=today')
    await page.getByRole('button', { name: '清空' }).click()
    await expect.poll(() => rows().count()).toBeGreaterThan(10)
  })

  test('the trail is read page by page and back', async () => {
    await page.goto('/audit?size=20')
    await rows().first().waitFor()
    const first = await rows().first().innerText()
    await page.getByRole('button', { name: '下一页' }).click()
    await expect.poll(() => page.url()).toContain('after=')
    await page.getByRole('button', { name: '上一页' }).click()
    await expect.poll(() => page.url()).not.toContain('after=')
    await expect.poll(() => rows().first().innerText()).toBe(first)
  })

  test('the trail is exported as it is filtered', async () => {
    await page.goto('/audit?deed=security.token-revoked')
    await rows().first().waitFor()
    const file = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出' }).click()
    expect((await file).suggestedFilename()).toMatch(/^审计日志-\d{4}-\d{2}-\d{2}\.csv$/)
  })

  test('a job that failed is retried by key, and a page of them is dismissed with a reason', async () => {
    await layDown(['messages.pull', 'products.pull', 'products.pull'])
    await page.goto('/system?tab=failures')
    await expect.poll(() => rows().count()).toBe(3)
    await page.getByRole('grid').focus()
    await press('KeyJ', 'KeyT')
    await openDialog().getByText('重新排队').waitFor()
    await press('Control+Enter')
    await page.getByText('已重新排队 1 个').waitFor()
    await page.getByRole('button', { name: '已处理' }).click()
    await expect.poll(() => rows().first().innerText()).toContain('已重试')
    await page.getByRole('button', { name: '待处理' }).click()
    await expect.poll(() => rows().count()).toBe(2)
    await page.getByRole('grid').focus()
    await press('KeyJ', 'Control+KeyA', 'KeyD')
    await press('Control+Enter')
    await openDialog().getByText('请填写原因').waitFor()
    await page.keyboard.type('店铺不做了')
    await press('Control+Enter')
    await page.getByText('2 个任务不再处理').waitFor()
    await page.goto('/audit?deed=ops.failures-dismissed')
    await expect.poll(() => rows().first().innerText()).toContain('店铺不做了')
  })

  test('signing out everywhere asks first', async () => {
    await page.goto('/system')
    await page.getByRole('button', { name: '张先生' }).click()
    await page.getByRole('menuitem', { name: '退出所有设备' }).click()
    await openDialog().getByText('都会失效').waitFor()
    await press('Escape')
    await expect.poll(() => openDialog().count()).toBe(0)
  })

  describe.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
    ['dark', 390],
  ] as const)('in %s at %d', (theme, width) => {
    let other: Page
    beforeAll(async () => {
      const height = width === 390 ? 844 : 900
      other = await visit(browser, { url: sandbox.url, login: 'zhang', theme, width, height })
    })
    afterAll(() => other?.context().close())

    test.each([
      ['/people', '周小满'],
      ['/people?open=3', '重设密码'],
      ['/people?view=roles', '菜单里有'],
      ['/people?view=tokens', '进销存对接'],
      ['/audit', '来源地址'],
      ['/audit?view=personal', '没有人看过明文'],
      ['/audit?q=&deed=nothing', '没有符合条件的结果'],
      ['/system', '启用的模块'],
      ['/system?tab=failures', '待处理'],
      ['/system?tab=jobs', '多久一次'],
      ['/system?tab=keys', '收件人'],
    ])('%s: axe finds nothing, nothing is cut', async (address, told) => {
      await other.goto(address)
      await other.locator('#page').getByText(told).first().waitFor()
      expect(await findingsOf(other)).toEqual([])
      expect(await cutTexts(other)).toEqual([])
    })
  })
})

/** Lays jobs down as the worker does when it gives up; they are true jobs, and run when they are put back. */
async function layDown(jobs: readonly string[]): Promise<void> {
  const cluster = path.join(sandbox.dataDir, 'sandbox')
  const passwords = JSON.parse(await readFile(path.join(cluster, 'postgres-passwords.json'), 'utf8')) as {
    program: string
  }
  const host = path.join(cluster, 'postgres')
  const client = new pg.Client({ host, user: 'tongdan', database: 'tongdan', password: passwords.program })
  await client.connect()
  for (const job of jobs) {
    await client.query(
      `insert into platform.dead_letter (job, input, queue, priority, tried, code, details, because, laid_down_at)
       values ($1, '{"shopId":1}', 'shop:1', 0, 30, 'CHANNEL_UNREACHABLE', '{"channel":"淘宝"}', 'gave-up', now())`,
      [job],
    )
  }
  await client.end()
}
