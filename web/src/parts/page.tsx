import { type ReactNode, useEffect } from 'react'
import { countText } from '../format.ts'
import { bootWords } from '../words/boot.ts'
import { useWords } from '../words/language.ts'

interface PageProps {
  readonly title: string
  /** What waits here; stands in the browser's title. */
  readonly count?: number | undefined
  /** At most one quiet fact. */
  readonly fact?: ReactNode
  /** At most three buttons, one of them primary. */
  readonly acts?: ReactNode
  readonly children: ReactNode
  /** `list`: fills the window and scrolls inside. `read`: scrolls as a whole. */
  readonly shape?: 'list' | 'read'
}

/** A page: one line of head, then the body. */
export function Page({ title, count, fact, acts, children, shape = 'read' }: PageProps) {
  const product = useWords(bootWords).product
  useEffect(() => {
    const waiting = count === undefined || count === 0 ? '' : ` (${countText(count)})`
    document.title = `${title}${waiting} · ${product}`
  }, [title, count, product])
  return (
    <main className="page" data-shape={shape} id="page" tabIndex={-1}>
      <header className="page-head">
        <h1>{title}</h1>
        {fact && <span className="quiet">{fact}</span>}
        {acts && <div className="line push wrap">{acts}</div>}
      </header>
      {children}
    </main>
  )
}
