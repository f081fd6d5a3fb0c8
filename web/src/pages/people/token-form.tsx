import { useState } from 'react'
import type { Permission } from '../../../../src/core/access/permissions.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Choices, TextField } from '../../parts/field.tsx'
import { failureText } from '../../parts/toast-store.ts'
import { useDo } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { peopleWords } from '../../words/people.ts'
import { RightsField } from './rights.tsx'
import { ShownOnce } from './shown-once.tsx'

const lasting = [30, 90, 365] as const

/** 新建令牌: what for, how long, which rights; the token itself is shown once. */
export function NewToken({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(peopleWords).tokens
  const cancel = useWords(partWords).cancel
  const [form, setForm] = useState<TokenText>({ name: '', days: 90, rights: [] })
  const [isTold, setTold] = useState(false)
  const [plain, setPlain] = useState<string | null>(null)
  const create = useDo('POST /tokens', {
    quiet: true,
    changes: ['GET /tokens'],
    onDone: (answer) => setPlain(answer.plain),
  })
  if (plain !== null) return <OnceToken plain={plain} onClose={onClose} />
  const isWhole = form.name.trim() !== '' && form.rights.length > 0
  const send = () => {
    setTold(true)
    if (!isWhole || create.isRunning) return
    create.run({
      name: form.name.trim(),
      permissions: [...form.rights],
      expiresInDays: form.days === 0 ? null : form.days,
    })
  }
  return (
    <Dialog
      shape="drawer"
      title={words.create}
      width={640}
      onClose={onClose}
      onSend={send}
      foot={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button kind="primary" submit busy={create.isRunning} keys="$mod+Enter">
            {words.create}
          </Button>
        </>
      }
    >
      <Fields form={form} onChange={setForm} isTold={isTold} failure={create.failure} />
    </Dialog>
  )
}

interface TokenText {
  readonly name: string
  /** 0: does not run out. */
  readonly days: number
  readonly rights: readonly Permission[]
}

interface FieldsProps {
  readonly form: TokenText
  readonly onChange: (form: TokenText) => void
  readonly isTold: boolean
  readonly failure: unknown
}

function Fields({ form, onChange, isTold, failure }: FieldsProps) {
  const words = useWords(peopleWords).tokens
  return (
    <div className="stack">
      {failure !== null && failure !== undefined && (
        <p className="notice" data-tone="err" role="alert">
          {failureText(failure).text}
        </p>
      )}
      <TextField
        isFirst
        label={words.name}
        help={words.nameHelp}
        maxLength={40}
        value={form.name}
        onChange={(name) => onChange({ ...form, name })}
        wrong={isTold && form.name.trim() === '' ? words.need : null}
      />
      <Choices
        label={words.lasts}
        value={form.days}
        options={[
          ...lasting.map((days) => ({ value: days as number, label: words.days(String(days)) })),
          { value: 0, label: words.forever },
        ]}
        onChange={(days) => onChange({ ...form, days })}
      />
      <section className="stack" aria-label={words.rights}>
        <h3>{words.rights}</h3>
        {isTold && form.rights.length === 0 ? (
          <p className="notice" data-tone="err" role="alert">
            {words.needRight}
          </p>
        ) : (
          <p className="quiet">{words.rightsHelp}</p>
        )}
        <RightsField rights={form.rights} onChange={(rights) => onChange({ ...form, rights })} />
      </section>
    </div>
  )
}

function OnceToken({ plain, onClose }: { readonly plain: string; readonly onClose: () => void }) {
  const words = useWords(peopleWords).tokens
  return (
    <ShownOnce title={words.once} secret={plain} what={words.plain} onClose={onClose}>
      <p>{words.onceHow}</p>
      <code className="wraps-any">{`Authorization: Bearer ${plain.slice(0, 7)}…`}</code>
    </ShownOnce>
  )
}
