import type { Browser, Page } from '@playwright/test'
import { beforeAll, describe, expect, test } from 'vitest'
import { cutTexts, findingsOf, visit } from './browser.ts'

/** A page in one of its states. */
export interface Scene {
  readonly scene: string
  readonly show: (page: Page) => Promise<void>
}

/** Each scene in light and dark: axe finds nothing, no text is cut. `opened` is asked once the browser and the product run. */
export function testScenes(
  scenes: readonly Scene[],
  opened: () => { readonly browser: Browser; readonly url: string },
): void {
  describe.each(['light', 'dark'] as const)('in %s', (theme) => {
    let page: Page
    beforeAll(async () => {
      const { browser, url } = opened()
      page = await visit(browser, { url, login: 'zhang', theme })
    })

    test.each(scenes)('$scene: axe finds nothing, nothing is cut', async ({ show }) => {
      await show(page)
      expect(await findingsOf(page)).toEqual([])
      expect(await cutTexts(page)).toEqual([])
    })
  })
}
