import '../orders/orders.css'
import './audit.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { AuditLine } from '../../../../src/contract/security.ts'
import { download } from '../../api.ts'
import { Button } from '../../parts/button.tsx'
import { ColumnSettings } from '../../parts/grid/column-settings.tsx'
import { Grid } from '../../parts/grid/grid.tsx'
import { type GridColumns, useGridColumns } from '../../parts/grid/setting.ts'
import { ListFoot, NewsLine, ViewTabs } from '../../parts/list.tsx'
import { Page } from '../../parts/page.tsx'
import { saveFile } from '../../parts/save-file.ts'
import { SplitView } from '../../parts/split.tsx'
import { Empty, Failed } from '../../parts/states.tsx'
import { say, sayFailure } from '../../parts/toast-store.ts'
import { useWidth } from '../../width.ts'
import { auditWords } from '../../words/audit.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { AuditFilters } from './audit-filters.tsx'
import { AuditCard, useAuditColumns, useDeedText } from './cells.tsx'
import { LineDetails } from './line-details.tsx'
import { type AuditSearch, auditFilter, cleanAudit, usualSize } from './search.ts'
import { type Trail, useTrail } from './trail.ts'

const keyOf = (line: AuditLine) => line.id

/** 审计: who did what, when, to what and why. */
export default function AuditPage() {
  const words = useWords(auditWords)
  const isPhone = useWidth() === 'phone'
  const search = useSearch({ from: '/audit' })
  const navigate = useNavigate({ from: '/audit' })
  const change = (next: AuditSearch) => void navigate({ search: next, replace: next.view === search.view })
  const trail = useTrail(search, change)
  const columns = useGridColumns('audit', useAuditColumns(), trail.open !== null)
  const set = (part: { readonly [K in keyof AuditSearch]?: AuditSearch[K] | undefined }) =>
    change(cleanAudit({ ...search, after: undefined, open: undefined, ...part }))
  return (
    <Page
      shape="list"
      title={words.title}
      fact={isPhone ? undefined : words.fact}
      acts={<ExportButton search={search} now={trail.now} />}
    >
      <ViewTabs
        chosen={search.view ?? 'all'}
        onChoose={(view) => set({ view: view === 'all' ? undefined : view })}
        tabs={(['all', 'personal'] as const).map((id) => ({ id, label: words.views[id] }))}
      >
        <ColumnSettings columns={columns} />
      </ViewTabs>
      <AuditFilters search={search} set={set} lines={trail.rows ?? []} />
      <NewsLine count={search.after === undefined ? trail.steady.news : 0} onLoad={trail.steady.adopt} />
      <TrailBody trail={trail} search={search} change={change} set={set} columns={columns} />
    </Page>
  )
}

interface BodyProps {
  readonly trail: Trail
  readonly search: AuditSearch
  readonly change: (search: AuditSearch) => void
  readonly set: (part: { readonly [K in keyof AuditSearch]?: AuditSearch[K] | undefined }) => void
  readonly columns: GridColumns<AuditLine>
}

/** The trail, and beside it the line that is open. */
function TrailBody(props: BodyProps) {
  const { trail, search, change, set } = props
  const deedText = useDeedText()
  return (
    <SplitView
      title={trail.open && <h2 className="cut">{deedText(trail.open)}</h2>}
      details={trail.open && <LineDetails key={trail.open.id} line={trail.open} set={set} />}
      onClose={() => change(cleanAudit({ ...search, open: undefined }))}
      list={<Lines {...props} />}
    />
  )
}

function Lines({ trail, search, change, set, columns }: BodyProps) {
  const words = useWords(auditWords)
  const deedText = useDeedText()
  return (
    <>
      {trail.list.error && (
        <Failed error={trail.list.error} what={words.what} onAgain={() => void trail.list.refetch()} />
      )}
      {!(trail.list.error && trail.rows === undefined) && (
        <Grid
          label={words.what}
          columns={columns}
          rows={trail.rows}
          keyOf={keyOf}
          nameOf={deedText}
          total={trail.total}
          isStale={trail.list.isPlaceholderData}
          openKey={trail.open?.id ?? null}
          onOpen={(line) => change(cleanAudit({ ...search, open: line?.id }))}
          empty={<Nothing search={search} onClear={() => change(cleanAudit({ view: search.view }))} />}
          takesFocus
          card={(line) => <AuditCard line={line} />}
        />
      )}
      {trail.rows && trail.rows.length > 0 && (
        <ListFoot
          total={trail.total}
          countedTo={search.size ?? usualSize}
          {...trail.cursor}
          size={search.size ?? usualSize}
          onSize={(size) => set({ size: size === usualSize ? undefined : size })}
        />
      )}
    </>
  )
}

function ExportButton({ search, now }: { readonly search: AuditSearch; readonly now: number }) {
  const words = useWords(auditWords)
  const [isRunning, setRunning] = useState(false)
  const run = async () => {
    setRunning(true)
    try {
      const { blob, fileName } = await download('GET /audit/export', auditFilter(search, now))
      saveFile(blob, fileName)
      say({ tone: 'ok', text: words.exported })
    } catch (error) {
      sayFailure(error)
    } finally {
      setRunning(false)
    }
  }
  return (
    <Button icon="export" busy={isRunning} onPress={() => void run()}>
      {words.export}
    </Button>
  )
}

function Nothing({ search, onClear }: { readonly search: AuditSearch; readonly onClear: () => void }) {
  const words = useWords(auditWords).empty
  const parts = useWords(partWords)
  const { view, size: _, after: __, open: ___, ...filters } = search
  if (Object.keys(filters).length > 0) {
    return (
      <Empty title={parts.empty.nothingFound} act={<Button onPress={onClear}>{parts.filter.clear}</Button>}>
        {parts.empty.culprit}
      </Empty>
    )
  }
  if (view === 'personal') return <Empty title={words.personal}>{words.personalHelp}</Empty>
  return <Empty title={words.none}>{words.noneHelp}</Empty>
}
