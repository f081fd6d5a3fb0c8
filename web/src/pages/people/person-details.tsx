import { useState } from 'react'
import type { Person } from '../../../../src/contract/security.ts'
import { countText } from '../../format.ts'
import { Ask } from '../../parts/ask.tsx'
import { Button } from '../../parts/button.tsx'
import { Go } from '../../parts/go.tsx'
import { Time } from '../../parts/signs.tsx'
import { say } from '../../parts/toast-store.ts'
import { useDo } from '../../query.ts'
import { useMay, useMe } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { peopleWords } from '../../words/people.ts'
import { OncePassword } from './new-person.tsx'
import { PersonFields, type PersonText, usePersonForm } from './person-fields.tsx'

const changed = ['GET /people', 'GET /roles'] as const

/** Beside the list: what somebody is, and what can be done about it. */
export function PersonDetails({ person }: { readonly person: Person }) {
  const words = useWords(peopleWords).people
  const may = useMay()
  return (
    <div className="stack details">
      <Deeds person={person} />
      <EditPerson person={person} />
      <dl className="facts">
        <div>
          <dt>{words.columns.signedIn}</dt>
          <dd>
            <Time at={person.lastSignedInAt} none={words.neverIn} />
          </dd>
        </div>
        <div>
          <dt>{words.columns.created}</dt>
          <dd>
            <Time at={person.createdAt} />
          </dd>
        </div>
      </dl>
      {may('audit.read') && (
        <div>
          <Go to={`/audit?person=${person.id}`}>{words.seeDeeds}</Go>
        </div>
      )}
    </div>
  )
}

const textOf = (person: Person): PersonText => ({
  name: person.name,
  loginName: person.loginName,
  roleIds: person.roles.map(({ id }) => id),
  password: '',
})

function EditPerson({ person }: { readonly person: Person }) {
  const words = useWords(peopleWords).people
  const [text, setText] = useState(() => textOf(person))
  const change = useDo('PATCH /people/:personId', {
    quiet: true,
    changes: changed,
    onDone: () => say({ tone: 'ok', text: words.saved }),
  })
  const form = usePersonForm(text, change.failure, () =>
    change.run({
      personId: person.id,
      version: person.version,
      name: text.name.trim(),
      loginName: text.loginName.trim(),
      roleIds: [...text.roleIds],
    }),
  )
  const isChanged = tidy(text) !== tidy(textOf(person))
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        form.send()
      }}
    >
      {form.notice}
      <PersonFields text={text} wrong={form.wrong} onChange={setText} />
      <div className="line">
        <Button kind="primary" submit busy={change.isRunning} disabled={!isChanged}>
          {words.save}
        </Button>
        {isChanged && <span className="quiet">{words.unsaved}</span>}
      </div>
    </form>
  )
}

const tidy = (text: PersonText) =>
  JSON.stringify([text.name.trim(), text.loginName.trim(), [...text.roleIds].sort((a, b) => a - b)])

type Asked = 'reset' | 'end' | 'off' | null

function Deeds({ person }: { readonly person: Person }) {
  const words = useWords(peopleWords).people
  const isMe = useMe().id === person.id
  const [asked, setAsked] = useState<Asked>(null)
  const close = () => setAsked(null)
  const on = useDo('PATCH /people/:personId', {
    changes: changed,
    onDone: () => say({ tone: 'ok', text: words.didOn(person.name) }),
  })
  return (
    <div className="line wrap">
      <Button onPress={() => setAsked('reset')}>{words.reset}</Button>
      <Button onPress={() => setAsked('end')}>{words.end}</Button>
      {person.isActive ? (
        <Button kind="danger" because={isMe ? words.notMe : null} onPress={() => setAsked('off')}>
          {words.off}
        </Button>
      ) : (
        <Button
          busy={on.isRunning}
          onPress={() => on.run({ personId: person.id, version: person.version, isActive: true })}
        >
          {words.on}
        </Button>
      )}
      {asked === 'reset' && <AskReset person={person} onClose={close} />}
      {asked === 'end' && <AskEnd person={person} onClose={close} />}
      {asked === 'off' && <AskOff person={person} onClose={close} />}
    </div>
  )
}

interface AskOneProps {
  readonly person: Person
  readonly onClose: () => void
}

function AskReset({ person, onClose }: AskOneProps) {
  const words = useWords(peopleWords).people
  const [password, setPassword] = useState<string | null>(null)
  const reset = useDo('POST /people/:personId/password', {
    onDone: (answer) => setPassword(answer.password),
  })
  if (password !== null) return <OncePassword name={person.name} password={password} onClose={onClose} />
  return (
    <Ask
      title={words.resetTitle(person.name)}
      deed={words.reset}
      isRunning={reset.isRunning}
      onDo={() => reset.run({ personId: person.id })}
      onClose={onClose}
    >
      {words.resetBody}
    </Ask>
  )
}

function AskEnd({ person, onClose }: AskOneProps) {
  const words = useWords(peopleWords).people
  const end = useDo('DELETE /people/:personId/sessions', {
    onDone: ({ ended }) => {
      say({ tone: 'ok', text: words.ended(countText(ended)) })
      onClose()
    },
  })
  return (
    <Ask
      title={words.endTitle(person.name)}
      deed={words.end}
      isRunning={end.isRunning}
      onDo={() => end.run({ personId: person.id })}
      onClose={onClose}
    >
      {words.endBody}
    </Ask>
  )
}

function AskOff({ person, onClose }: AskOneProps) {
  const words = useWords(peopleWords).people
  const off = useDo('PATCH /people/:personId', {
    changes: changed,
    onDone: () => {
      say({ tone: 'ok', text: words.didOff(person.name) })
      onClose()
    },
  })
  return (
    <Ask
      title={words.offTitle(person.name)}
      deed={words.off}
      isRunning={off.isRunning}
      onDo={() => off.run({ personId: person.id, version: person.version, isActive: false })}
      onClose={onClose}
    >
      {words.offBody}
    </Ask>
  )
}
