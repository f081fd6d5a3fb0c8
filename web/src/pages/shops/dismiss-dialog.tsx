import { useState } from 'react'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { AreaField } from '../../parts/field.tsx'
import { say } from '../../parts/toast-store.ts'
import { useDo } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { shopWords } from '../../words/shops.ts'
import type { Unsent } from './unsent-tab.tsx'

interface DismissProps {
  readonly chosen: readonly Unsent[]
  readonly onClose: () => void
  readonly onDone: () => void
}

const reasonMin = 2
const reasonMax = 200
const shown = 6

/** 不再送达: what will not be told, and why, which goes to the audit log. */
export function DismissDialog({ chosen, onClose, onDone }: DismissProps) {
  const words = useWords(shopWords).unsent
  const parts = useWords(partWords)
  const [reason, setReason] = useState('')
  const { run, isRunning } = useDo('POST /unsent/dismiss', {
    changes: ['GET /unsent', 'GET /shops', 'GET /shops/:shopId'],
    onDone: ({ done }) => {
      say({ tone: 'ok', text: words.didDismiss(countText(done)) })
      onClose()
      onDone()
    },
  })
  const because = reason.trim().length < reasonMin ? words.reasonNeeded : null
  const dismiss = () => run({ items: chosen.map(({ kind, id }) => ({ kind, id })), reason: reason.trim() })
  const names = chosen.slice(0, shown).map((row) => [row.zh, row.channelOrderNo].filter(Boolean).join(' · '))
  return (
    <Dialog
      title={words.dismissTitle}
      onClose={onClose}
      onSend={because === null && !isRunning ? dismiss : undefined}
      foot={
        <>
          <Button onPress={onClose}>{parts.cancel}</Button>
          <Button kind="danger" submit busy={isRunning} because={because}>
            {words.dismiss(countText(chosen.length))}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{words.dismissHelp}</p>
        <p className="quiet">{parts.preview.orders(names.join('、'), chosen.length - names.length)}</p>
        <AreaField
          isFirst
          label={words.reason}
          placeholder={words.reasonPlaceholder}
          value={reason}
          maxLength={reasonMax}
          onChange={setReason}
        />
      </div>
    </Dialog>
  )
}
