import type { ReactNode } from 'react'
import { useWords } from '../words/language.ts'
import { partWords } from '../words/parts.ts'
import { Button } from './button.tsx'
import { Copy } from './copy.tsx'
import { failureText } from './toast-store.ts'

interface EmptyProps {
  readonly title: string
  readonly children?: ReactNode
  /** One main button. */
  readonly act?: ReactNode
}

/** Nothing to show: why, and what to do next. Never a bare "no data". */
export function Empty({ title, children, act }: EmptyProps) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children && <div className="quiet prose">{children}</div>}
      {act && <div className="line wrap">{act}</div>}
    </div>
  )
}

interface FailedProps {
  readonly error: unknown
  /** What could not be read: 订单列表. */
  readonly what: string
  readonly onAgain?: (() => void) | undefined
  /** The time of the old data that is still shown. */
  readonly oldTime?: string | undefined
}

/** A read that failed, in words: what, why, whether old data is shown, and a way to try again. */
export function Failed({ error, what, onAgain, oldTime }: FailedProps) {
  const words = useWords(partWords).failure
  const { text, requestId } = failureText(error)
  return (
    <div className="notice" data-tone="err" role="alert">
      <strong>{words.what(what)}</strong>
      <span>{text}</span>
      {oldTime && <span>{words.old(oldTime)}</span>}
      <div className="line wrap">
        {onAgain && (
          <Button small onPress={onAgain}>
            {words.again}
          </Button>
        )}
        {requestId && (
          <span className="small line">
            {words.requestId} {requestId} <Copy text={requestId} what={words.requestId} />
          </span>
        )}
      </div>
    </div>
  )
}

/** Grey bars where rows will be, at their heights; only after 200 ms. */
export function Skeleton({ rows, height = 53 }: { readonly rows: number; readonly height?: number }) {
  const words = useWords(partWords)
  return (
    <div className="skeleton" role="status" aria-label={words.loading}>
      {Array.from({ length: rows }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars that are all the same.
        <div key={at} style={{ height }}>
          <i style={{ width: `${30 + ((at * 37) % 40)}%` }} />
          {height > 40 && <i style={{ width: `${20 + ((at * 53) % 30)}%` }} />}
        </div>
      ))}
    </div>
  )
}

interface ReadProps<T> {
  readonly read: { readonly data: T | undefined; readonly error: unknown; readonly refetch: () => unknown }
  readonly what: string
  readonly rows?: number
  readonly children: (data: T) => ReactNode
}

/** What was read, or why not, or bars while it is on its way. */
export function Shown<T>({ read, what, rows = 6, children }: ReadProps<T>) {
  const again = () => void read.refetch()
  if (read.data !== undefined)
    return (
      <>
        {read.error !== null && read.error !== undefined && <Failed error={read.error} what={what} onAgain={again} />}
        {children(read.data)}
      </>
    )
  if (read.error) return <Failed error={read.error} what={what} onAgain={again} />
  return <Skeleton rows={rows} height={37} />
}
