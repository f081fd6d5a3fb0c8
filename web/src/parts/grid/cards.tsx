import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { Check } from '../field.tsx'
import type { GridProps } from './grid.tsx'

/** The phone form of a list: a card a row, the box in the corner. */
export function Cards<Row>(props: GridProps<Row> & { readonly rows: readonly Row[] }) {
  const { rows, keyOf, nameOf, selection, openKey, onOpen } = props
  const words = useWords(partWords)
  return (
    <ul className="cards" aria-label={props.label} data-list="" aria-busy={props.isStale}>
      {rows.map((row) => {
        const key = keyOf(row)
        return (
          <li key={key} className="card-row" data-open={openKey === key || undefined}>
            {selection && (
              <Check
                bare
                label={words.grid.selectRow(nameOf(row))}
                checked={selection.isAll || selection.keys.has(key)}
                onChange={() => selection.toggle(key)}
              />
            )}
            <div className="card-body">{props.card(row)}</div>
            {onOpen && (
              <button
                type="button"
                className="card-open"
                aria-label={`${words.details.open} ${nameOf(row)}`}
                onClick={() => onOpen(row)}
              />
            )}
          </li>
        )
      })}
    </ul>
  )
}
