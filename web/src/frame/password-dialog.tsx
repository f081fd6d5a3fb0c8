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
  const parts = useWords(partWords)
  const [currentPassword, setCurrent] = useState('')
  const [newPassword, setNew] = useState('')
  const change = useDo('PUT /me/password', {
    quiet: true,
    onDone: () => {
      say({ tone: 'ok', text: words.done })
      onClose()
    },
  })
  const told = change.failure ? failureText(change.failure) : null
  const wrongIn = (field: string) => (told?.body?.field === field ? told.text : null)
  const general =
    told && told.body?.field !== 'currentPassword' && told.body?.field !== 'newPassword' ? told.text : null
  return (
    <Dialog
      title={words.title}
      width={400}
      onClose={onClose}
      onSend={() => change.run({ currentPassword, newPassword })}
      foot={
        <>
          <Button onPress={onClose}>{parts.cancel}</Button>
          <Button kind="primary" submit busy={change.isRunning} disabled={currentPassword === '' || newPassword === ''}>
            {words.deed}
          </Button>
        </>
      }
    >
      <div className="stack">
        {general && (
          <p className="notice" data-tone="err" role="alert">
            {general}
          </p>
        )}
        <TextField
          isFirst
          label={words.current}
          type="password"
          autoComplete="current-password"
          value={currentPassword}
          onChange={setCurrent}
          wrong={wrongIn('currentPassword')}
        />
        <TextField
          label={words.next}
          type="password"
          autoComplete="new-password"
          value={newPassword}
          onChange={setNew}
          help={words.help}
          wrong={wrongIn('newPassword')}
        />
      </div>
    </Dialog>
  )
}
