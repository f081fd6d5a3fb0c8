import { type ReactNode, useState } from 'react'
import { useWords } from '../words/language.ts'
import { partWords } from '../words/parts.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { TextField } from './field.tsx'

interface ConfirmProps {
  readonly title: string
  /** What must be typed. */
  readonly name: string
  /** What cannot be taken back, and what stays. */
  readonly children: ReactNode
  /** Verb and object: 删除店铺. */
  readonly deed: string
  readonly isRunning: boolean
  readonly onDo: (typed: string) => void
  readonly onClose: () => void
}

/** For what cannot be taken back: the consequences, and the name typed by hand. */
export function ConfirmByName({ title, name, children, deed, isRunning, onDo, onClose }: ConfirmProps) {
  const words = useWords(partWords)
  const [typed, setTyped] = useState('')
  const agrees = typed.trim() === name
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSend={agrees && !isRunning ? () => onDo(typed.trim()) : undefined}
      foot={
        <>
          <Button onPress={onClose}>{words.cancel}</Button>
          <Button kind="danger" submit busy={isRunning} because={agrees ? null : words.confirm.type(name)}>
            {deed}
          </Button>
        </>
      }
    >
      <div className="stack">
        <div>{children}</div>
        <TextField
          isFirst
          label={words.confirm.type(name)}
          value={typed}
          onChange={setTyped}
          wrong={typed.length >= name.length && !agrees ? words.confirm.mismatch : null}
        />
      </div>
    </Dialog>
  )
}
