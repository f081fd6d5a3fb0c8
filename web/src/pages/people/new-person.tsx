import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { say } from '../../parts/toast-store.ts'
import { useDo } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { peopleWords } from '../../words/people.ts'
import { PersonFields, type PersonText, usePersonForm } from './person-fields.tsx'
import { ShownOnce } from './shown-once.tsx'

const empty: PersonText = { name: '', loginName: '', roleIds: [], password: '' }

/** 新建员工; a made-up password is shown once afterwards. */
export function NewPerson({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(peopleWords).people
  const cancel = useWords(partWords).cancel
  const [text, setText] = useState(empty)
  const [madeUp, setMadeUp] = useState<string | null>(null)
  const create = useDo('POST /people', {
    quiet: true,
    changes: ['GET /people', 'GET /roles'],
    onDone: ({ person, password }) => {
      say({ tone: 'ok', text: words.created(person.name) })
      if (password === null) onClose()
      else setMadeUp(password)
    },
  })
  const form = usePersonForm(text, create.failure, () => create.run(inputOf(text)))
  if (madeUp !== null) return <OncePassword name={text.name.trim()} password={madeUp} onClose={onClose} />
  return (
    <Dialog
      title={words.create}
      onClose={onClose}
      onSend={form.send}
      foot={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button kind="primary" submit busy={create.isRunning} keys="$mod+Enter">
            {words.create}
          </Button>
        </>
      }
    >
      {form.notice}
      <PersonFields text={text} wrong={form.wrong} isNew onChange={setText} />
    </Dialog>
  )
}

const inputOf = ({ password, name, loginName, roleIds }: PersonText) => ({
  name: name.trim(),
  loginName: loginName.trim(),
  roleIds: [...roleIds],
  ...(password !== '' && { password }),
})

interface OnceProps {
  readonly name: string
  readonly password: string
  readonly onClose: () => void
}

export function OncePassword({ name, password, onClose }: OnceProps) {
  const words = useWords(peopleWords).people
  return (
    <ShownOnce title={words.passwordOnce(name)} secret={password} what={words.passwordWhat} onClose={onClose}>
      {words.passwordHow}
    </ShownOnce>
  )
}
