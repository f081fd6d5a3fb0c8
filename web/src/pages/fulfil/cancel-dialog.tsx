import { useState } from 'react'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { AreaField, Choices } from '../../parts/field.tsx'
import { fulfilWords } from '../../words/fulfil.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'

interface CancelProps {
  readonly count: number
  readonly isRunning: boolean
  readonly onCancel: (reason: string) => void
  readonly onClose: () => void
}

/** 取消包裹: why, and what becomes of orders and numbers. */
export function CancelDialog({ count, isRunning, onCancel, onClose }: CancelProps) {
  const words = useWords(fulfilWords)
  const stay = useWords(partWords).back
  const [reason, setReason] = useState<string | null>(null)
  const [more, setMore] = useState('')
  const [isTold, setTold] = useState(false)
  const text = [reason, more.trim()].filter(Boolean).join('：')
  const send = () => {
    setTold(true)
    if (text !== '' && !isRunning) onCancel(text)
  }
  return (
    <Dialog
      title={words.cancel.title}
      onClose={onClose}
      onSend={send}
      foot={
        <>
          <Button onPress={onClose}>{stay}</Button>
          <Button kind="danger" submit busy={isRunning} keys="$mod+Enter">
            {words.does.cancel(countText(count))}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="quiet">{words.cancel.help}</p>
        <Choices
          label={words.cancel.reason}
          value={reason}
          options={words.cancel.reasons.map((each) => ({ value: each, label: each }))}
          onChange={setReason}
          wrong={isTold && text === '' ? words.cancel.need : null}
        />
        <AreaField label={words.cancel.other} value={more} onChange={setMore} maxLength={150} rows={2} />
      </div>
    </Dialog>
  )
}
