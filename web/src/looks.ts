import type { Preferences } from '../../src/contract/security.ts'
import { keep, kept } from './keep.ts'
import { setLanguage } from './words/language.ts'

/** 语言 and 外观: kept per person by the server, and on this device for the moment before the server has answered. */
const place = 'tongdan.looks'
const dark = window.matchMedia('(prefers-color-scheme: dark)')
let chosen: Preferences = { language: navigator.language.startsWith('zh') ? 'zh' : 'en', theme: 'system' }

export const looks = (): Preferences => chosen

/** What is drawn now. */
const themeNow = (): 'light' | 'dark' => {
  if (chosen.theme !== 'system') return chosen.theme
  return dark.matches ? 'dark' : 'light'
}

export function applyLooks(next: Preferences): void {
  chosen = next
  keep(place, next)
  setLanguage(next.language)
  applyTheme()
}

/** Shows the page as it was last seen on this device. */
export function rememberLooks(): void {
  const last = kept(place)
  if (last !== null && typeof last === 'object') chosen = { ...chosen, ...(last as Partial<Preferences>) }
  setLanguage(chosen.language)
  applyTheme()
  dark.addEventListener('change', applyTheme)
}

function applyTheme(): void {
  document.documentElement.dataset.theme = themeNow()
}
