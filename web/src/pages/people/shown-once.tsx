import type { ReactNode } from 'react'
import { Button } from '../../parts/button.tsx'
import { Copy } from '../../parts/copy.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useWords } from '../../words/language.ts'
import { peopleWords } from '../../words/people.ts'

interface ShownOnceProps {
  readonly title: string
  readonly secret: string
  /** Its name: 密码, 令牌. */
  readonly what: string
  /** How it is handed over or used. */
  readonly children: ReactNode
  readonly onClose: () => void
}

/** A secret that can be read this once. */
export function ShownOnce({ title, secret, what, children, onClose }: ShownOnceProps) {
  const words = useWords(peopleWords).once
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSend={onClose}
      foot={
        <Button kind="primary" submit>
          {words.done}
        </Button>
      }
    >
      <div className="stack">
        <p className="notice" data-tone="warn">
          {words.warning}
        </p>
        <div className="secret">
          <code>{secret}</code>
          <Copy text={secret} what={what} />
        </div>
        <div>{children}</div>
      </div>
    </Dialog>
  )
}
