import { useState } from 'react'
import type { Role } from '../../../../src/contract/security.ts'
import type { Permission } from '../../../../src/core/access/permissions.ts'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { failureText, say } from '../../parts/toast-store.ts'
import { useDo } from '../../query.ts'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { peopleWords } from '../../words/people.ts'
import { RightsField, RightsRead } from './rights.tsx'

interface RoleFormProps {
  /** Null for a new one. */
  readonly edited: Role | null
  /** What a new one begins as. */
  readonly like?: Role
  readonly onClose: () => void
}

/** A role's name and rights; what they add up to is read below, before anything is saved. */
export function RoleForm({ edited: role, like, onClose }: RoleFormProps) {
  const words = useWords(peopleWords).roles
  const cancel = useWords(partWords).cancel
  const begun = useBeginning(role ?? like, role === null)
  const [name, setName] = useState(begun.name)
  const [rights, setRights] = useState(begun.rights)
  const [isTold, setTold] = useState(false)
  const { save, isRunning, failure } = useSaving(role, onClose)
  const told = failure ? failureText(failure) : null
  const isOfName = told?.body?.code === 'ROLE_NAME_TAKEN' || told?.body?.field === 'name'
  const missing = isTold && name.trim() === '' ? words.need : null
  return (
    <Dialog
      shape="drawer"
      title={role ? words.edit : words.create}
      width={640}
      onClose={onClose}
      onSend={() => {
        setTold(true)
        if (name.trim() !== '' && !isRunning) save(name.trim(), rights)
      }}
      foot={
        <>
          {role && role.people > 0 && <span className="quiet role-effect">{words.atOnce(countText(role.people))}</span>}
          <Button onPress={onClose}>{cancel}</Button>
          <Button kind="primary" submit busy={isRunning} keys="$mod+Enter">
            {role ? words.save : words.create}
          </Button>
        </>
      }
    >
      <div className="stack">
        {told && !isOfName && <Told text={told.text} />}
        <TextField
          isFirst
          label={words.name}
          maxLength={20}
          value={name}
          onChange={setName}
          wrong={isOfName ? told?.text : missing}
        />
        <RightsField rights={rights} onChange={setRights} />
        <RightsRead rights={rights} />
      </div>
    </Dialog>
  )
}

function Told({ text }: { readonly text: string }) {
  return (
    <p className="notice" data-tone="err" role="alert">
      {text}
    </p>
  )
}

/** A copy begins without the rights that the person who copies lacks. */
function useBeginning(from: Role | undefined, isCopy: boolean): { name: string; rights: readonly Permission[] } {
  const words = useWords(peopleWords).roles
  const may = useMay()
  if (from === undefined) return { name: '', rights: ['home.see'] }
  if (!isCopy) return { name: from.name, rights: from.permissions }
  return { name: words.copyName(from.name).slice(0, 20), rights: from.permissions.filter(may) }
}

function useSaving(role: Role | null, onClose: () => void) {
  const words = useWords(peopleWords).roles
  const done = (text: string) => {
    say({ tone: 'ok', text })
    onClose()
  }
  const changes = ['GET /roles', 'GET /people'] as const
  const create = useDo('POST /roles', { quiet: true, changes, onDone: ({ name }) => done(words.createdOne(name)) })
  const change = useDo('PUT /roles/:roleId', { quiet: true, changes, onDone: ({ name }) => done(words.saved(name)) })
  return {
    isRunning: create.isRunning || change.isRunning,
    failure: create.failure ?? change.failure,
    save: (name: string, rights: readonly Permission[]) => {
      const permissions = [...rights]
      if (role) change.run({ roleId: role.id, version: role.version, name, permissions })
      else create.run({ name, permissions })
    },
  }
}
