import type { Permission } from '../../../../src/core/access/permissions.ts'
import { useMenuOf } from '../../frame/entries.ts'
import { Check } from '../../parts/field.tsx'
import { useMay } from '../../session.ts'
import { frameWords } from '../../words/frame.ts'
import { useWords } from '../../words/language.ts'
import { peopleWords } from '../../words/people.ts'
import { rightGroups, rightsIn } from './right-groups.ts'

/** Rights read aloud: a line a heading, what stays unseen, and what the menu then holds. */
export function RightsRead({ rights }: { readonly rights: readonly Permission[] }) {
  const words = useWords(peopleWords)
  const menu = useWords(frameWords).menu.entries
  const entries = useMenuOf(rights)
  const unseen = [
    ...(rights.includes('costs.see') ? [] : [words.roles.unseen.costs]),
    ...(rights.includes('personal.see') ? [] : [words.roles.unseen.personal]),
  ]
  return (
    <dl className="rights-read">
      {rightGroups.map((group) => {
        const held = rightsIn(group).filter((right) => rights.includes(right))
        if (held.length === 0) return null
        return (
          <div key={group}>
            <dt>{words.rightGroups[group]}</dt>
            <dd>{held.map((right) => words.rights[right]).join(words.joint)}</dd>
          </div>
        )
      })}
      {unseen.length > 0 && (
        <div>
          <dt>{words.roles.cannotSee}</dt>
          <dd>{unseen.join(words.joint)}</dd>
        </div>
      )}
      <div data-apart="">
        <dt>{words.roles.menu}</dt>
        <dd className="rights-menu">
          {entries.length === 0
            ? words.roles.none
            : entries.map(({ id }) => (
                <span key={id} className="tag">
                  {menu[id]}
                </span>
              ))}
        </dd>
      </div>
    </dl>
  )
}

interface RightsFieldProps {
  readonly rights: readonly Permission[]
  readonly onChange: (rights: readonly Permission[]) => void
}

/** All rights as boxes under their headings; those one lacks cannot be given. */
export function RightsField({ rights, onChange }: RightsFieldProps) {
  const words = useWords(peopleWords)
  const may = useMay()
  const put = (changed: readonly Permission[], isOn: boolean) =>
    onChange(isOn ? [...new Set([...rights, ...changed])] : rights.filter((right) => !changed.includes(right)))
  return (
    <div className="rights-field">
      {rightGroups.map((group) => {
        const givable = rightsIn(group).filter(may)
        const isAll = givable.length > 0 && givable.every((right) => rights.includes(right))
        return (
          <fieldset key={group} className="plain-set">
            <legend className="line">
              <Check
                bare
                label={words.pickAll(words.rightGroups[group])}
                checked={isAll}
                disabled={givable.length === 0}
                onChange={(isOn) => put(givable, isOn)}
              />
              {words.rightGroups[group]}
            </legend>
            {rightsIn(group).map((right) => (
              <Check
                key={right}
                label={words.rights[right]}
                checked={rights.includes(right)}
                disabled={!may(right)}
                {...(may(right) ? {} : { help: words.lacked })}
                onChange={(isOn) => put([right], isOn)}
              />
            ))}
          </fieldset>
        )
      })}
    </div>
  )
}
