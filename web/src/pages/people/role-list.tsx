import { useState } from 'react'
import type { Role } from '../../../../src/contract/security.ts'
import { countText } from '../../format.ts'
import { Ask } from '../../parts/ask.tsx'
import { Button } from '../../parts/button.tsx'
import { Tag } from '../../parts/signs.tsx'
import { Shown } from '../../parts/states.tsx'
import { say } from '../../parts/toast-store.ts'
import { useDo, useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { peopleWords } from '../../words/people.ts'
import { RightsRead } from './rights.tsx'
import { RoleForm } from './role-form.tsx'

/** 角色: each read aloud, with what it shows in the menu. */
export function RoleList() {
  const words = useWords(peopleWords).roles
  const read = useRead('GET /roles', {})
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="role-scroll" tabIndex={0} aria-label={words.what}>
      <Shown read={read} what={words.what}>
        {({ roles }) => (
          <div className="roles">
            {roles.map((role) => (
              <RoleCard key={role.id} role={role} />
            ))}
          </div>
        )}
      </Shown>
    </section>
  )
}

type Deed = 'edit' | 'copy' | 'remove' | null

function RoleCard({ role }: { readonly role: Role }) {
  const words = useWords(peopleWords).roles
  const [deed, setDeed] = useState<Deed>(null)
  const close = () => setDeed(null)
  return (
    <article className="card role" aria-label={role.name}>
      <header>
        <h2>{role.name}</h2>
        <Tag tone={role.people > 0 ? 'info' : 'neutral'}>{words.people(countText(role.people))}</Tag>
      </header>
      <RightsRead rights={role.permissions} />
      <div className="line wrap">
        <Button because={role.isFixed ? words.fixed : null} onPress={() => setDeed('edit')}>
          {words.edit}
        </Button>
        <Button onPress={() => setDeed('copy')}>{words.copy}</Button>
        {!role.isFixed && (
          <Button kind="quiet" because={role.people > 0 ? words.inUse : null} onPress={() => setDeed('remove')}>
            {words.remove}
          </Button>
        )}
      </div>
      {deed === 'edit' && <RoleForm edited={role} onClose={close} />}
      {deed === 'copy' && <RoleForm edited={null} like={role} onClose={close} />}
      {deed === 'remove' && <AskRemove role={role} onClose={close} />}
    </article>
  )
}

function AskRemove({ role, onClose }: { readonly role: Role; readonly onClose: () => void }) {
  const words = useWords(peopleWords).roles
  const remove = useDo('DELETE /roles/:roleId', {
    changes: ['GET /roles'],
    onDone: () => {
      say({ tone: 'ok', text: words.removed(role.name) })
      onClose()
    },
  })
  return (
    <Ask
      title={words.removeTitle(role.name)}
      deed={words.remove}
      isRunning={remove.isRunning}
      onDo={() => remove.run({ roleId: role.id })}
      onClose={onClose}
    >
      {words.removeBody}
    </Ask>
  )
}
