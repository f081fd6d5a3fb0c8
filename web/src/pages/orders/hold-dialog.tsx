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
  const words = useWords(orderWords)
  const cancel = useWords(partWords).cancel
  const now = useNow()
  const [form, setForm] = useState<Form>({ reason: null, more: '', until: 'never', at: '' })
  const [isTold, setTold] = useState(false)
  const instant = instantOf({ ...form, now })
  const reason = [form.reason, form.more.trim()].filter(Boolean).join('：')
  const isLate = form.until === 'at' && (instant === null || instant <= now)
  const send = () => {
    setTold(true)
    if (reason !== '' && !isLate && !isRunning) onHold({ reason, until: instant })
  }
  const number = countText(count ?? 0)
  return (
    <Dialog
      title={words.hold.title(number)}
      onClose={onClose}
      onSend={send}
      foot={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button kind="primary" submit busy={isRunning} keys="$mod+Enter">
            {words.does.hold(number)}
          </Button>
        </>
      }
    >
      <Fields
        form={form}
        onChange={setForm}
        wrong={isTold && reason === '' ? words.hold.need : null}
        wrongTime={isTold && isLate ? words.hold.needTime : null}
      />
    </Dialog>
  )
}

interface Form {
  readonly reason: string | null
  readonly more: string
  readonly until: Until
  /** Beijing wall time, `2026-11-22T18:00`. */
  readonly at: string
}

interface FieldsProps {
  readonly form: Form
  readonly onChange: (form: Form) => void
  readonly wrong: string | null
  readonly wrongTime: string | null
}

function Fields({ form, onChange, wrong, wrongTime }: FieldsProps) {
  const words = useWords(orderWords).hold
  const now = useNow()
  const offered = untils.filter((each) => each !== 'evening' || beijingClock(now, 0, 18) > now)
  return (
    <div className="stack">
      <Choices
        label={words.reason}
        value={form.reason}
        options={words.reasons.map((each) => ({ value: each, label: each }))}
        onChange={(reason) => onChange({ ...form, reason })}
        wrong={wrong}
      />
      <AreaField
        label={words.words}
        help={words.help}
        value={form.more}
        onChange={(more) => onChange({ ...form, more })}
        maxLength={150}
        rows={2}
      />
      <Choices
        label={words.until}
        value={form.until}
        options={offered.map((each) => ({ value: each, label: words.untils[each] }))}
        onChange={(until) => onChange({ ...form, until })}
      />
      {form.until === 'at' && (
        <Labelled label={words.at} wrong={wrongTime}>
          {(ids) => (
            <input
              {...ids}
              type="datetime-local"
              className="field"
              value={form.at}
              onChange={(event) => onChange({ ...form, at: event.target.value })}
            />
          )}
        </Labelled>
      )}
    </div>
  )
}

function instantOf({ until, at, now }: Pick<Form, 'until' | 'at'> & { readonly now: number }): number | null {
  if (until === 'hour') return now + hourMs
  if (until === 'evening') return beijingClock(now, 0, 18)
  if (until === 'tomorrow') return beijingClock(now, 1, 9)
  if (until === 'never' || at === '') return null
  return Date.parse(`${at}:00+08:00`)
}
