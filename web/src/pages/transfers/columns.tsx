import { countText } from '../../format.ts'
import { useWords } from '../../words/language.ts'
import { transferWords } from '../../words/transfers.ts'
import type { PreviewProps } from './one-import.tsx'

/** The first rows under their headers, wrong cells in red, and what each column was taken as. */
export function Columns({ preview }: PreviewProps) {
  const words = useWords(transferWords).columns
  const wrong = new Map(preview.errors.map((error) => [`${error.row} ${error.column}`, error.zh]))
  const isOrders = preview.import.kind === 'orders'
  const columns = preview.columns.map((column, at) => ({ ...column, at, key: `${at} ${column.header}` }))
  if (columns.length === 0 || preview.firstRows === null) return null
  return (
    <section className="card stack">
      <h2>{words.first}</h2>
      {isOrders && <p className="quiet">{`${words.byChannel} · ${words.masked}`}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className="table-scroll first-rows" tabIndex={0} aria-label={words.first}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col" className="num">
                {words.row}
              </th>
              {columns.map(({ key, header, meaningZh }) => (
                <th key={key} scope="col">
                  <span>{header}</span>
                  {!isOrders && (
                    <span className="small quiet meaning">
                      {meaningZh === null ? words.unused : `${words.meaning} ${meaningZh}`}
                    </span>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.firstRows.map((cells, index) => (
              <tr key={cells.join('|') + String(index)}>
                <th scope="row" className="num">
                  {countText(index + 1)}
                </th>
                {columns.map(({ key, header, at }) => {
                  const reason = wrong.get(`${index + 1} ${header}`)
                  return (
                    <td key={key} data-tip={reason}>
                      <span className={reason === undefined ? 'cell' : 'cell bad-cell'}>{cells[at] || '—'}</span>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
