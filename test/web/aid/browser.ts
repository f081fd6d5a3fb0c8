import { existsSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test'

const places = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where the machine's browser is, or null; without one the tests of pages are skipped. */
export const browserPath = places.find((place) => place !== undefined && existsSync(place)) ?? null

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export async function openBrowser(): Promise<Browser> {
  if (browserPath === null) throw new Error('there is no browser')
  return chromium.launch({ executablePath: browserPath, args: quiet })
}

export interface VisitOptions {
  readonly url: string
  readonly login?: string
  readonly theme?: 'light' | 'dark'
  readonly width?: number
  readonly height?: number
}

const demoPassword = 'mubai-2026-demo'

/** A page of its own browser profile, in Chinese and Beijing time; signed in where a `login` is given. Errors of the page fail the test. */
export async function visit(browser: Browser, options: VisitOptions): Promise<Page> {
  const { url, login, theme = 'light', width = 1440, height = 900 } = options
  const facts: BrowserContextOptions = {
    viewport: { width, height },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: theme,
    reducedMotion: 'reduce',
    baseURL: url,
  }
  const page = await (await browser.newContext(facts)).newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => {
    throw error
  })
  await page.goto('/')
  if (login !== undefined) await signIn(page, login)
  return page
}

async function signIn(page: Page, login: string): Promise<void> {
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('密码', { exact: true }).fill(demoPassword)
  await page.getByRole('button', { name: '登录' }).click()
  await page.locator('.frame').waitFor()
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe finds by WCAG 2.2 AA: one line a finding, with the element. */
export async function findingsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`))
}

/** Elements whose text is cut without an ellipsis, and whatever makes the page scroll sideways. */
export async function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('body *')]
    .filter((element) => {
      const style = getComputedStyle(element)
      const overflows = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1
      const isHeard = element.closest('.heard-only, svg, input, select, textarea')
      const mayScroll = /auto|scroll/.test(style.overflowX)
      return overflows && !isHeard && !mayScroll && style.overflowX !== 'visible' && style.textOverflow !== 'ellipsis'
    })
    .map((element) => element.className + ': ' + element.textContent.slice(0, 40))
    .concat(document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [])`)
}
