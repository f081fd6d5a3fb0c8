import { useSyncExternalStore } from 'react'

export type Language = 'zh' | 'en'

/** Texts of one area: a text, a sentence with places, or a group of such. */
export type Words = { readonly [name: string]: string | readonly string[] | ((...places: never[]) => string) | Words }

/** The same area in both languages; the English must have every text of the Chinese. */
export interface Pair<W> {
  readonly zh: W
  readonly en: W
}

export function pair<W extends Words>(zh: W, en: NoInfer<W>): Pair<W> {
  return { zh, en }
}

let current: Language = 'zh'
const listeners = new Set<() => void>()

export const language = (): Language => current

export function setLanguage(next: Language): void {
  current = next
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en'
  for (const listener of listeners) listener()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useLanguage = (): Language => useSyncExternalStore(listen, language)

/** The texts of an area in the person's language. */
export function useWords<W>(area: Pair<W>): W {
  return area[useLanguage()]
}

/** The same outside of components; what is drawn must use `useWords`. */
export const wordsOf = <W>(area: Pair<W>): W => area[current]
