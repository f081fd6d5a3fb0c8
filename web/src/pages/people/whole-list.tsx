import type { ReactNode } from 'react'
import { countText } from '../../format.ts'
import { Grid } from '../../parts/grid/grid.tsx'
import type { GridColumns } from '../../parts/grid/setting.ts'
import { Failed } from '../../parts/states.tsx'
import { useWords } from '../../words/language.ts'
import { peopleWords } from '../../words/people.ts'

interface WholeListProps<Row> {
  readonly what: string
  readonly read: { readonly error: Error | null; readonly refetch: () => Promise<unknown> }
  /** As they are shown; undefined until they are read. */
  readonly rows: readonly Row[] | undefined
  readonly columns: GridColumns<Row>
  readonly keyOf: (row: Row) => number
  readonly nameOf: (row: Row) => string
  readonly openKey: number | null
  readonly onOpen: (row: Row | null) => void
  readonly empty: ReactNode
  readonly card: (row: Row) => ReactNode
}

/** A list short enough to be read whole, with how many it holds at its foot. */
export function WholeList<Row>({ what, read, rows, ...given }: WholeListProps<Row>) {
  const words = useWords(peopleWords)
  return (
    <>
      {read.error && <Failed error={read.error} what={what} onAgain={() => void read.refetch()} />}
      {!(read.error && rows === undefined) && (
        <Grid {...given} label={what} rows={rows} total={rows?.length ?? null} takesFocus />
      )}
      {rows && rows.length > 0 && (
        <div className="list-foot">
          <span role="status">{words.foot(countText(rows.length))}</span>
        </div>
      )}
    </>
  )
}
