import type { ReactNode } from 'react'
import { useWidth } from '../width.ts'
import { useWords } from '../words/language.ts'
import { partWords } from '../words/parts.ts'
import { Button } from './button.tsx'
import { useTakesRoom } from './room.ts'

interface SplitProps {
  readonly list: ReactNode
  /** Null while nothing is open. */
  readonly details: ReactNode | null
  /** What the details are about, for readers and as their head. */
  readonly title: ReactNode
  readonly onClose: () => void
}

/** List and details side by side; below 1200 px the details cover the list. */
export function SplitView({ list, details, title, onClose }: SplitProps) {
  const words = useWords(partWords)
  const width = useWidth()
  useTakesRoom(details !== null)
  const covers = width === 'narrow' || width === 'phone'
  return (
    <div className="split" data-open={details !== null || undefined}>
      <div className="split-list" inert={covers && details !== null}>
        {list}
      </div>
      {details !== null && (
        <aside className="split-details" aria-label={words.details.title} data-list="">
          <header>
            {covers && <Button kind="quiet" icon="left" name={words.back} onPress={onClose} />}
            <div className="split-title">{title}</div>
            {!covers && <Button kind="quiet" icon="close" name={words.details.close} onPress={onClose} />}
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
          <section className="split-body" tabIndex={0} aria-label={words.details.title}>
            {details}
          </section>
        </aside>
      )}
    </div>
  )
}
