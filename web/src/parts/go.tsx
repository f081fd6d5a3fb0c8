import { useRouter, useRouterState } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'

let loadAhead: (path: string) => void = () => undefined

/** How the page of an address is fetched before it is opened. Told by the desk, since pages are made of parts and not the other way. */
export function loadAheadWith(load: (path: string) => void): void {
  loadAhead = load
}

interface GoProps {
  /** An address of ours, with its search: `/review?view=late-today`. */
  readonly to: string
  readonly children: ReactNode
  readonly className?: string
  /** For a link that looks like a button. */
  readonly kind?: 'primary' | 'plain' | 'quiet'
  readonly name?: string | undefined
  readonly tip?: string | undefined
  readonly isCurrent?: boolean
  /** Inside a list, which has one tab stop. */
  readonly isRow?: boolean
}

/** A link within the product: without a reload, its page loaded while the pointer is on the way. */
export function Go({ to, children, className, kind, name, tip, isCurrent, isRow }: GoProps) {
  const router = useRouter()
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    router.history.push(to)
  }
  return (
    <a
      href={to}
      className={kind ? `btn ${className ?? ''}` : className}
      data-kind={kind}
      data-tip={tip}
      aria-label={name}
      aria-current={isCurrent ? 'page' : undefined}
      tabIndex={isRow ? -1 : undefined}
      onClick={follow}
      onMouseEnter={() => loadAhead(to.split('?')[0] ?? '')}
    >
      {children}
    </a>
  )
}

/** The address without its search. */
export const usePath = (): string => useRouterState({ select: (state) => state.location.pathname })

/** Goes to an address of ours, written as a link would be. */
export function useGo(): (to: string) => void {
  const router = useRouter()
  return (to) => router.history.push(to)
}
