import { useState } from 'react'
import type { FailedJob } from '../../../../src/contract/ops.ts'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Chips } from '../../parts/chips.tsx'
import { Grid } from '../../parts/grid/grid.tsx'
import { useGridColumns } from '../../parts/grid/setting.ts'
import { FilterRow, ListFoot, NewsLine, SelectionBar } from '../../parts/list.tsx'
import { useShortcuts } from '../../parts/shortcuts.ts'
import { SplitView } from '../../parts/split.tsx'
import { Empty, Failed } from '../../parts/states.tsx'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { systemWords } from '../../words/system.ts'
import { FailureCard, useFailureColumns, useFault } from './failure-cells.tsx'
import { AskDismiss, type Asked, AskRetry } from './failure-deeds.tsx'
import { FailureDetails } from './failure-details.tsx'
import { type Failures, useFailures, usualSize } from './failures.ts'
import { useJobName } from './names.ts'
import { cleanSystem, type SystemSearch } from './search.ts'

const keyOf = (row: FailedJob) => row.id

interface ListProps {
  readonly search: SystemSearch
  readonly change: (search: SystemSearch) => void
}

/** 失败任务: what gave up and waits for somebody; retried or dismissed one by one, by selection, or all of a kind. */
export function FailureList({ search, change }: ListProps) {
  const words = useWords(systemWords).failures
  const nameOf = useJobName()
  const mayManage = useMay()('system.manage')
  const failures = useFailures(search, change)
  const [asked, setAsked] = useState<(Asked & { readonly deed: 'retry' | 'dismiss' }) | null>(null)
  const isOpenOnes = search.state === undefined
  const ask = (deed: 'retry' | 'dismiss') => {
    const meant = failures.meant()
    if (meant && mayManage && isOpenOnes) setAsked({ deed, ...meant })
  }
  useFailureKeys(ask)
  const close = () => setAsked(null)
  const done = () => {
    failures.selection.clear()
    failures.steady.adoptNext()
    setAsked(null)
  }
  return (
    <>
      <Filters search={search} change={change} failures={failures} />
      <NewsLine count={search.after === undefined ? failures.steady.news : 0} onLoad={failures.steady.adopt} />
      <SplitView
        title={failures.open && <h2 className="cut">{nameOf(failures.open.job)}</h2>}
        details={failures.open && <FailureDetails key={failures.open.id} row={failures.open} onAsk={ask} />}
        onClose={() => change(cleanSystem({ ...search, open: undefined }))}
        list={
          <>
            <Rows search={search} change={change} failures={failures} maySelect={mayManage && isOpenOnes} />
            <Foot
              search={search}
              change={change}
              failures={failures}
              onAsk={ask}
              onAll={() => setAsked({ deed: 'retry', which: failures.all(), count: failures.openOfKind })}
            />
          </>
        }
      />
      {asked?.deed === 'retry' && <AskRetry asked={asked} onDone={done} onClose={close} words={words} />}
      {asked?.deed === 'dismiss' && <AskDismiss asked={asked} onDone={done} onClose={close} words={words} />}
    </>
  )
}

function useFailureKeys(ask: (deed: 'retry' | 'dismiss') => void): void {
  const words = useWords(systemWords).failures
  useShortcuts([
    { keys: 'KeyT', words: words.keyRetry, where: 'list', run: () => ask('retry') },
    { keys: 'KeyD', words: words.keyDismiss, where: 'list', run: () => ask('dismiss') },
  ])
}

interface PartProps extends ListProps {
  readonly failures: Failures
}

