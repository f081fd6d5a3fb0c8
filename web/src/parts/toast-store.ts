import type { FailureBody } from '../../../src/contract/route.ts'
import { CallFailed } from '../api.ts'
import { language, wordsOf } from '../words/language.ts'
import { partWords } from '../words/parts.ts'

export interface Toast {
  readonly id: number
  readonly tone: 'ok' | 'warn' | 'err' | 'info'
  readonly text: string
  /** A second, quieter sentence. */
  readonly more?: string
  /** What takes it back; also `Ctrl Z` while it is the newest. */
  readonly undo?: () => void
  /** Another thing to do about it. */
  readonly act?: { readonly label: string; readonly run: () => void }
  readonly requestId?: string
}

const seenMs = 4_000
const undoMs = 10_000
const atOnce = 4
let next = 1
let toasts: readonly Toast[] = []
const listeners = new Set<() => void>()

export const toastsNow = (): readonly Toast[] => toasts

export function listenToToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Says something at the lower left: 4 s, with an undo 10 s; what is wrong stays until closed. */
export function say(toast: Omit<Toast, 'id'>): number {
  const id = next++
  set([...toasts, { ...toast, id }].slice(-atOnce))
  if (toast.tone !== 'err') setTimeout(() => unsay(id), toast.undo || toast.act ? undoMs : seenMs)
  return id
}

export function unsay(id: number): void {
  set(toasts.filter((toast) => toast.id !== id))
}

/** Takes back the newest thing that can be taken back. False when there is none. */
export function undoNewest(): boolean {
  const toast = toasts.findLast((each) => each.undo !== undefined)
  if (toast === undefined) return false
  unsay(toast.id)
  toast.undo?.()
  return true
}

/** Says a failed call in words, with the number under which the server's log has it. */
export function sayFailure(error: unknown): void {
  const told = failureText(error)
  say({ tone: 'err', text: told.text, ...(told.requestId && { requestId: told.requestId }) })
}

/** A failure's words in the person's language. What is not the server's word is a fault of the page. */
export function failureText(error: unknown): { text: string; requestId: string; body: FailureBody | null } {
  if (!(error instanceof CallFailed)) {
    console.error(error)
    const { page, load } = wordsOf(partWords).failure
    return { text: isLoading(error) ? load : page, requestId: '', body: null }
  }
  return { text: error.body[language()], requestId: error.body.requestId, body: error.body }
}

/** A file of the page did not come: no network, or another version on the server. Each browser has its own words for it. */
const isLoading = (error: unknown) =>
  error instanceof Error && /dynamically imported module|module script|preload CSS/i.test(error.message)

function set(all: readonly Toast[]): void {
  toasts = all
  for (const listener of listeners) listener()
}
