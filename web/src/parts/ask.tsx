import type { ReactNode } from 'react'
import { useWords } from '../words/language.ts'
import { partWords } from '../words/parts.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

interface AskProps {
  readonly title: string
  /** What happens at once, and whether it can be taken back. */
  readonly children: ReactNode
  /** Verb and object: 吊销令牌. */
  readonly deed: string
  readonly isRunning: boolean
  /** False for what harms nobody; the button is then the primary one. */
  readonly isHarm?: boolean
  readonly onDo: () => void
  readonly onClose: () => void
}

/** Asks before harm is done; the button repeats the deed. */
export function Ask({ title, children, deed, isRunning, isHarm = true, onDo, onClose }: AskProps) {
  const cancel = useWords(partWords).cancel
  return (
    <Dialog
      title={title}
      width={440}
      onClose={onClose}
      onSend={isRunning ? undefined : onDo}
      foot={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button kind={isHarm ? 'danger' : 'primary'} submit busy={isRunning}>
            {deed}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
