import { useState } from 'react'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { say } from '../../parts/toast-store.ts'
import { useDo } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { transferWords } from '../../words/transfers.ts'
import { ErrorRowsButton } from './error-rows-button.tsx'
import type { PreviewProps } from './one-import.tsx'
import type { ImportPreview } from './signs.tsx'

type CellError = ImportPreview['errors'][number]

const keyOf = ({ row, column }: CellError) => `${row} ${column}`
const cellsAtOnce = 500

/** Every wrong cell in red with its reason, to be put right on the spot. */
export function CellErrors({ preview }: PreviewProps) {
  const words = useWords(transferWords).errors
  const [fixes, setFixes] = useState<Readonly<Record<string, string>>>({})
  const { run, isRunning } = useDo('POST /imports/:importId/corrections', {
    changes: ['GET /imports', 'GET /imports/:importId'],
    onDone: () => {
      setFixes({})
      say({ tone: 'ok', text: words.fixed })
    },
  })
  const cells = preview.errors
    .flatMap((error) => {
      const value = fixes[keyOf(error)]
      return value === undefined || value === '' ? [] : [{ row: error.row, column: error.column, value }]
    })
    .slice(0, cellsAtOnce)
  const save = () => run({ importId: preview.import.importId, cells })
  return (
    <section className="card stack">
      <h2>{words.title(countText(preview.errorCount), countText(preview.errorRows))}</h2>
      <p className="quiet">{words.help}</p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (cells.length > 0) save()
        }}
      >
        <ErrorTable
          errors={preview.errors}
          fixes={fixes}
          onFix={(key, value) => setFixes((all) => ({ ...all, [key]: value }))}
        />
        {preview.errors.length < preview.errorCount && (
          <p className="small quiet">{words.shown(countText(preview.errors.length))}</p>
        )}
        <div className="line wrap">
          <Button submit busy={isRunning} because={cells.length === 0 ? words.saveNone : null}>
            {words.save(countText(cells.length))}
          </Button>
          <ErrorRowsButton importId={preview.import.importId} />
        </div>
      </form>
    </section>
  )
}

interface TableProps {
  readonly errors: readonly CellError[]
  readonly fixes: Readonly<Record<string, string>>
  readonly onFix: (key: string, value: string) => void
}

function ErrorTable({ errors, fixes, onFix }: TableProps) {
  const words = useWords(transferWords).errors
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="table-scroll error-cells" tabIndex={0} aria-label={words.reason}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col" className="num">
              {words.row}
            </th>
            <th scope="col">{words.column}</th>
            <th scope="col">{words.value}</th>
            <th scope="col">{words.reason}</th>
            <th scope="col">{words.fix}</th>
          </tr>
        </thead>
        <tbody>
          {errors.map((error) => (
            <tr key={keyOf(error)}>
              <td className="num">{countText(error.row)}</td>
              <th scope="row">{error.column}</th>
              <td className="wraps">
                <span className="bad-cell">{error.value === '' ? words.empty : (error.value ?? words.hidden)}</span>
              </td>
              <td className="wraps">{error.zh}</td>
              <td>
                <input
                  className="field"
                  aria-label={words.fixOf(String(error.row), error.column)}
                  value={fixes[keyOf(error)] ?? ''}
                  onChange={(event) => onFix(keyOf(error), event.target.value)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
