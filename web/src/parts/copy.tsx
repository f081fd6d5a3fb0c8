import { useWords } from '../words/language.ts'
import { partWords } from '../words/parts.ts'
import { Button } from './button.tsx'
import { say } from './toast-store.ts'

interface CopyProps {
  /** What is copied. */
  readonly text: string
  /** Its name: 订单号. */
  readonly what: string
  readonly onCopied?: () => void
  /** Inside a list, which has one tab stop. */
  readonly isRow?: boolean
}

/** A button beside a number, address or name. */
export function Copy({ text, what, onCopied, isRow }: CopyProps) {
  const words = useWords(partWords).copy
  const copy = async () => {
    const done = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
    say({ tone: done ? 'ok' : 'warn', text: done ? words.done : words.failed })
    if (done) onCopied?.()
  }
  return (
    <span className="copy">
      <Button kind="quiet" small icon="copy" name={words.do(what)} isRow={isRow ?? false} onPress={() => void copy()} />
    </span>
  )
}