function Filters({ search, change, failures }: PartProps) {
  const words = useWords(systemWords).failures
  const nameOf = useJobName()
  const groups = search.state === undefined ? (failures.list.data?.groups ?? []) : []
  const fault = useFault()
  /** The cause is only added where a job failed for several. */
  const labelOf = ({ job, code }: (typeof groups)[number]) => {
    if (groups.filter((each) => each.job === job).length === 1) return nameOf(job)
    const row = failures.rows?.find((each) => each.job === job && each.code === code)
    return words.group(nameOf(job), row ? fault(row) : code)
  }
  const isChosen = ({ job, code }: { readonly job: string; readonly code: string }) =>
    search.job === job && (search.code === undefined || search.code === code)
  const idOf = ({ job, code }: { readonly job: string; readonly code: string }) => `${job} ${code}`
  return (
    <FilterRow chosen={[]} onClear={() => change({ tab: 'failures' })}>
      <fieldset className="choices plain-set" aria-label={words.columns.settled}>
        {(['open', 'settled'] as const).map((state) => (
          <button
            key={state}
            type="button"
            className="choice"
            aria-pressed={(search.state ?? 'open') === state}
            onClick={() => change(cleanSystem({ tab: 'failures', state: state === 'settled' ? state : undefined }))}
          >
            {words.states[state]}
          </button>
        ))}
      </fieldset>
      {groups.length > 0 && (
        <Chips
          label={words.groups}
          chips={groups.map((group) => ({
            id: idOf(group),
            label: labelOf(group),
            count: group.count,
          }))}
          chosen={groups.filter(isChosen).map(idOf)}
          onToggle={(id) => {
            const group = groups.find((each) => idOf(each) === id)
            const isOff = group === undefined || (isChosen(group) && search.code !== undefined)
            change(cleanSystem({ tab: 'failures', ...(!isOff && { job: group.job, code: group.code }) }))
          }}
        />
      )}
    </FilterRow>
  )
}

function Rows({ search, change, failures, maySelect }: PartProps & { readonly maySelect: boolean }) {
  const words = useWords(systemWords).failures
  const nameOf = useJobName()
  const columns = useGridColumns('failures', useFailureColumns(search.state === 'settled'), failures.open !== null)
  const { list, steady, rows, selection, open } = failures
  return (
    <>
      {list.error && <Failed error={list.error} what={words.what} onAgain={() => void list.refetch()} />}
      {!(list.error && rows === undefined) && (
        <Grid
          label={words.what}
          columns={columns}
          rows={rows}
          keyOf={keyOf}
          nameOf={(row) => `${nameOf(row.job)} ${row.id}`}
          total={failures.total}
          isStale={list.isPlaceholderData}
          selection={maySelect ? selection : undefined}
          openKey={open?.id ?? null}
          onOpen={(row) => change(cleanSystem({ ...search, open: row?.id }))}
          onActive={failures.setActive}
          isGone={steady.isGone}
          empty={<Nothing search={search} change={change} />}
          takesFocus
          card={(row) => <FailureCard row={row} />}
        />
      )}
    </>
  )
}

interface FootProps extends PartProps {
  readonly onAsk: (deed: 'retry' | 'dismiss') => void
  readonly onAll: () => void
}

function Foot({ search, change, failures, onAsk, onAll }: FootProps) {
  const words = useWords(systemWords).failures
  const mayManage = useMay()('system.manage')
  const { rows, selection, cursor, total, openOfKind } = failures
  if (rows === undefined || rows.length === 0) return null
  if (selection.isAll || selection.keys.size > 0) {
    const count = countText(selection.isAll ? openOfKind : selection.keys.size)
    return (
      <SelectionBar selection={selection} total={total}>
        <Button onPress={() => onAsk('dismiss')} keys="KeyD">
          {words.dismissMany(count)}
        </Button>
        <Button kind="primary" onPress={() => onAsk('retry')} keys="KeyT">
          {words.retryMany(count)}
        </Button>
      </SelectionBar>
    )
  }
  const set = (part: { readonly size: number | undefined }) =>
    change(cleanSystem({ ...search, after: undefined, open: undefined, ...part }))
  return (
    <ListFoot
      total={total}
      countedTo={search.size ?? usualSize}
      sum={
        mayManage &&
        search.state === undefined && (
          <Button small onPress={onAll}>
            {words.retryAll(countText(openOfKind))}
          </Button>
        )
      }
      {...cursor}
      size={search.size ?? usualSize}
      onSize={(size) => set({ size: size === usualSize ? undefined : size })}
    />
  )
}

function Nothing({ search, change }: ListProps) {
  const words = useWords(systemWords).failures.empty
  const parts = useWords(partWords)
  if (search.job !== undefined || search.code !== undefined) {
    const clear = () => change(cleanSystem({ tab: 'failures', state: search.state }))
    return <Empty title={parts.empty.nothingFound} act={<Button onPress={clear}>{parts.filter.clear}</Button>} />
  }
  if (search.state === 'settled') return <Empty title={words.settled} />
  return <Empty title={words.open}>{words.openHelp}</Empty>
}
