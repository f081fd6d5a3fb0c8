import type { ReactNode } from 'react'
import type { GridColumn } from '../../parts/grid/column.ts'
import { Grid } from '../../parts/grid/grid.tsx'
import { useGridColumns } from '../../parts/grid/setting.ts'
import { Failed } from '../../parts/states.tsx'
import { Pager } from './pager.tsx'

interface RecordListProps<Row> {
  /** Under which the columns' setting is kept. */
  readonly place: string
  /** What it is a list of, for readers and failures. */
  readonly what: string
  readonly columns: readonly GridColumn<Row>[]
  readonly read: {
    readonly data: { readonly rows: readonly Row[]; readonly next: number | null } | undefined
    readonly error: Error | null
    readonly isPlaceholderData: boolean
    readonly refetch: () => Promise<unknown>
  }
  readonly keyOf: (row: Row) => number
  readonly nameOf: (row: Row) => string
  readonly empty: ReactNode
  readonly card: (row: Row) => ReactNode
  /** Where the page in sight begins; undefined for the newest. */
  readonly before: number | undefined
  readonly go: (before: number | undefined) => void
}

/** A record that only grows (calls, windows, pushes), newest first, with its foot for newer and older. */
export function RecordList<Row>({ place, what, read, before, go, ...given }: RecordListProps<Row>) {
  const columns = useGridColumns(place, given.columns, false)
  return (
    <>
      {read.error && <Failed error={read.error} what={what} onAgain={() => void read.refetch()} />}
      {!(read.error && read.data === undefined) && (
        <Grid
          {...given}
          label={what}
          columns={columns}
          rows={read.data?.rows}
          total={null}
          isStale={read.isPlaceholderData}
        />
      )}
      <Pager before={before} next={read.data?.next} count={read.data?.rows.length ?? 0} go={go} />
    </>
  )
}

const everyMs = 15_000

/** How such a record is read: the newest page again and again, an older one once. */
export const recordReading = (before: number | undefined) =>
  ({
    refetchInterval: before === undefined ? everyMs : false,
    placeholderData: <T,>(old: T): T => old,
  }) as const
