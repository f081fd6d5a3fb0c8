import { useState } from 'react'
import { beijingClock, countText } from '../../format.ts'
import { useNow } from '../../now.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { AreaField, Choices, Labelled } from '../../parts/field.tsx'
import { useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import { partWords } from '../../words/parts.ts'
import type { HoldTerms } from './do-deed.ts'

interface HoldProps {
  readonly count: number | null
  readonly isRunning: boolean
  readonly onHold: (terms: HoldTerms) => void
  readonly onClose: () => void
}

type Until = keyof typeof orderWords.zh.hold.untils
const untils: readonly Until[] = ['hour', 'evening', 'tomorrow', 'never', 'at']
const hourMs = 3_600_000

/** 挂起: why, in a word or in words, and until when. */
export function HoldDialog({ count, isRunning, onHold, onClose }: HoldProps) {
  const words = useWords(orderWords).hold
  const does = useWords(orderWords).does.hold
  const cancel = useWords(partWords).cancel
  const now = useNow()
  const [reason, setReason] = useState<string | null>(null)
  const [more, setMore] = useState('')
  const [until, setUntil] = useState<Until>('never')
  const [at, setAt] = useState('')
  const [isTold, setTold] = useState(false)
  const evening = beijingClock(now, 0, 18)
  const offered = untils.filter((each) => each !== 'evening' || evening > now)
  const instant = instantOf({ until, at, now })
  const text = [reason, more.trim()].filter(Boolean).join('：')
  const isLate = until === 'at' && (instant === null || instant <= now)
  const send = () => {
    setTold(true)
    if (text !== '' && !isLate && !isRunning) onHold({ reason: text, until: instant })
  }
  const number = countText(count ?? 0)
  return (
    <Dialog
      title={words.title(number)}
      onClose={onClose}
      onSend={send}
      foot={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button kind="primary" submit busy={isRunning} keys="$mod+Enter">
            {does(number)}
          </Button>
        </>
      }
    >
      <div className="stack">
        <Choices
          label={words.reason}
          value={reason}
          options={words.reasons.map((each) => ({ value: each, label: each }))}
          onChange={setReason}
          wrong={isTold && text === '' ? words.need : null}
        />
        <AreaField label={words.words} help={words.help} value={more} onChange={setMore} maxLength={150} rows={2} />
        <Choices
          label={words.until}
          value={until}
          options={offered.map((each) => ({ value: each, label: words.untils[each] }))}
          onChange={setUntil}
        />
        {until === 'at' && (
          <Labelled label={words.at} wrong={isTold && isLate ? words.needTime : null}>
            {(ids) => (
              <input
                {...ids}
                type="datetime-local"
                className="field"
                value={at}
                onChange={(event) => setAt(event.target.value)}
              />
            )}
          </Labelled>
        )}
      </div>
    </Dialog>
  )
}

interface UntilAsked {
  readonly until: Until
  /** Beijing wall time, `2026-11-22T18:00`. */
  readonly at: string
  readonly now: number
}

function instantOf({ until, at, now }: UntilAsked): number | null {
  if (until === 'hour') return now + hourMs
  if (until === 'evening') return beijingClock(now, 0, 18)
  if (until === 'tomorrow') return beijingClock(now, 1, 9)
  if (until === 'never' || at === '') return null
  return Date.parse(`${at}:00+08:00`)
}
