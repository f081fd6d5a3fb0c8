import { type ReactNode, useId } from 'react'
import type { AuditLine } from '../../../../src/contract/security.ts'
import { deeds } from '../../../../src/core/access/deeds.ts'
import { PickField, TextField } from '../../parts/field.tsx'
import { FilterRow, type FilterWord } from '../../parts/list.tsx'
import { MoreFilters } from '../../parts/pick-many.tsx'
import { useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { auditWords } from '../../words/audit.ts'
import { useLanguage, useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { type AuditSearch, type Span, spans } from './search.ts'

interface FiltersProps {
  readonly search: AuditSearch
  readonly set: (part: { readonly [K in keyof AuditSearch]?: AuditSearch[K] | undefined }) => void
  /** What is shown; names of people and tokens are taken from here where they may not be listed. */
  readonly lines: readonly AuditLine[]
}

type Choosing = Omit<FiltersProps, 'lines'>

const none = {
  span: undefined,
  from: undefined,
  to: undefined,
  person: undefined,
  token: undefined,
  deed: undefined,
  object: undefined,
  id: undefined,
}

/** When, who, which deed; under 更多筛选 which object. */
export function AuditFilters({ search, set, lines }: FiltersProps) {
  const words = useWords(auditWords)
  const more = useWords(partWords).filter.more
  const chosen = useChosen({ search, set, lines })
  return (
    <FilterRow chosen={chosen} onClear={() => set(none)}>
      <Pick
        label={words.filters.span}
        value={search.span ?? ''}
        onChange={(span) =>
          set({ span: spans.find((each): each is Span => each === span), from: undefined, to: undefined })
        }
      >
        <option value="">{words.spans.any}</option>
        {spans.map((span) => (
          <option key={span} value={span}>
            {words.spans[span]}
          </option>
        ))}
      </Pick>
      {search.span === 'days' && <Days search={search} set={set} />}
      <PersonPick search={search} set={set} lines={lines} />
      <DeedPick search={search} set={set} />
      <MoreFilters label={more} inUse={Number(search.object !== undefined) + Number(search.id !== undefined)}>
        <ObjectFields search={search} set={set} />
      </MoreFilters>
    </FilterRow>
  )
}

interface PickProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly children: ReactNode
}

/** A short list in the filter row; what it says by itself is its name. */
function Pick({ label, value, onChange, children }: PickProps) {
  return (
    <select
      className="field audit-pick"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {children}
    </select>
  )
}

function Days({ search, set }: Choosing) {
  const words = useWords(auditWords).filters
  const id = useId()
  const day = (name: 'from' | 'to') => (
    <>
      <label htmlFor={`${id}-${name}`}>{words[name]}</label>
      <input
        id={`${id}-${name}`}
        className="field"
        type="date"
        value={search[name] ?? ''}
        onChange={(event) => set({ [name]: event.target.value === '' ? undefined : event.target.value })}
      />
    </>
  )
  return (
    <div className="line audit-days">
      {day('from')}
      {day('to')}
    </div>
  )
}

function PersonPick({ search, set, lines }: FiltersProps) {
  const words = useWords(auditWords).filters
  const people = usePeople(lines)
  return (
    <Pick
      label={words.person}
      value={String(search.person ?? '')}
      onChange={(id) => set({ person: id === '' ? undefined : Number(id), token: undefined })}
    >
      <option value="">{words.anybody}</option>
      {people.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
      {search.person !== undefined && !people.some(({ id }) => id === search.person) && (
        <option value={search.person}>{words.number(search.person)}</option>
      )}
    </Pick>
  )
}

/** Everybody, for whoever may list them; else those who are in sight. */
function usePeople(lines: readonly AuditLine[]): readonly { readonly id: number; readonly name: string }[] {
  const mayList = useMay()('people.manage')
  const listed = useRead('GET /people', {}, { enabled: mayList }).data?.people
  if (listed) return listed
  const seen = lines.flatMap((line) =>
    line.actorKind === 'person' && line.actorId !== null ? [[line.actorId, line.actorName] as const] : [],
  )
  return [...new Map(seen)].map(([id, name]) => ({ id, name }))
}

const areaOf = (deed: string) => deed.split('.')[0] ?? ''

function DeedPick({ search, set }: Choosing) {
  const words = useWords(auditWords)
  const language = useLanguage()
  const areas = Object.keys(words.areas) as (keyof typeof words.areas)[]
  const isKnown = search.deed === undefined || Object.hasOwn(deeds, search.deed)
  return (
    <Pick
      label={words.filters.deed}
      value={search.deed ?? ''}
      onChange={(deed) => set({ deed: deed === '' ? undefined : deed })}
    >
      <option value="">{words.filters.anything}</option>
      {!isKnown && <option value={search.deed}>{search.deed}</option>}
      {areas.map((area) => (
        <optgroup key={area} label={words.areas[area]}>
          {Object.entries(deeds).map(
            ([deed, told]) =>
              areaOf(deed) === area && (
                <option key={deed} value={deed}>
                  {told[language]}
                </option>
              ),
          )}
        </optgroup>
      ))}
    </Pick>
  )
}

const offered = ['order', 'shop', 'person', 'role', 'token', 'sku', 'parcel', 'import'] as const

function ObjectFields({ search, set }: Choosing) {
  const words = useWords(auditWords)
  const options = [
    { value: '', label: words.filters.anyObject },
    ...offered.map((value) => ({ value: value as string, label: words.objects[value] })),
  ]
  return (
    <>
      <PickField
        label={words.filters.object}
        value={options.some(({ value }) => value === search.object) ? (search.object ?? '') : ''}
        options={options}
        onChange={(object) => set({ object: object === '' ? undefined : object })}
      />
      <TextField
        label={words.filters.objectId}
        value={search.id ?? ''}
        maxLength={80}
        onChange={(id) => set({ id: id === '' ? undefined : id })}
      />
    </>
  )
}

/** What is chosen, as words that can be taken away. */
function useChosen({ search, set, lines }: FiltersProps): readonly FilterWord[] {
  const words = useWords(auditWords)
  const language = useLanguage()
  const people = usePeople(lines)
  const { filters } = words
  const told: Readonly<Record<string, Readonly<Record<'zh' | 'en', string>>>> = deeds
  const objects: Readonly<Record<string, string>> = words.objects
  const token = lines.find((line) => line.actorKind === 'token' && line.actorId === search.token)
  const chosen = [
    [
      isEmptySpan(search) ? undefined : search.span,
      filters.span,
      spanText(search, words),
      { span: undefined, from: undefined, to: undefined },
    ],
    [
      search.person,
      filters.person,
      people.find(({ id }) => id === search.person)?.name ?? filters.number(search.person ?? 0),
      { person: undefined },
    ],
    [search.token, filters.token, token?.actorName ?? filters.number(search.token ?? 0), { token: undefined }],
    [search.deed, filters.deed, told[search.deed ?? '']?.[language] ?? search.deed ?? '', { deed: undefined }],
    [search.object, filters.object, objects[search.object ?? ''] ?? search.object ?? '', { object: undefined }],
    [search.id, filters.objectId, search.id ?? '', { id: undefined }],
  ] as const
  return chosen.flatMap(([value, name, text, without]) =>
    value === undefined ? [] : [{ id: name, words: filters.word(name, text), remove: () => set(without) }],
  )
}

type AuditTexts = typeof auditWords.zh

/** Days are to be chosen, and none is yet. */
const isEmptySpan = ({ span, from, to }: AuditSearch) => span === 'days' && from === undefined && to === undefined

function spanText({ span, from, to }: AuditSearch, words: AuditTexts): string {
  if (span === undefined) return ''
  return span === 'days' ? words.filters.until(from ?? '…', to ?? '…') : words.spans[span]
}
