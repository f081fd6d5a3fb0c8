import { useState } from 'react'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { TextField } from '../parts/field.tsx'
import { failureText, say } from '../parts/toast-store.ts'
import { useDo } from '../query.ts'
import { frameWords } from '../words/frame.ts'
import { useWords } from '../words/language.ts'
import { partWords } from '../words/parts.ts'

/** 修改密码: one's own. The server says what is wrong with a new one. */
export function PasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(frameWords).password
  const cancel = useWords(partWords).cancel
  const [form, setForm] = useState({ currentPassword: '', newPassword: '' })
  const change = useDo('PUT /me/password', {
    quiet: true,
    onDone: () => {
      say({ tone: 'ok', text: words.done })
      onClose()
    },
  })
  const isEmpty = form.currentPassword === '' || form.newPassword === ''
  return (
    <Dialog
      title={words.title}
      width={400}
      onClose={onClose}
      onSend={() => !isEmpty && change.run(form)}
      foot={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button kind="primary" submit busy={change.isRunning} disabled={isEmpty}>
            {words.deed}
          </Button>
        </>
      }
    >
      <Fields form={form} onChange={setForm} failure={change.failure} />
    </Dialog>
  )
}

interface FieldsProps {
  readonly form: { readonly currentPassword: string; readonly newPassword: string }
  readonly onChange: (form: FieldsProps['form']) => void
  readonly failure: unknown
}

function Fields({ form, onChange, failure }: FieldsProps) {
  const words = useWords(frameWords).password
  const told = failure ? failureText(failure) : null
  const field = told?.body?.field ?? ''
  const wrongIn = (name: keyof FieldsProps['form']) => (field === name ? told?.text : null)
  return (
    <div className="stack">
      {told && !(field in form) && (
        <p className="notice" data-tone="err" role="alert">
          {told.text}
        </p>
      )}
      <TextField
        isFirst
        label={words.current}
        type="password"
        autoComplete="current-password"
        value={form.currentPassword}
        onChange={(currentPassword) => onChange({ ...form, currentPassword })}
        wrong={wrongIn('currentPassword')}
      />
      <TextField
        label={words.next}
        type="password"
        autoComplete="new-password"
        value={form.newPassword}
        onChange={(newPassword) => onChange({ ...form, newPassword })}
        help={words.help}
        wrong={wrongIn('newPassword')}
      />
    </div>
  )
}
