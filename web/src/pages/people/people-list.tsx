import { useMemo } from 'react'
import type { Person } from '../../../../src/contract/security.ts'
import { Button } from '../../parts/button.tsx'
import { Chips } from '../../parts/chips.tsx'
import type { GridColumn } from '../../parts/grid/column.ts'
import { useGridColumns } from '../../parts/grid/setting.ts'
import { FilterRow } from '../../parts/list.tsx'
import { SearchBox } from '../../parts/search-box.tsx'
import { Tag, Time } from '../../parts/signs.tsx'
import { SplitView } from '../../parts/split.tsx'
import { Empty } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useMe } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { peopleWords } from '../../words/people.ts'
import { PersonDetails } from './person-details.tsx'
import { cleanPeople, type PeopleSearch } from './search.ts'
import { WholeList } from './whole-list.tsx'

const keyOf = (row: Person) => row.id
const nameOf = (row: Person) => row.name

export interface ViewProps {
  readonly search: PeopleSearch
  readonly change: (search: PeopleSearch) => void
}

/** 员工: everybody, with what they are; those who are deactivated stand last. */
export function PeopleList({ search, change }: ViewProps) {
  const words = useWords(peopleWords)
  const list = useRead('GET /people', {})
  const all = list.data?.people
  const rows = useMemo(() => all?.filter((row) => fits(row, search)).sort(activeFirst), [all, search])
  const open = all?.find((row) => row.id === search.open) ?? null
  const columns = useGridColumns('people', useColumns(), open !== null)
  return (
    <>
      <Filters search={search} change={change} people={all ?? []} />
      <SplitView
        title={open && <h2>{open.name}</h2>}
        details={open && <PersonDetails key={`${open.id}-${open.version}`} person={open} />}
        onClose={() => change(cleanPeople({ ...search, open: undefined }))}
        list={
          <WholeList
            what={words.people.what}
            read={list}
            {...{ rows, columns, keyOf, nameOf }}
            openKey={open?.id ?? null}
            onOpen={(row) => change(cleanPeople({ ...search, open: row?.id }))}
            empty={<Nobody onClear={() => change({})} />}
            card={(row) => <Card row={row} />}
          />
        }
      />
    </>
  )
}

function fits(row: Person, { q, roles, state }: PeopleSearch): boolean {
  const text = q?.toLowerCase()
  return (
    (text === undefined || [row.name, row.loginName].some((name) => name.toLowerCase().includes(text))) &&
    (roles === undefined || row.roles.some(({ id }) => roles.includes(id))) &&
    (state !== 'inactive' || !row.isActive)
  )
}

const activeFirst = (one: Person, other: Person) => Number(other.isActive) - Number(one.isActive)

/** Roles that nobody has are not offered. */
function Filters({ search, change, people }: ViewProps & { readonly people: readonly Person[] }) {
  const words = useWords(peopleWords).people
  const roles = useRead('GET /roles', {}).data?.roles ?? []
  const inactive = people.filter((person) => !person.isActive).length
  const set = (part: { readonly [K in keyof PeopleSearch]?: PeopleSearch[K] | undefined }) =>
    change(cleanPeople({ ...search, open: undefined, ...part }))
  const chips = [
    ...roles
      .map((role) => ({
        id: String(role.id),
        label: role.name,
        count: people.filter((each) => has(each, role.id)).length,
      }))
      .filter((chip) => chip.count > 0),
    ...(inactive > 0 ? [{ id: 'inactive', label: words.inactive, count: inactive }] : []),
  ]
  const chosen = [...(search.roles ?? []).map(String), ...(search.state ? ['inactive'] : [])]
  const toggle = (id: string) => {
    if (id === 'inactive') return set({ state: search.state ? undefined : 'inactive' })
    const before = search.roles ?? []
    const next = before.includes(Number(id)) ? before.filter((each) => String(each) !== id) : [...before, Number(id)]
    return set({ roles: next.length > 0 ? next : undefined })
  }
  return (
    <FilterRow chosen={[]} onClear={() => change({})}>
      <SearchBox
        value={search.q ?? ''}
        placeholder={words.search}
        onSearch={(q) => set({ q: q === '' ? undefined : q })}
      />
      <Chips label={words.chips} chips={chips} chosen={chosen} onToggle={toggle} />
    </FilterRow>
  )
}

const has = (person: Person, roleId: number) => person.roles.some(({ id }) => id === roleId)

function useColumns(): readonly GridColumn<Person>[] {
  const words = useWords(peopleWords).people
  return useMemo(() => {
    const { columns } = words
    return [
      {
        id: 'name',
        title: columns.name,
        width: 220,
        pin: 'left',
        render: (row, dense) => <NameCell row={row} dense={dense} />,
      },
      { id: 'roles', title: columns.roles, width: 240, grow: 2, render: (row) => <Roles row={row} /> },
      { id: 'state', title: columns.state, width: 150, render: (row) => <StateTag row={row} /> },
      {
        id: 'signedIn',
        title: columns.signedIn,
        width: 130,
        yields: true,
        render: (row) => <Time at={row.lastSignedInAt} none={words.neverIn} />,
      },
      { id: 'created', title: columns.created, width: 130, yields: true, render: (row) => <Time at={row.createdAt} /> },
    ] satisfies GridColumn<Person>[]
  }, [words])
}

function NameCell({ row, dense }: { readonly row: Person; readonly dense: boolean }) {
  const words = useWords(peopleWords).people
  const isMe = useMe().id === row.id
  return (
    <div className="two">
      <span className="line">
        <strong className="cut">{row.name}</strong>
        {isMe && <Tag tone="info">{words.me}</Tag>}
      </span>
      {!dense && <span className="cut">{row.loginName}</span>}
    </div>
  )
}

function Roles({ row }: { readonly row: Person }) {
  return <span className="cut">{row.roles.map((role) => role.name).join(' · ')}</span>
}

function StateTag({ row }: { readonly row: Person }) {
  const words = useWords(peopleWords).people.states
  if (!row.isActive) return <Tag>{words.inactive}</Tag>
  return row.mustChangePassword ? <Tag tone="warn">{words.mustChange}</Tag> : <Tag tone="ok">{words.active}</Tag>
}

function Card({ row }: { readonly row: Person }) {
  const words = useWords(peopleWords).people
  return (
    <>
      <div className="line">
        <strong>{row.name}</strong>
        <span className="quiet cut">{row.loginName}</span>
        <span className="push">
          <StateTag row={row} />
        </span>
      </div>
      <div className="line">
        <Roles row={row} />
        <span className="push quiet small">
          <Time at={row.lastSignedInAt} none={words.neverIn} />
        </span>
      </div>
    </>
  )
}

function Nobody({ onClear }: { readonly onClear: () => void }) {
  const words = useWords(peopleWords).people
  const clear = useWords(partWords).filter.clear
  return <Empty title={words.empty} act={<Button onPress={onClear}>{clear}</Button>} />
}
