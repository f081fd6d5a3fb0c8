import { useState } from 'react'
import type { Role } from '../../../../src/contract/security.ts'
import { Check, TextField } from '../../parts/field.tsx'
import { failureText } from '../../parts/toast-store.ts'
import { useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { peopleWords } from '../../words/people.ts'
import { together } from './right-groups.ts'
import { RightsRead } from './rights.tsx'

export interface PersonText {
  readonly name: string
  readonly loginName: string
  readonly roleIds: readonly number[]
  /** Only for somebody new; empty: one is made up. */
  readonly password: string
}

type Wrong = Partial<Record<keyof PersonText, string>>

/** Checks when one sends, and shows what the server found at its field. */
export function usePersonForm(text: PersonText, failure: unknown, run: () => void) {
  const words = useWords(peopleWords).people.fields
  const [isTold, setTold] = useState(false)
  const found: Wrong = {
    ...(text.name.trim() === '' && { name: words.need }),
    ...(!loginShape.test(text.loginName.trim()) && { loginName: words.loginHelp }),
    ...(text.roleIds.length === 0 && { roleIds: words.needRole }),
  }
  const told = failure ? failureText(failure) : null
  const field = told?.body?.code === 'PERSON_NAME_TAKEN' ? 'loginName' : (told?.body?.field ?? '')
  const isOfField = field in text
  const wrong: Wrong = { ...(isTold ? found : {}), ...(told && isOfField && { [field]: told.text }) }
  const notice = told && !isOfField && (
    <p className="notice" data-tone="err" role="alert">
      {told.text}
    </p>
  )
  const send = () => {
    setTold(true)
    if (Object.keys(found).length === 0) run()
  }
  return { wrong, notice, send }
}

/** As the contract has it; told before anything is sent. */
const loginShape = /^[\p{Script=Han}A-Za-z0-9._@-]{2,40}$/u

interface FieldsProps {
  readonly text: PersonText
  readonly wrong: Wrong
  readonly isNew?: boolean
  readonly onChange: (text: PersonText) => void
}

export function PersonFields({ text, wrong, isNew = false, onChange }: FieldsProps) {
  const words = useWords(peopleWords).people.fields
  const field = (name: 'name' | 'loginName' | 'password') => ({
    value: text[name],
    wrong: wrong[name],
    onChange: (value: string) => onChange({ ...text, [name]: value }),
  })
  return (
    <div className="stack">
      <TextField label={words.name} isFirst={isNew} maxLength={40} {...field('name')} />
      <TextField label={words.login} help={words.loginHelp} maxLength={40} autoComplete="off" {...field('loginName')} />
      <RolesField chosen={text.roleIds} wrong={wrong.roleIds} onChange={(roleIds) => onChange({ ...text, roleIds })} />
      {isNew && (
        <TextField
          label={words.password}
          help={words.passwordHelp}
          type="password"
          autoComplete="new-password"
          {...field('password')}
        />
      )}
    </div>
  )
}

interface RolesFieldProps {
  readonly chosen: readonly number[]
  readonly wrong: string | undefined
  readonly onChange: (chosen: readonly number[]) => void
}

/** The roles as boxes, and what they allow together. A role with a right that one lacks cannot be given. */
function RolesField({ chosen, wrong, onChange }: RolesFieldProps) {
  const words = useWords(peopleWords)
  const may = useMay()
  const roles = useRead('GET /roles', {}).data?.roles ?? []
  const isGivable = (role: Role) => role.permissions.every(may)
  const held = roles.filter((role) => chosen.includes(role.id))
  return (
    <fieldset className="labelled plain-set" aria-invalid={wrong ? true : undefined}>
      <legend className="label">{words.people.fields.roles}</legend>
      <div className="tick-list">
        {roles.map((role) => (
          <Check
            key={role.id}
            label={role.name}
            checked={chosen.includes(role.id)}
            disabled={!isGivable(role)}
            {...(isGivable(role) ? {} : { help: words.lacked })}
            onChange={(isOn) => onChange(isOn ? [...chosen, role.id] : chosen.filter((id) => id !== role.id))}
          />
        ))}
      </div>
      {wrong ? (
        <span className="wrong" role="alert">
          {wrong}
        </span>
      ) : (
        <span className="help">{words.people.rolesHelp}</span>
      )}
      {held.length > 0 && (
        <details className="role-may">
          <summary>{words.people.may}</summary>
          <RightsRead rights={together(held)} />
        </details>
      )}
    </fieldset>
  )
}
